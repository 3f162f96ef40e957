internal import FoundationEssentials
package import MezzWorkflow
internal import Synchronization

/// The queue of a fleet, in PostgreSQL 14 or newer.
///
/// Each call is one transaction, most of them one round trip. What was committed survives as the server's
/// `synchronous_commit` and its replicas promise. Calls wait out lost connections, restarts and failovers for as long
/// as `patience` lasts. A call whose answer was lost is repeated only when that is harmless, or after the database
/// has told whether it took place.
package final class PostgresQueue: Sendable {
    /// Says when tasks have become ready.
    package let signal: WorkSignal
    let time: QueueTime
    /// After how many seconds a ready task moves up a class.
    let ageing: Double
    let place: String
    private let pool: ConnectionPool
    private let patience: Duration
    private let lastSweep = Mutex<ContinuousClock.Instant?>(nil)
    private let emptySince = Mutex(0)

    /// Connects, and creates the tables or brings them up to date. A database of a newer version is refused.
    ///
    /// - Parameters:
    ///   - address: `postgres://USER:PASSWORD@HOST:PORT/DATABASE`, several hosts for failover, or libpq's
    ///     `keyword=value` pairs.
    ///   - ageing: how long a task is ready before it moves up a class.
    ///   - connections: the most to hold at a time, besides the one of ``signal``.
    ///   - patience: how long faults that may pass are waited out before ``QueueError/busy(_:)`` is thrown.
    ///   - observer: is told of every statement; for tests.
    package init(
        address: String, time: QueueTime = .server, ageing: Duration = .seconds(3_600), connections: Int = 4,
        patience: Duration = .seconds(30), observer: ConnectionObserver? = nil
    ) async throws(QueueError) {
        let address = try ServerAddress(address)
        self.place = address.place
        self.time = time
        self.ageing = ageing / .seconds(1)
        self.patience = patience
        self.pool = ConnectionPool(address, limit: connections, observer: observer)
        self.signal = WorkSignal(address)
        try await perform { connection, _ in try Migration.bringUpToDate(connection) }
    }

    /// Closes the connections; the queue is of no use afterwards.
    package func close() {
        pool.close()
        signal.close()
    }

    /// Runs `body` on a connection until it succeeds, fails for good or patience ends. `inDoubt` tells it that an
    /// earlier try may have been committed.
    @discardableResult
    func perform<Value: Sendable>(
        patience limit: Duration? = nil,
        _ body: @escaping @Sendable (_ connection: Connection, _ inDoubt: Bool) throws -> Value
    ) async throws(QueueError) -> Value {
        var patience = Patience(limit ?? self.patience)
        var inDoubt = false
        while true {
            let doubt = inDoubt
            switch await pool.run({ connection in try body(connection, doubt) }) {
            case .success(let value):
                return value
            case .failure(let error):
                guard let fault = error as? ServerFault, fault.mayPass else { throw QueueError(error, at: place) }
                inDoubt = inDoubt || fault.leavesDoubt
                guard await patience.wait() else { throw QueueError(fault, at: place) }
            }
        }
    }

    /// Whether the next lease asks whether time has something to do. With the server's clock every process does that at
    /// most five times a second, and whenever nothing is ready.
    func asksTime() -> Bool {
        guard case .server = time else { return true }
        return lastSweep.withLock { last in
            let now = ContinuousClock.now
            guard last.map({ now - $0 >= .milliseconds(200) }) ?? true else { return false }
            last = now
            return true
        }
    }

    /// Whether this call folds the changes into the counts: one in a thousand, so that as many stay unfolded at a time
    /// whether the fleet is one process or ten thousand.
    func countingIsDue() -> Bool { Int.random(in: 0..<1_000) == 0 }

    /// What ``WorkSignal/heard`` was before the latest lease that found nothing. Whoever waits then misses no signal
    /// that came after the look. It is one number for the process: where several workers share it, one may sleep over
    /// a signal between two leases, until the time it gave is over.
    var lastEmpty: Int { emptySince.withLock(\.self) }

    func noteEmpty(since heard: Int) { emptySince.withLock { $0 = heard } }
}
