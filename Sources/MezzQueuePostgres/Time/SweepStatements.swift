/// The statements of ``Sweep``. Parameter 1 is the time.
enum SweepStatements {
    /// The most that one sweep moves of a sort.
    private static let part = 5_000

    /// Whether `oldest` has been in a class that is not the most urgent for `$2` seconds.
    private static let isAged = """
        oldest.class > 0 AND greatest(oldest.since, \(ReadyLine.cameOn)) <= (SELECT now FROM clock) - $2::float8
            AND \(ReadyLine.isOn)
        """

    /// What there is to do; `$2` is the ageing time.
    static let due = Statement(
        name: "due",
        sql: """
            \(QueueTime.clock),
            \(ReadyLine.oldest)
            SELECT
                EXISTS (SELECT FROM mezz.jobs WHERE opens <= now) AS to_open,
                EXISTS (SELECT FROM mezz.delays WHERE due <= now) AS delayed,
                EXISTS (SELECT FROM mezz.holds WHERE expires <= now) AS expired,
                EXISTS (SELECT FROM oldest JOIN mezz.terms ON terms.id = oldest.terms WHERE \(isAged)) AS aged
            FROM clock
            """)

    static let lockToOpen = Statement(
        name: "lock_job_to_open",
        sql: """
            \(QueueTime.clock)
            SELECT id FROM mezz.jobs WHERE opens <= (SELECT now FROM clock)
            ORDER BY opens LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
            """)

    /// Lets a part of the job `$2` out; the job is open when nothing was left. What time it stood outside does not
    /// count for ageing.
    static let open = Statement(
        name: "open_job",
        sql: """
            \(QueueTime.clock),
            part AS MATERIALIZED (
                SELECT task FROM mezz.line WHERE job = $2::bigint AND shut = true LIMIT \(part) FOR NO KEY UPDATE
            ),
            opened AS (
                UPDATE mezz.line SET shut = false, since = (SELECT now FROM clock)
                FROM part WHERE line.task = part.task RETURNING line.task
            ),
            settled AS (
                UPDATE mezz.jobs SET opens = NULL
                WHERE id = $2::bigint AND (SELECT count(*) FROM part) < \(part)
            )
            SELECT count(pg_notify('mezz_ready', '')) AS woken FROM (SELECT FROM opened LIMIT 1) AS one
            """)

    static let jobsOfDelayed = Statement(
        name: "jobs_of_delayed",
        sql: """
            \(QueueTime.clock)
            SELECT DISTINCT job FROM (
                SELECT job FROM mezz.delays WHERE due <= (SELECT now FROM clock) ORDER BY due LIMIT \(part)
            ) AS due
            """)

    /// Puts delayed tasks of the jobs `$2` in line.
    static let promote = Statement(
        name: "promote",
        sql: """
            \(QueueTime.clock),
            due AS MATERIALIZED (
                SELECT tasks.id, tasks.job, tasks.shape, tasks.priority
                FROM mezz.delays JOIN mezz.tasks ON tasks.id = delays.task
                WHERE delays.due <= (SELECT now FROM clock) AND delays.job = ANY ($2::bigint[])
                ORDER BY delays.due LIMIT \(part) FOR NO KEY UPDATE SKIP LOCKED
            ),
            ended AS (DELETE FROM mezz.delays USING due WHERE delays.task = due.id),
            lined AS (\(ReadyLine.enter("due"))),
            counted AS (
                INSERT INTO mezz.changes
                SELECT job, shape, 'delayed', 'ready', count(*) FROM due GROUP BY job, shape
            )
            SELECT count(pg_notify('mezz_ready', '')) AS woken FROM (SELECT FROM due LIMIT 1) AS one
            """)

    static let jobsOfExpired = Statement(
        name: "jobs_of_expired",
        sql: """
            \(QueueTime.clock)
            SELECT expired.job, bool_or(tasks.failures + 1 >= tasks.maximum_attempts) AS fails FROM (
                SELECT task, job FROM mezz.holds WHERE expires <= (SELECT now FROM clock)
                ORDER BY expires LIMIT \(part)
            ) AS expired JOIN mezz.tasks ON tasks.id = expired.task
            GROUP BY expired.job
            """)

    static let lockJobs = Statement(
        name: "lock_jobs",
        sql: "SELECT FROM mezz.jobs WHERE id = ANY ($1::bigint[]) ORDER BY id FOR NO KEY UPDATE")

    /// Of the jobs `$2`; tasks that fail for good only of the jobs `$3`, which are locked.
    static let lockExpired = Statement(
        name: "lock_expired",
        sql: """
            \(QueueTime.clock)
            SELECT holds.job, holds.task, holds.attempt, tasks.name, tasks.failures
            FROM mezz.holds JOIN mezz.tasks ON tasks.id = holds.task
            WHERE holds.expires <= (SELECT now FROM clock) AND holds.job = ANY ($2::bigint[])
                AND (tasks.failures + 1 < tasks.maximum_attempts OR holds.job = ANY ($3::bigint[]))
            ORDER BY holds.expires LIMIT \(part) FOR NO KEY UPDATE SKIP LOCKED
            """)

    /// Moves a part of the tasks that have been ready for `$2` seconds up a class.
    static let age = Statement(
        name: "age",
        sql: """
            \(QueueTime.clock),
            \(ReadyLine.oldest),
            aged AS MATERIALIZED (
                SELECT old.task FROM oldest JOIN mezz.terms ON terms.id = oldest.terms CROSS JOIN LATERAL (
                    SELECT line.task FROM mezz.line
                    WHERE NOT shut AND -line.terms = -oldest.terms AND line.shape = oldest.shape
                        AND line.class = oldest.class AND line.since <= (SELECT now FROM clock) - $2::float8
                    ORDER BY line.since LIMIT \(part) FOR NO KEY UPDATE SKIP LOCKED
                ) AS old
                WHERE \(isAged)
                LIMIT \(part)
            )
            UPDATE mezz.line SET class = class - 1, since = (SELECT now FROM clock)
            FROM aged WHERE line.task = aged.task
            """)

    /// When time next has something to do.
    static let next = Statement(
        name: "next_moment",
        sql: """
            \(QueueTime.clock),
            \(ReadyLine.heads)
            SELECT now, least(
                (SELECT min(due) FROM mezz.delays), (SELECT min(expires) FROM mezz.holds),
                (SELECT min(opens) FROM mezz.jobs WHERE opens IS NOT NULL),
                (SELECT min(\(ReadyLine.comesOn))
                    FROM heads JOIN mezz.terms ON terms.id = heads.terms WHERE NOT \(ReadyLine.isOn))
            ) AS moment FROM clock
            """)
}
