/// The statements of ``FleetInspection``.
enum FleetStatements {
    /// From the counts, so that a million ready tasks cost what ten do. Ages are added to the same groups rather than
    /// looked up for each, which would take the square of their number.
    static let depths = Statement(
        name: "depths",
        sql: """
            \(QueueTime.clock),
            \(ReadyLine.oldest),
            \(DemandView.stands),
            ages AS (
                SELECT
                    terms.class, shapes.kind, NULL::bigint AS slots, NULL::numeric AS number, NULL::text AS stand,
                    clock.now - greatest(oldest.since, \(ReadyLine.cameOn)) AS seconds
                FROM clock CROSS JOIN oldest JOIN mezz.terms ON terms.id = oldest.terms
                JOIN mezz.shapes ON shapes.id = oldest.shape
                WHERE \(ReadyLine.isOn)
            )
            SELECT \(DemandView.columns), coalesce(max(seconds), 0)::float8 AS oldest
            FROM (SELECT stands.*, NULL::float8 AS seconds FROM stands UNION ALL SELECT * FROM ages) AS all_stands
            GROUP BY class, kind HAVING count(number) > 0 ORDER BY class, kind
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
}
