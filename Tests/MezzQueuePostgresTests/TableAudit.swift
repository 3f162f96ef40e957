import MezzTestKit
import Testing

/// Compares what the queue's tables say twice.
struct TableAudit {
    let server: PostgresServer
    let address: String

    /// Records an issue for everything that does not agree.
    func check(_ place: Comment? = nil) throws {
        for (name, query) in Self.differences {
            let found = try server.run(query, on: address)
            #expect(found.isEmpty, "\(name): \(found) (\(place?.rawValue ?? ""))")
        }
    }

    private static let actual = """
        SELECT job, shape, count(*) AS number, CASE
            WHEN state <> 'open' THEN state
            WHEN EXISTS (SELECT FROM mezz.holds WHERE task = id) THEN 'running'
            WHEN EXISTS (SELECT FROM mezz.delays WHERE task = id) THEN 'delayed' ELSE 'ready' END AS state
        FROM mezz.tasks GROUP BY 1, 2, 4
        """
    private static let counted = """
        SELECT job, shape, sum(number) AS number, state FROM (
            SELECT job, shape, state, number FROM mezz.counts
            UNION ALL SELECT job, shape, was, -number FROM mezz.changes WHERE was IS NOT NULL
            UNION ALL SELECT job, shape, becomes, number FROM mezz.changes
        ) AS moves GROUP BY 1, 2, 4 HAVING sum(number) <> 0
        """

    private static let differences = [
        (
            "counts", "(\(actual)) EXCEPT (\(counted)) UNION ALL ((\(counted)) EXCEPT (\(actual)))"
        ),
        (
            "places of keys",
            """
            SELECT * FROM mezz.keys
            WHERE running <> (SELECT count(DISTINCT task) FROM mezz.holds WHERE holds.key = keys.id)
            """
        ),
        (
            "open tasks that stand nowhere or twice",
            """
            SELECT id, name FROM mezz.tasks WHERE (state = 'open') <> (1 = (
                (SELECT count(*) FROM mezz.line WHERE task = id) + (SELECT count(*) FROM mezz.delays WHERE task = id)
                + (SELECT count(DISTINCT task) FROM mezz.holds WHERE task = id)
            ))
            """
        ),
        (
            "what belongs to no task",
            """
            SELECT task FROM (
                SELECT task FROM mezz.line UNION ALL SELECT task FROM mezz.delays UNION ALL SELECT task FROM mezz.holds
                UNION ALL SELECT task FROM mezz.results UNION ALL SELECT task FROM mezz.dependencies
                UNION ALL SELECT task FROM mezz.parameters
            ) AS owned WHERE NOT EXISTS (SELECT FROM mezz.tasks WHERE id = task)
            """
        ),
        (
            "places in line that are not of their job's terms",
            """
            SELECT task FROM mezz.line JOIN mezz.jobs ON jobs.id = job
            WHERE line.terms <> jobs.terms OR line.deadline <> jobs.deadline OR shut AND opens IS NULL
            """
        ),
    ]
}
