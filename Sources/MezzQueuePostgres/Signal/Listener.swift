internal import CLibPQ
internal import Dispatch

/// A connection that does nothing but listen. No thread waits for it: its socket is watched.
///
/// Unchecked because the compiler cannot see that everything is only touched on `queue`.
final class Listener: @unchecked Sendable {
    private let queue = DispatchQueue(label: "postgres signal")
    private let address: ServerAddress
    private var source: (any DispatchSourceRead)?
    private var pause = 0.1
    private var isClosed = false

    init(_ address: ServerAddress) {
        self.address = address
    }

    deinit { source?.cancel() }

    /// Calls `heard` for each burst of notifications, and after each new connection, since some may have been missed.
    func start(_ heard: @escaping @Sendable () -> Void) {
        queue.async { self.connect(heard) }
    }

    func close() {
        queue.async {
            self.isClosed = true
            self.source?.cancel()
            self.source = nil
        }
    }

    private func connect(_ heard: @escaping @Sendable () -> Void) {
        guard !isClosed else { return }
        do {
            let connection = try Connection(address)
            try connection.run(script: "LISTEN mezz_ready")
            watch(connection, heard)
            pause = 0.1
            heard()
        } catch {
            connectLater(heard)
        }
    }

    private func watch(_ connection: Connection, _ heard: @escaping @Sendable () -> Void) {
        let source = DispatchSource.makeReadSource(fileDescriptor: PQsocket(connection.handle), queue: queue)
        source.setEventHandler { [weak self] in
            guard let self else { return }
            if PQconsumeInput(connection.handle) == 1 {
                if Self.takeNotifications(connection) { heard() }
            } else {
                self.source?.cancel()
                self.source = nil
                connectLater(heard)
            }
        }
        // The socket must stay open until it is no longer watched.
        source.setCancelHandler { withExtendedLifetime(connection) {} }
        self.source = source
        source.activate()
    }

    /// Meanwhile workers ask by themselves, only later; so pauses double up to ten seconds.
    private func connectLater(_ heard: @escaping @Sendable () -> Void) {
        guard !isClosed else { return }
        queue.asyncAfter(deadline: .now() + pause) { [weak self] in self?.connect(heard) }
        pause = min(pause * 2, 10)
    }

    private static func takeNotifications(_ connection: Connection) -> Bool {
        var any = false
        while let notification = PQnotifies(connection.handle) {
            PQfreemem(notification)
            any = true
        }
        return any
    }
}
