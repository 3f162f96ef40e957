internal import FoundationEssentials
internal import GRDB
internal import MezzWorkflow
internal import Synchronization

/// What this process does rings a bell here; what others do is seen by SQLite's `data_version`, which changes on a
/// connection when somebody else has written.
extension SQLiteQueue {
    package func waitForWork(atMost time: Duration) async throws {
        let end = clock.date(in: time)
        let change = try await read { db in try Self.nextChange(in: db) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.doorbell.wait(until: min(end, change ?? end), by: self.clock) }
            group.addTask { try await self.watchOthers() }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// Rings once the transaction is through.
    func ring(after db: Database) {
        db.afterNextTransaction { _ in self.doorbell.ring() }
    }

    /// Notes that a lease came back with nothing.
    func findNothing(in db: Database) throws {
        let version = try Self.version(in: db)
        lastVersion.withLock { $0 = version }
        doorbell.silence()
    }

    private func watchOthers() async throws {
        while true {
            let version = try await pool.writeWithoutTransaction { db in try Self.version(in: db) }
            let known = lastVersion.withLock { known in
                defer { known = known ?? version }
                return known ?? version
            }
            if version != known { return }
            try await Task.sleep(for: .milliseconds(250))
        }
    }

    private static func version(in db: Database) throws -> Int {
        try Int.fetchOne(db.cachedStatement(sql: "PRAGMA data_version")) ?? 0
    }

    /// When something becomes ready by the passing of time.
    private static func nextChange(in db: Database) throws -> Date? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT min(moment) FROM (
                    SELECT min(due) AS moment FROM tasks WHERE state = 'delayed'
                    UNION ALL SELECT min(expires) FROM tasks WHERE state = 'running'
                    UNION ALL SELECT min(otherExpires) FROM tasks WHERE otherExpires IS NOT NULL
                    UNION ALL SELECT min(turn) FROM jobs WHERE turn IS NOT NULL)
                """)
        return try Double.fetchOne(statement).map(Date.init(timeIntervalSince1970:))
    }
}
