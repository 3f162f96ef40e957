internal import FoundationEssentials
internal import GRDB
package import MezzWorkflow

extension SQLiteQueue: JobInspection {
    package func status(of job: JobID) async throws(QueueError) -> JobStatus {
        try await read { db in try Self.status(of: job, in: db) }
    }

    package func tasks(of job: JobID) async throws(QueueError) -> [TaskRecord] {
        try await read { db in
            let row = try JobRow.id(of: job, in: db)
            let tasks = try Row.fetchCursor(
                db,
                sql: """
                    SELECT tasks.*, json, output, artifacts, cpuSeconds, wallSeconds, cached, identity FROM tasks
                    JOIN parameters ON parameters.task = tasks.id LEFT JOIN results ON results.task = tasks.id
                    WHERE job = ? ORDER BY id
                    """,
                arguments: [row])
            var records: [TaskRecord] = []
            while let task = try tasks.next() { records.append(try TaskRecord.stored(task, in: db)) }
            return records
        }
    }

    package func cancel(_ job: JobID) async throws(QueueError) {
        let now = clock.now.timeIntervalSince1970
        try await write { db in
            guard try !Self.status(of: job, in: db).state.isFinished else { return }
            let row = try JobRow.id(of: job, in: db)
            try HeldTask.dropNewer("otherExpires IS NOT NULL AND job = ?", [row], in: db)
            try db.execute(
                sql: """
                    UPDATE tasks SET state = 'cancelled', expires = NULL, due = NULL, finished = ?
                    WHERE job = ? AND state NOT IN ('succeeded', 'failed')
                    """,
                arguments: [now, row])
            self.ring(after: db)
        }
    }

    package func retry(_ job: JobID) async throws(QueueError) {
        let now = clock.now.timeIntervalSince1970
        try await write { db in
            try db.execute(
                sql: """
                    UPDATE tasks SET failures = 0, finished = NULL, state = iif(open = 0, 'ready', 'waiting'),
                        ready = ?1, since = ?1
                    WHERE job = ?2 AND state IN ('failed', 'blocked', 'cancelled')
                    """,
                arguments: [now, try JobRow.id(of: job, in: db)])
            self.ring(after: db)
        }
    }

    package func releaseAll(heldBy worker: String?) async throws(QueueError) {
        let now = clock.now.timeIntervalSince1970
        try await write { db in
            try HeldTask.dropNewer(
                "otherExpires IS NOT NULL AND (?1 IS NULL OR otherWorker = ?1)", [worker], in: db)
            try HeldTask.dropOlder("worker = ?", [worker], in: db)
            try db.execute(
                sql: """
                    UPDATE tasks SET state = 'ready', expires = NULL, ready = ?2, since = ?2
                    WHERE state = 'running' AND (?1 IS NULL OR worker = ?1)
                    """,
                arguments: [worker, now])
            self.ring(after: db)
        }
    }

    package func forget(_ job: JobID) async throws(QueueError) {
        try await write { db in
            let row = try JobRow.id(of: job, in: db)
            let key = try Int64.fetchOne(db, sql: "SELECT key FROM jobs WHERE id = ?", arguments: [row]) ?? 0
            try db.execute(sql: "DELETE FROM jobs WHERE id = ?", arguments: [row])
            try Terms.forgetKey(key, in: db)
            self.ring(after: db)
        }
    }

    static func status(of job: JobID, in db: Database) throws -> JobStatus {
        let row = try JobRow.id(of: job, in: db)
        var kinds: [String: TaskCounts] = [:]
        let counts = try db.cachedStatement(sql: "SELECT kind, state, number FROM counts WHERE job = ?")
        for count in try Row.fetchAll(counts, arguments: [row]) {
            kinds[count["kind"], default: TaskCounts()][try TaskState.stored(count["state"])] = count["number"]
        }
        // Few tasks are delayed or running at a time, in all jobs together, so their small indexes are walked.
        let due = try db.cachedStatement(
            sql: "SELECT due FROM tasks WHERE state = 'delayed' AND +job = ? ORDER BY due LIMIT 1")
        let letOut = try db.cachedStatement(sql: "SELECT turn FROM jobs WHERE id = ? AND held = 1")
        let expiry = try db.cachedStatement(
            sql: """
                SELECT min(expires, ifnull(otherExpires, expires)) AS moment FROM tasks
                WHERE state = 'running' AND +job = ? ORDER BY moment LIMIT 1
                """)
        let isReady = kinds.values.contains { $0[.ready] > 0 }
        let dues = [
            try Double.fetchOne(due, arguments: [row]), isReady ? try Double.fetchOne(letOut, arguments: [row]) : nil,
        ]
        return JobStatus(
            job: job, kinds: kinds, nextDue: dues.compactMap(\.self).min().map(Date.init(timeIntervalSince1970:)),
            nextExpiry: try Double.fetchOne(expiry, arguments: [row]).map(Date.init(timeIntervalSince1970:)))
    }
}
