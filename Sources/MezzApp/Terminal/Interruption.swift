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
        let sources = [(SIGINT, ExitStatus.interrupted), (SIGTERM, ExitStatus.terminated)].map { number, status in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                guard received.take(status) else { Glibc._exit(status.rawValue) }
                onSignal()
                if cancels { received.cancel() }
            }
            source.resume()
            return source
        }
        defer { for source in sources { source.cancel() } }
        // Not before signals are listened to: the work may say at once that it runs, and be interrupted.
        let task = Task { try await work() }
        received.onCancel { task.cancel() }
        let result = await task.result
        if cancels, let status = received.status { throw Interruption(status: status) }
        return try result.get()
    }
}

/// The first signal that came in, and what it cancels.
private final class SignalBox: Sendable {
    private struct State {
        var status: ExitStatus?
        var isCancelled = false
        var action: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    var status: ExitStatus? { state.withLock { $0.status } }

    /// `false` when there was one before.
    func take(_ status: ExitStatus) -> Bool {
        state.withLock { state in
            guard state.status == nil else { return false }
            state.status = status
            return true
        }
    }

    /// Runs the action of `onCancel`, at once or when there is one.
    func cancel() {
        let action = state.withLock { state in
            state.isCancelled = true
            return state.action
        }
        action?()
    }

    func onCancel(_ action: @escaping @Sendable () -> Void) {
        let isCancelled = state.withLock { state in
            state.action = action
            return state.isCancelled
        }
        if isCancelled { action() }
    }
}
