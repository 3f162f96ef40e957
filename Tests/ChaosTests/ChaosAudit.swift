import Foundation
import MezzStorageS3
import MezzTestKit

/// What must be true of the servers when the fleet has ended.
struct ChaosAudit {
    let ground: ChaosGround

    /// Writes down, by triggers, whenever a task gets a result or ends, so that a second time is seen.
    func arm() async throws {
        _ = try await ground.rows(
            """
            CREATE SCHEMA audit;
            CREATE TABLE audit.settled (task bigint NOT NULL, worker text, at timestamptz NOT NULL DEFAULT clock_timestamp());
            CREATE FUNCTION audit.note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                INSERT INTO audit.settled VALUES (NEW.task); RETURN NULL;
            END $$;
            CREATE TRIGGER settled AFTER INSERT OR UPDATE ON mezz.results FOR EACH ROW EXECUTE FUNCTION audit.note();
            """)
    }

    /// What is wrong, in words; empty when nothing is.
    /// - Parameter poisoned: how many jobs had to fail.
    func findings(poisoned: Int) async throws -> [String] {
        var findings: [String] = []
        for (name, query) in Self.differences {
            let rows = try await ground.rows(query)
            if !rows.isEmpty { findings.append("\(name): \(rows.prefix(5))") }
        }
        let failed = try await ground.rows("SELECT DISTINCT job FROM mezz.tasks WHERE state = 'failed'").count
        if failed != poisoned { findings.append("\(failed) jobs have failed tasks, not the \(poisoned) that must") }
        return findings
    }

    /// How many tasks have succeeded, and how many attempts were begun beyond the first.
    func tally() async throws -> String {
        try await ground.rows(
            """
            SELECT count(*) || ' tasks, ' || sum(greatest(attempts - 1, 0)) || ' repeated attempts, '
                || max(attempts) || ' at most for one' FROM mezz.tasks
            """
        ).joined()
    }

    /// Gives up what is left of uploads in parts. Returns how many there were, and how many are left then.
    func sweepUploads() async throws -> (abandoned: Int, left: Int) {
        let store = try S3Store("s3://\(ground.bucket)/jobs", environment: ground.plain)
        let abandoned = try await store.sweepAbandonedUploads(olderThan: -3_600)
        return (abandoned, try await store.sweepAbandonedUploads(olderThan: -3_600))
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
        ("tasks settled twice", "SELECT task, count(*) FROM audit.settled GROUP BY task HAVING count(*) > 1"),
        ("leases left", "SELECT * FROM mezz.holds"),
        (
            "tasks that wait for another attempt",
            "SELECT * FROM mezz.delays UNION ALL SELECT task, job, since FROM mezz.line"
        ),
        (
            "successes and results differ",
            "(SELECT id FROM mezz.tasks WHERE state = 'succeeded') EXCEPT (SELECT task FROM mezz.results) UNION ALL "
                + "((SELECT task FROM mezz.results) EXCEPT (SELECT id FROM mezz.tasks WHERE state = 'succeeded'))"
        ),
        ("open tasks", "SELECT id, name FROM mezz.tasks WHERE state IN ('open', 'waiting')"),
        ("counts", "(\(actual)) EXCEPT (\(counted)) UNION ALL ((\(counted)) EXCEPT (\(actual)))"),
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
    ]
}
