/// Keeps the sum of `counts` and `changes` cheap to read.
enum Counting {
    /// Adds the changes up. One program does it at a time; the others go on.
    static func fold(on connection: Connection) throws {
        try connection.run(fold, [.int(AdvisoryLock.counting)])
    }

    /// The numbers of the tasks of jobs in the condition `jobs`, in several rows for the same shape and state.
    static func ofJobs(_ jobs: String) -> String {
        """
        SELECT job, shape, state, number FROM mezz.counts WHERE job \(jobs)
        UNION ALL SELECT job, shape, was, -number FROM mezz.changes WHERE was IS NOT NULL AND job \(jobs)
        UNION ALL SELECT job, shape, becomes, number FROM mezz.changes WHERE job \(jobs)
        """
    }

    /// The numbers of tasks that are ready, delayed or running, of all jobs that have any.
    static let active = """
        SELECT job, shape, state, number FROM mezz.counts WHERE number <> 0 AND \(isActive("state"))
        UNION ALL SELECT job, shape, was, -number FROM mezz.changes WHERE \(isActive("was"))
        UNION ALL SELECT job, shape, becomes, number FROM mezz.changes WHERE \(isActive("becomes"))
        """

    private static func isActive(_ column: String) -> String { "\(column) IN ('ready', 'delayed', 'running')" }

    private static let fold = Statement(
        name: "fold_changes",
        sql: """
            WITH turn AS MATERIALIZED (SELECT pg_try_advisory_xact_lock($1::bigint) AS mine),
            moved AS (DELETE FROM mezz.changes WHERE (SELECT mine FROM turn) RETURNING *),
            steps AS (
                SELECT job, shape, becomes AS state, number FROM moved
                UNION ALL SELECT job, shape, was, -number FROM moved WHERE was IS NOT NULL
            )
            INSERT INTO mezz.counts
            SELECT job, shape, state, sum(number) FROM steps GROUP BY job, shape, state
            ON CONFLICT (job, shape, state) DO UPDATE SET number = counts.number + excluded.number
            """)
}
