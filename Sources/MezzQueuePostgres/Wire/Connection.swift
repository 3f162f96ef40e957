internal import CLibPQ
internal import FoundationEssentials
internal import MezzWorkflow

/// One session on the server. Every call blocks; ``ConnectionSlot`` keeps them away from Swift's own threads.
final class Connection {
    let address: ServerAddress
    let handle: OpaquePointer
    private let observer: ConnectionObserver?
    private var prepared: Set<String> = []

    /// Connects and makes the session fit for a queue.
    init(_ address: ServerAddress, observer: ConnectionObserver? = nil) throws {
        self.address = address
        self.observer = observer
        let parameters = address.parameters
        let handle = CStrings.with(parameters.map(\.keyword)) { keywords in
            CStrings.with(parameters.map(\.value)) { values in PQconnectdbParams(keywords, values, 1) }
        }
        guard let handle else { throw ServerFault.lost("out of memory") }
        self.handle = handle
        // `CREATE … IF NOT EXISTS` would otherwise write to standard error.
        PQsetNoticeProcessor(handle, { _, _ in }, nil)
        guard PQstatus(handle) == CONNECTION_OK else { throw connectFault() }
        let version = PQserverVersion(handle)
        guard version >= 140_000 else {
            throw QueueError.broken(
                "\(address.place): the server is PostgreSQL \(version / 10_000); version 14 or newer is needed")
        }
        try run(script: Self.settings)
    }

    deinit { PQfinish(handle) }

    /// Every statement here is written for an index; on tables that fill and empty within minutes the planner's
    /// statistics are always of another time, and one wrong guess reads a million rows.
    private static let settings = """
        SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; SET enable_bitmapscan = off;
        SET enable_hashjoin = off; SET enable_mergejoin = off; SET max_parallel_workers_per_gather = 0; SET jit = off;
        SET default_transaction_isolation = 'read committed'
        """

    /// Whether it can be used again.
    var isIdle: Bool { PQstatus(handle) == CONNECTION_OK && PQtransactionStatus(handle) == PQTRANS_IDLE }

    /// Runs a fixed text of one or more statements without values.
    func run(script: String) throws {
        try observe(.sending, "script")
        let result = PQexec(handle, script)
        try observe(.answered, "script")
        _ = try rows(result)
    }

    /// Runs one statement; a transaction of its own outside ``transaction(_:)``.
    @discardableResult
    func run(_ statement: Statement, _ parameters: [Parameter] = []) throws -> Rows {
        try prepare(statement)
        try observe(.sending, statement.name)
        guard try send(statement, parameters) else { throw lastFault() }
        try observe(.sent, statement.name)
        let result = PQgetResult(handle)
        while let further = PQgetResult(handle) { PQclear(further) }
        try observe(.answered, statement.name)
        return try rows(result)
    }

    /// Runs `body` between BEGIN and COMMIT; an error rolls everything back.
    func transaction<Value>(_ body: () throws -> Value) throws -> Value {
        try run(Transaction.begin)
        do {
            let value = try body()
            try run(Transaction.commit)
            return value
        } catch {
            // When this fails, too, the connection is not idle and its slot closes it, which rolls back as well.
            if PQtransactionStatus(handle) != PQTRANS_IDLE { _ = try? run(Transaction.rollback) }
            throw error
        }
    }

    func prepare(_ statement: Statement) throws {
        guard !prepared.contains(statement.name) else { return }
        _ = try rows(PQprepare(handle, statement.name, statement.sql, 0, nil))
        prepared.insert(statement.name)
    }

    /// Hands a prepared statement to libpq.
    func send(_ statement: Statement, _ parameters: [Parameter]) throws -> Bool {
        guard !parameters.contains(where: \.holdsNUL) else {
            throw QueueError.broken(
                "\(address.place): a name holds a NUL character, which PostgreSQL cannot store; choose another name")
        }
        let values = parameters.map(\.wire)
        return WireValues.with(values) { pointers, lengths in
            let formats = [Int32](repeating: 1, count: values.count)
            return PQsendQueryPrepared(
                handle, statement.name, Int32(values.count), pointers, lengths, formats, 1) == 1
        }
    }

    func observe(_ moment: ConnectionEvent.Moment, _ statement: String) throws {
        guard let observer else { return }
        do {
            try observer(ConnectionEvent(moment: moment, statement: statement, backend: PQbackendPID(handle)))
        } catch {
            throw ServerFault.lost("the observer cut the connection: \(error)")
        }
    }
}

/// The statements around every transaction of several round trips.
private enum Transaction {
    static let begin = Statement(name: "begin", sql: "BEGIN")
    static let commit = Statement(name: "commit", sql: "COMMIT")
    static let rollback = Statement(name: "rollback", sql: "ROLLBACK")
}
