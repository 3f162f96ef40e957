import Dispatch
import Foundation
import Glibc
import MezzCore
import Synchronization

/// The command was ended by a signal.
struct Interruption: Error {
    let status: ExitStatus
}

/// Runs work that SIGINT and SIGTERM cancel: the work stops its children and keeps its state. A second signal ends
/// the process at once.
enum Interruptible {
    /// - Parameter cancels: Whether the first signal also cancels the work and is thrown as an ``Interruption`` when that
    ///   has ended; otherwise only `onSignal` is told, and the work's result counts.
    static func run<Value: Sendable>(
        cancels: Bool = true, onSignal: @escaping @Sendable () -> Void,
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let received = SignalBox()
        let task = Task { try await work() }
        let sources = [(SIGINT, ExitStatus.interrupted), (SIGTERM, ExitStatus.terminated)].map { number, status in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                guard received.take(status) else { Glibc._exit(status.rawValue) }
                onSignal()
                if cancels { task.cancel() }
            }
            source.resume()
            return source
        }
        defer { for source in sources { source.cancel() } }
        let result = await task.result
        if cancels, let status = received.status { throw Interruption(status: status) }
        return try result.get()
    }
}

/// The first signal that came in.
private final class SignalBox: Sendable {
    private let box = Mutex<ExitStatus?>(nil)

    var status: ExitStatus? { box.withLock { $0 } }

    /// `false` when there was one before.
    func take(_ status: ExitStatus) -> Bool {
        box.withLock { held in
            guard held == nil else { return false }
            held = status
            return true
        }
    }
}
