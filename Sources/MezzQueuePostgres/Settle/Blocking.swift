/// Blocks what can no longer run.
enum Blocking {
    /// Blocks what waits for the tasks, directly or through others. The caller holds the lock of their jobs, so that
    /// no dependent slips in meanwhile.
    static func block(dependentsOf tasks: [Int], on connection: Connection) throws {
        try connection.run(block, [.ints(tasks)])
    }

    private static let block = Statement(
        name: "block",
        sql: """
            WITH RECURSIVE later (id) AS (
                SELECT task FROM mezz.dependencies WHERE dependency = ANY ($1::bigint[])
                UNION
                SELECT dependencies.task FROM later JOIN mezz.dependencies ON dependencies.dependency = later.id
            ),
            blocked AS (
                UPDATE mezz.tasks SET state = 'blocked' WHERE state = 'waiting' AND id IN (SELECT id FROM later)
                RETURNING job, shape
            )
            INSERT INTO mezz.changes
            SELECT job, shape, 'waiting', 'blocked', count(*) FROM blocked GROUP BY job, shape
            """)
}
