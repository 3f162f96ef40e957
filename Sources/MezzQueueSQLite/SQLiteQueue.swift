internal import FoundationEssentials
internal import GRDB
package import MezzWorkflow
internal import Synchronization

/// A durable queue in one SQLite file.
///
/// Write-ahead log with `synchronous = NORMAL`: what was committed survives the death of the process. A power cut may
/// take the last commits back, never half of one; the work they stood for is done again and, being content-addressed,
/// gives the same result. `FULL` would cost a disk flush for each lease and settlement to save that.
package final class SQLiteQueue: Sendable {
    let pool: DatabasePool
    let clock: any WorkClock
    let doorbell = Doorbell()
    /// SQLite's number for what other processes had written when somebody last found nothing to do.
    let lastVersion = Mutex<Int?>(nil)
    /// How many seconds a task stays in one class.
    let ageing: Double

    /// Opens the database at `path`, creating it or bringing it up to date. A database of a newer version is refused.
    /// - Parameter ageing: how long a task is ready before it moves up one class.
    package init(
        path: String, clock: any WorkClock = SystemWorkClock(), ageing: Duration = .seconds(3600)
    ) throws(QueueError) {
        self.clock = clock
        self.ageing = ageing / .seconds(1)
        self.pool = try Self.refusing(path) {
            var configuration = Configuration()
            configuration.label = "queue"
            configuration.busyMode = .timeout(30)
            configuration.prepareDatabase { db in
                try db.execute(sql: "PRAGMA synchronous = NORMAL")
            }
            let pool = try DatabasePool(path: path, configuration: configuration)
            guard try !pool.read(Schema.migrator.hasBeenSuperseded) else { throw QueueError.newerDatabase(path) }
            try Schema.migrator.migrate(pool)
            return pool
        }
    }

    /// Closes the database; the queue is of no use afterwards.
    package func close() throws(QueueError) {
        try Self.refusing(pool.path) { try pool.close() }
    }

    private static func refusing<Value>(_ path: String, _ body: () throws -> Value) throws(QueueError) -> Value {
        do {
            return try body()
        } catch {
            throw QueueError(error, path: path)
        }
    }

    // GRDB's `async` accesses give up when the calling task is cancelled; the port promises that calls run to their
    // end, hence continuations.

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(QueueError) -> Value {
        let result = await withCheckedContinuation { (done: CheckedContinuation<Result<Value, any Error>, Never>) in
            pool.asyncWrite(body) { _, result in done.resume(returning: result) }
        }
        do { return try result.get() } catch { throw QueueError(error, path: pool.path) }
    }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(QueueError) -> Value {
        let result = await withCheckedContinuation { (done: CheckedContinuation<Result<Value, any Error>, Never>) in
            pool.asyncRead { database in
                done.resume(returning: Result { try body(database.get()) })
            }
        }
        do { return try result.get() } catch { throw QueueError(error, path: pool.path) }
    }
}

extension QueueError {
    /// Sorts SQLite's errors by what the caller can do about them.
    init(_ error: any Error, path: String) {
        switch error {
        case let error as QueueError:
            self = error
        case let error as DatabaseError:
            let detail = "\(path): \(error.message ?? "SQLite error \(error.extendedResultCode.rawValue)")"
            switch error.resultCode {
            case .SQLITE_FULL: self = .full(detail)
            case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(detail)
            default: self = .broken(detail)
            }
        default:
            self = .broken("\(path): \(error)")
        }
    }
}
