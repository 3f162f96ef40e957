/// The statements of ``FleetInspection``.
enum FleetStatements {
    /// From the counts, so that a million ready tasks cost what ten do. Kept back is what stands outside the lanes or
    /// in a lane whose hours are off.
    static let depths = Statement(
        name: "depths",
        sql: """
            \(QueueTime.clock),
            \(ReadyLine.oldest),
            sums AS (SELECT job, shape, state, sum(number) AS number FROM (\(Counting.active)) AS moves
                GROUP BY job, shape, state HAVING sum(number) <> 0),
            stands AS (
                SELECT
                    terms.class, shapes.kind, shapes.slots, sums.number,
                    CASE
                        WHEN sums.state = 'running' THEN 'running'
                        WHEN sums.state = 'ready' AND coalesce(jobs.opens <= clock.now, true) AND \(ReadyLine.isOn)
                        THEN 'ready' ELSE 'held' END AS stand
                FROM sums CROSS JOIN clock JOIN mezz.jobs ON jobs.id = sums.job
                JOIN mezz.terms ON terms.id = jobs.terms JOIN mezz.shapes ON shapes.id = sums.shape
            ),
            ages AS (
                SELECT terms.class, shapes.kind, clock.now - min(greatest(oldest.since, \(ReadyLine.cameOn))) AS seconds
                FROM clock CROSS JOIN oldest JOIN mezz.terms ON terms.id = oldest.terms
                JOIN mezz.shapes ON shapes.id = oldest.shape
                WHERE \(ReadyLine.isOn) GROUP BY terms.class, shapes.kind, clock.now
            )
            SELECT
                stands.class, stands.kind,
                \(sum("number", of: "ready")) AS ready, \(sum("number * slots", of: "ready")) AS ready_slots,
                \(sum("number", of: "held")) AS held,
                \(sum("number", of: "running")) AS running, \(sum("number * slots", of: "running")) AS running_slots,
                coalesce((
                    SELECT seconds FROM ages WHERE ages.class = stands.class AND ages.kind = stands.kind
                ), 0)::float8 AS oldest
            FROM stands GROUP BY stands.class, stands.kind ORDER BY stands.class, stands.kind
            """)

    /// Those who have not been heard of for long go when others come.
    static let announce = Statement(
        name: "announce",
        sql: """
            \(QueueTime.clock),
            forgotten AS (
                DELETE FROM mezz.workers WHERE until <= (SELECT now FROM clock) AND worker <> $2::text
            )
            INSERT INTO mezz.workers SELECT $2::text, $3::bytea, now + $4::float8 FROM clock
            ON CONFLICT (worker) DO UPDATE SET record = excluded.record, until = excluded.until
            """)

    static let dismiss = Statement(name: "dismiss", sql: "DELETE FROM mezz.workers WHERE worker = $1::text")

    static let workers = Statement(
        name: "workers",
        sql: """
            \(QueueTime.clock)
            SELECT record FROM mezz.workers WHERE until > (SELECT now FROM clock) ORDER BY worker
            """)

    /// A task may take more slots than there are numbers for when it is multiplied.
    private static func sum(_ value: String, of stand: String) -> String {
        "least(coalesce(sum(\(value)) FILTER (WHERE stand = '\(stand)'), 0), 9223372036854775807)::bigint"
    }
}
