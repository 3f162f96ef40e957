internal import Dispatch

/// A place for one connection, with a thread of its own for libpq's blocking calls.
///
/// Unchecked because the compiler cannot see that `connection` is only touched on `queue`.
final class ConnectionSlot: @unchecked Sendable {
    private let queue = DispatchQueue(label: "postgres")
    private let address: ServerAddress
    private let observer: ConnectionObserver?
    private var connection: Connection?

    init(_ address: ServerAddress, observer: ConnectionObserver?) {
        self.address = address
        self.observer = observer
    }

    /// Runs `body` on the connection, opening one where there is none. A connection that comes back in any other
    /// state than idle is closed, which ends its transaction, too.
    func run<Value: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Value
    ) async -> Result<Value, any Error> {
        await withCheckedContinuation { done in
            queue.async {
                let result = Result { try body(self.opened()) }
                if case .failure(let error) = result, (error as? ServerFault)?.endsConnection ?? false {
                    self.connection = nil
                } else if self.connection?.isIdle == false {
                    self.connection = nil
                }
                done.resume(returning: result)
            }
        }
    }

    /// Closes the connection.
    func close() {
        queue.async { self.connection = nil }
    }

    private func opened() throws -> Connection {
        if let connection { return connection }
        let fresh = try Connection(address, observer: observer)
        connection = fresh
        return fresh
    }
}
