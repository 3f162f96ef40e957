/// The statements that look at jobs.
enum JobStatements {
    private static let head = "SELECT clock.now, id, name, opens, asked, created FROM clock CROSS JOIN mezz.jobs"

    static let find = Statement(
        name: "find_job", sql: "\(QueueTime.clock) \(head) WHERE name = $2::text")

    static let newest = Statement(
        name: "newest_jobs", sql: "\(QueueTime.clock) \(head) ORDER BY id DESC LIMIT $2::bigint")

    static let counts = Statement(
        name: "count_tasks",
        sql: """
            SELECT sums.job, shapes.kind, sums.state, sum(sums.number)::bigint AS number
            FROM (\(Counting.ofJobs("= ANY ($1::bigint[])"))) AS sums JOIN mezz.shapes ON shapes.id = sums.shape
            GROUP BY sums.job, shapes.kind, sums.state HAVING sum(sums.number) <> 0
            """)

    /// Few tasks run at a time, so all of a job are looked at; `+ 0` keeps the planner from walking those of all jobs
    /// in the order of `expires`.
    static let next = Statement(
        name: "next_change",
        sql: """
            SELECT
                job.id AS job,
                (SELECT due FROM mezz.delays WHERE delays.job = job.id ORDER BY due LIMIT 1),
                (SELECT min(expires + 0) FROM mezz.holds WHERE holds.job = job.id) AS expires
            FROM unnest($1::bigint[]) AS job (id)
            """)

    /// The older of two holders is told.
    static let tasks = Statement(
        name: "tasks",
        sql: """
            SELECT
                \(TaskRow.requestColumns), \(TaskRow.afterColumn),
                CASE
                    WHEN tasks.state <> 'open' THEN tasks.state
                    WHEN first.task IS NOT NULL THEN 'running'
                    WHEN delays.task IS NOT NULL THEN 'delayed'
                    ELSE 'ready' END AS state,
                greatest(attempts, holders.last) AS attempts, failures, coalesce(first.worker, tasks.worker) AS worker,
                holders.expires, due, created,
                coalesce(first.started, tasks.started) AS started, finished, failure, output, artifacts, cpu_seconds,
                wall_seconds, cached, identity
            FROM mezz.tasks JOIN mezz.shapes ON shapes.id = tasks.shape
            LEFT JOIN mezz.results ON results.task = tasks.id
            LEFT JOIN mezz.delays ON delays.task = tasks.id
            LEFT JOIN LATERAL (
                SELECT * FROM mezz.holds WHERE holds.job = tasks.job AND holds.task = tasks.id ORDER BY attempt LIMIT 1
            ) AS first ON true
            LEFT JOIN LATERAL (
                SELECT max(attempt) AS last, min(expires) AS expires FROM mezz.holds
                WHERE holds.job = tasks.job AND holds.task = tasks.id
            ) AS holders ON true
            WHERE tasks.job = $1::bigint ORDER BY tasks.id
            """)
}
