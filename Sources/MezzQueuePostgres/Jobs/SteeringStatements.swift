/// The statements that change many tasks of a job at once. Those that change tasks need the lock of the job's row.
enum SteeringStatements {
    /// Cancels the job `$2`, in this order. The tasks first: whoever settles one of them has then either ended or finds
    /// the lease lost, and what he put in line is seen by the statements that follow.
    static let cancel = [
        Statement(
            name: "cancel_tasks",
            sql: """
                \(QueueTime.clock),
                chosen AS MATERIALIZED (
                    SELECT id, job, shape, state FROM mezz.tasks
                    WHERE job = $2::bigint AND state IN ('waiting', 'blocked', 'open') ORDER BY id FOR NO KEY UPDATE
                ),
                cancelled AS (
                    UPDATE mezz.tasks SET state = 'cancelled', finished = (SELECT now FROM clock)
                    FROM chosen WHERE tasks.id = chosen.id
                )
                INSERT INTO mezz.changes
                SELECT job, shape, state, 'cancelled', count(*) FROM chosen WHERE state <> 'open'
                GROUP BY job, shape, state
                """),
        removal(of: "ready", from: "line"),
        removal(of: "delayed", from: "delays"),
        Statement(
            name: "cancel_running",
            sql: """
                \(QueueTime.clock),
                dropped AS (DELETE FROM mezz.holds WHERE job = $2::bigint RETURNING *),
                ended AS MATERIALIZED (SELECT DISTINCT ON (task) * FROM dropped ORDER BY task, attempt DESC),
                written AS (
                    UPDATE mezz.tasks SET
                        attempts = greatest(tasks.attempts, ended.attempt), worker = ended.worker,
                        started = ended.started
                    FROM ended WHERE tasks.id = ended.task
                ),
                counted AS (
                    INSERT INTO mezz.changes
                    SELECT job, shape, 'running', 'cancelled', count(*) FROM ended GROUP BY job, shape
                ),
                \(KeyPlaces.manyGivenBack(by: "ended"))
                SELECT count(pg_notify('mezz_ready', '')) AS woken FROM (SELECT FROM roomy LIMIT 1) AS one
                """),
    ]

    static let retry = Statement(
        name: "retry",
        sql: """
            \(QueueTime.clock),
            chosen AS MATERIALIZED (
                SELECT id, job, shape, priority, state, open, CASE open WHEN 0 THEN 'ready' ELSE 'waiting' END AS next
                FROM mezz.tasks WHERE job = $2::bigint AND state IN ('failed', 'blocked', 'cancelled')
                ORDER BY id FOR NO KEY UPDATE
            ),
            revived AS (
                UPDATE mezz.tasks SET
                    failures = 0, finished = NULL, state = CASE next WHEN 'ready' THEN 'open' ELSE 'waiting' END
                FROM chosen WHERE tasks.id = chosen.id
            ),
            lined AS (\(ReadyLine.enter("(SELECT * FROM chosen WHERE next = 'ready')")))
            INSERT INTO mezz.changes
            SELECT job, shape, state, next, count(*) FROM chosen GROUP BY job, shape, state, next
            """)

    /// The attempts of the worker `$1`, or of all when it is null.
    static let attempts = Statement(
        name: "attempts_of_worker",
        sql: "SELECT task, attempt, job FROM mezz.holds WHERE $1::text IS NULL OR worker = $1::text ORDER BY task")

    static let lockTasks = Statement(
        name: "lock_tasks", sql: "SELECT FROM mezz.tasks WHERE id = ANY ($1::bigint[]) ORDER BY id FOR NO KEY UPDATE")

    static let deleteTasks = Statement(
        name: "delete_tasks", sql: "DELETE FROM mezz.tasks WHERE job = $1::bigint RETURNING id")

    /// What hangs on the tasks `$1`.
    static let deleteDetails = [
        Statement(name: "delete_parameters", sql: "DELETE FROM mezz.parameters WHERE task = ANY ($1::bigint[])"),
        Statement(name: "delete_results", sql: "DELETE FROM mezz.results WHERE task = ANY ($1::bigint[])"),
        Statement(name: "delete_dependencies", sql: "DELETE FROM mezz.dependencies WHERE task = ANY ($1::bigint[])"),
    ]

    /// What hangs on the job `$1`, and the job. Leases under way end when their place in line goes, so the line comes
    /// before the attempts.
    static let deleteJob = [
        Statement(name: "delete_line", sql: "DELETE FROM mezz.line WHERE job = $1::bigint"),
        Statement(name: "delete_delays", sql: "DELETE FROM mezz.delays WHERE job = $1::bigint"),
        Statement(
            name: "delete_holds",
            sql: """
                WITH dropped AS (DELETE FROM mezz.holds WHERE job = $1::bigint RETURNING task, key),
                ended AS MATERIALIZED (SELECT DISTINCT task, key FROM dropped),
                \(KeyPlaces.manyGivenBack(by: "ended"))
                SELECT count(pg_notify('mezz_ready', '')) AS woken FROM (SELECT FROM roomy LIMIT 1) AS one
                """),
        Statement(name: "delete_counts", sql: "DELETE FROM mezz.counts WHERE job = $1::bigint"),
        Statement(name: "delete_changes", sql: "DELETE FROM mezz.changes WHERE job = $1::bigint"),
        Statement(name: "delete_job", sql: "DELETE FROM mezz.jobs WHERE id = $1::bigint"),
    ]

    private static func removal(of state: String, from table: String) -> Statement {
        Statement(
            name: "cancel_\(state)",
            sql: """
                \(QueueTime.clock),
                removed AS (DELETE FROM mezz.\(table) WHERE job = $2::bigint RETURNING task)
                INSERT INTO mezz.changes
                SELECT tasks.job, tasks.shape, '\(state)', 'cancelled', count(*)
                FROM removed JOIN mezz.tasks ON tasks.id = removed.task GROUP BY tasks.job, tasks.shape
                """)
    }
}
