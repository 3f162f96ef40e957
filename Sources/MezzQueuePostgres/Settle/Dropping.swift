internal import FoundationEssentials
internal import MezzWorkflow

/// Ends attempts without a result: a failure, a release, or the end of a lease. A task that has another holder is
/// left to it; otherwise it is ready again, or delayed, or set aside.
struct Dropping {
    let connection: Connection
    let time: QueueTime

    /// An attempt to end. Without a failure it is not counted.
    struct Attempt {
        let job: Int
        let task: Int
        let number: Int
        let failure: Data?
    }

    /// Ends `attempts` that have not ended; returns how many had not. The caller has locked their tasks and shares the
    /// turns of their jobs, and has locked the rows of jobs in which a task may fail for good, so that no dependent
    /// slips in between the failure and the blocking.
    ///
    /// - Parameters:
    ///   - delay: seconds until failed ones come again; `nil` for never.
    ///   - mark: left on the tasks.
    @discardableResult
    func drop(_ attempts: [Attempt], delay: Double?, mark: Int?) throws -> Int {
        let rows = try connection.run(
            Self.drop,
            [
                time.parameter, .ints(attempts.map(\.task)), .ints(attempts.map(\.number)),
                .byteStrings(attempts.map { $0.failure ?? Data() }), .optional(delay), mark.map(Parameter.int) ?? .none,
                .ints(attempts.map(\.job)),
            ])
        let fates = try rows.map { row in (try row("task", as: Int.self), try row("fate", as: String.self)) }
        let failed = fates.filter { $0.1 == TaskState.failed.rawValue }.map(\.0)
        if !failed.isEmpty { try Blocking.block(dependentsOf: failed, on: connection) }
        return fates.count
    }

    /// Who waits is told of delayed tasks, too, since he waits until the next moment of which he knew. Of two attempts of
    /// one task that are dropped at once the later one decides.
    private static let drop = Statement(
        name: "drop",
        sql: """
            \(QueueTime.clock),
            given AS MATERIALIZED (
                SELECT * FROM unnest($2::bigint[], $3::bigint[], $4::bytea[], $7::bigint[])
                    AS given (task, attempt, failure, job)
            ),
            dropped AS (
                DELETE FROM mezz.holds USING given
                WHERE holds.job = given.job AND holds.task = given.task AND holds.attempt = given.attempt
                RETURNING holds.*, given.failure
            ),
            ended AS MATERIALIZED (SELECT DISTINCT ON (task) * FROM dropped ORDER BY task, attempt DESC),
            fates AS MATERIALIZED (
                SELECT
                    ended.*, tasks.priority, ended.task AS id,
                    CASE
                        WHEN EXISTS (
                            SELECT FROM mezz.holds
                            WHERE holds.job = ended.job AND holds.task = ended.task AND NOT EXISTS (
                                SELECT FROM dropped
                                WHERE dropped.task = holds.task AND dropped.attempt = holds.attempt
                            )
                        ) THEN 'running'
                        WHEN ended.failure = '' THEN 'ready'
                        WHEN $5::float8 IS NULL OR tasks.failures + 1 >= tasks.maximum_attempts THEN 'failed'
                        WHEN $5::float8 > 0 THEN 'delayed' ELSE 'ready' END AS fate
                FROM ended JOIN mezz.tasks ON tasks.id = ended.task
            ),
            written AS (
                UPDATE mezz.tasks SET
                    attempts = greatest(tasks.attempts, fates.attempt), mark = coalesce($6::bigint, tasks.mark),
                    worker = fates.worker, started = fates.started,
                    failures = CASE WHEN fate = 'running' OR fates.failure = '' THEN failures ELSE failures + 1 END,
                    failure = CASE
                        WHEN fate = 'running' OR fates.failure = '' THEN tasks.failure ELSE fates.failure END,
                    state = CASE fate WHEN 'failed' THEN 'failed' ELSE tasks.state END,
                    finished = CASE fate WHEN 'failed' THEN (SELECT now FROM clock) ELSE finished END
                FROM fates WHERE tasks.id = fates.task
            ),
            lined AS (\(ReadyLine.enter("(SELECT * FROM fates WHERE fate = 'ready')"))),
            delayed AS (
                INSERT INTO mezz.delays
                SELECT task, job, (SELECT now FROM clock) + $5::float8 FROM fates WHERE fate = 'delayed'
            ),
            counted AS (
                INSERT INTO mezz.changes
                SELECT job, shape, 'running', fate, count(*) FROM fates WHERE fate <> 'running'
                GROUP BY job, shape, fate
            ),
            free AS MATERIALIZED (SELECT key FROM fates WHERE fate <> 'running'),
            \(KeyPlaces.manyGivenBack(by: "free"))
            SELECT fates.task, fates.fate, woken.number FROM fates CROSS JOIN (
                SELECT count(pg_notify('mezz_ready', '')) AS number
                FROM (SELECT FROM fates WHERE fate IN ('ready', 'delayed') UNION ALL SELECT FROM roomy LIMIT 1) AS one
            ) AS woken
            """)
}
