internal import FoundationEssentials
internal import GRDB
package import MezzWorkflow

extension SQLiteQueue: FleetInspection {
    package func depths() async throws(QueueError) -> [QueueDepth] {
        let now = clock.now
        return try await write { db in
            try self.sweep(db, at: now)
            return try Row.fetchAll(db, sql: Self.depths).map { row in
                let oldest: Double? = row["oldest"]
                return QueueDepth(
                    priorityClass: PriorityClass.allCases[row["level"] as Int], kind: row["kind"],
                    ready: row["ready"], readySlots: row["readySlots"], held: row["held"], running: row["running"],
                    runningSlots: row["runningSlots"],
                    oldestSeconds: oldest.map { max(0, now.timeIntervalSince1970 - $0) } ?? 0)
            }
        }
    }

    /// Each part walks one partial index; tasks that wait for others or have ended are in none.
    private static let depths = """
        SELECT jobs.level, kind, sum(out) AS ready, sum(iif(out, slots, 0)) AS readySlots,
            sum(state = 'running') AS running, sum(iif(state = 'running', slots, 0)) AS runningSlots,
            sum(NOT out AND state <> 'running') AS held, min(iif(out, ready, NULL)) AS oldest
        FROM (
            SELECT job, kind, slots, state, ready, TRUE AS out FROM tasks WHERE state = 'ready' AND held = 0
            UNION ALL SELECT job, kind, slots, state, ready, FALSE FROM tasks WHERE state = 'ready' AND held = 1
            UNION ALL SELECT job, kind, slots, state, ready, FALSE FROM tasks WHERE state = 'delayed'
            UNION ALL SELECT job, kind, slots, state, ready, FALSE FROM tasks WHERE state = 'running'
        ) JOIN jobs ON jobs.id = job
        GROUP BY jobs.level, kind ORDER BY jobs.level, kind
        """

    package func jobs(limit: Int) async throws(QueueError) -> [JobSummary] {
        try await read { db in
            let rows = try Row.fetchAll(
                db, sql: "SELECT name, terms, created FROM jobs ORDER BY id DESC LIMIT ?", arguments: [max(0, limit)])
            return try rows.map { row in
                JobSummary(
                    status: try Self.status(of: JobID(row["name"]), in: db), terms: try Terms.stored(row["terms"]),
                    created: Date(timeIntervalSince1970: row["created"]))
            }
        }
    }

    package func terms(of job: JobID) async throws(QueueError) -> JobTerms {
        try await read { db in
            let row = try JobRow.id(of: job, in: db)
            return try Terms.stored(
                try Data.fetchOne(db, sql: "SELECT terms FROM jobs WHERE id = ?", arguments: [row]))
        }
    }

    package func announce(_ worker: WorkerRecord, for time: Duration) async throws(QueueError) {
        let now = clock.now.timeIntervalSince1970
        let until = clock.date(in: time).timeIntervalSince1970
        try await write { db in
            try db.execute(sql: "DELETE FROM workers WHERE until <= ?", arguments: [now])
            try db.execute(
                sql: """
                    INSERT INTO workers VALUES (?, ?, ?)
                    ON CONFLICT DO UPDATE SET record = excluded.record, until = excluded.until
                    """,
                arguments: [worker.worker, try CanonicalJSON.encode(worker), until])
        }
    }

    package func dismiss(worker: String) async throws(QueueError) {
        try await write { db in try db.execute(sql: "DELETE FROM workers WHERE name = ?", arguments: [worker]) }
    }

    package func workers() async throws(QueueError) -> [WorkerRecord] {
        let now = clock.now.timeIntervalSince1970
        return try await read { db in
            try Data.fetchAll(
                db, sql: "SELECT record FROM workers WHERE until > ? ORDER BY name", arguments: [now]
            ).map { try CanonicalJSON.decode(WorkerRecord.self, from: $0) }
        }
    }
}
