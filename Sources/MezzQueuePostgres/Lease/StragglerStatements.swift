/// A second attempt beside a slow one.
enum StragglerStatements {
    /// The slowest running task that a second worker may try. Parameters: those of ``LeaseStatements`` up to 6, then
    /// 7 the least seconds, 8 how often the median, 9 how many must have finished.
    ///
    /// Starts from the running tasks, of which there are few, and from those that have run long enough to their jobs'
    /// kinds; medians are computed only where nothing is ready any more.
    static let find = Statement(
        name: "find_straggler",
        sql: """
            \(QueueTime.clock),
            slow AS MATERIALIZED (
                SELECT holds.task, holds.job, shapes.kind, holds.started
                FROM mezz.holds JOIN mezz.shapes ON shapes.id = holds.shape
                JOIN mezz.jobs ON jobs.id = holds.job JOIN mezz.terms ON terms.id = jobs.terms
                WHERE holds.started <= (SELECT now FROM clock) - $7::float8 AND holds.worker <> $6::text
                    AND holds.expires > (SELECT now FROM clock)
                    AND coalesce(jobs.opens <= (SELECT now FROM clock), true) AND \(ReadyLine.isOn)
                    AND \(LeaseStatements.fits)
                    AND NOT EXISTS (
                        SELECT FROM mezz.holds AS second
                        WHERE second.job = holds.job AND second.task = holds.task
                            AND second.attempt <> holds.attempt
                    )
            ),
            last AS MATERIALIZED (
                SELECT job, kind FROM (SELECT DISTINCT job, kind FROM slow) AS asked
                WHERE NOT EXISTS (
                    SELECT FROM mezz.shapes JOIN mezz.line ON line.shape = shapes.id
                    WHERE shapes.kind = asked.kind AND line.job = asked.job AND line.shut IN (false, true)
                )
            ),
            usual AS MATERIALIZED (
                SELECT last.job, last.kind, times.number, times.median FROM last CROSS JOIN LATERAL (
                    SELECT
                        count(*) AS number, percentile_cont(0.5) WITHIN GROUP (ORDER BY wall_seconds) AS median
                    FROM mezz.results
                    WHERE NOT cached AND job = last.job
                        AND shape = ANY (ARRAY(SELECT id FROM mezz.shapes WHERE kind = last.kind))
                ) AS times
            )
            SELECT slow.task, slow.job FROM slow JOIN usual ON usual.job = slow.job AND usual.kind = slow.kind
            WHERE usual.number >= $9::bigint
                AND slow.started <= (SELECT now FROM clock) - $8::float8 * coalesce(usual.median, 0)
            ORDER BY slow.started, slow.task LIMIT 1
            """)

    static let lock = Statement(
        name: "lock_straggler",
        sql: """
            WITH own AS MATERIALIZED (
                SELECT id, \(JobTurn.shared("id")) AS turn FROM mezz.jobs WHERE id = $2::bigint
            )
            SELECT tasks.id FROM own CROSS JOIN mezz.tasks WHERE tasks.id = $1::bigint FOR NO KEY UPDATE OF tasks
            """)

    /// Takes the locked task `$2` of the job `$6` for the worker `$3`, `$4` seconds and with the mark `$5`, if it still
    /// has one holder. It takes no further place of its key.
    static let take = Statement(
        name: "take_straggler",
        sql: """
            \(QueueTime.clock),
            held AS (
                INSERT INTO mezz.holds
                SELECT
                    first.task, greatest(first.attempt, tasks.attempts) + 1, first.job, first.shape, first.key,
                    $3::text, clock.now, clock.now + $4::float8, $5::bigint
                FROM clock CROSS JOIN mezz.holds AS first JOIN mezz.tasks ON tasks.id = first.task
                WHERE first.job = $6::bigint AND first.task = $2::bigint AND first.worker <> $3::text
                    AND (SELECT count(*) FROM mezz.holds WHERE job = $6::bigint AND task = $2::bigint) = 1
                RETURNING *
            )
            SELECT clock.now, false AS crowded, \(LeaseColumns.all) FROM clock CROSS JOIN held \(LeaseColumns.joins)
            """)
}
