internal import Dispatch
internal import Synchronization

/// Wakes idle workers when tasks become ready, by PostgreSQL's `LISTEN` and `NOTIFY`.
///
/// A notification can be missed while the connection is down, and none is sent when a lease ends or a retry is due:
/// so each new connection counts as a signal, and ``PostgresQueue/waitForWork(atMost:)`` also looks at the clock.
package final class WorkSignal: Sendable {
    private struct State {
        var heard = 0
        var number = 0
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
        var isListening = false
    }

    private let state = Mutex(State())
    private let listener: Listener

    init(_ address: ServerAddress) {
        self.listener = Listener(address)
    }

    /// Grows with each signal. To be read before the queue is asked, so that no signal falls in between.
    package var heard: Int { state.withLock(\.heard) }

    /// Returns when there was a signal after `heard`, when `time` has passed or when the task is cancelled. The first
    /// call opens the connection.
    package func wait(beyond heard: Int, atMost time: Duration) async {
        listen()
        let number = state.withLock { state in
            state.number += 1
            return state.number
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { (waiter: CheckedContinuation<Void, Never>) in
                let isOver = Task.isCancelled
                let waits = state.withLock { state in
                    guard !isOver, state.heard == heard else { return false }
                    state.waiting[number] = waiter
                    return true
                }
                guard waits else { return waiter.resume() }
                DispatchQueue.global().asyncAfter(deadline: .now() + time / .seconds(1)) { self.wake(number) }
            }
        } onCancel: {
            wake(number)
        }
    }

    /// Closes the connection and wakes everybody.
    func close() {
        listener.close()
        signal()
    }

    private func listen() {
        let isFirst = state.withLock { state in
            defer { state.isListening = true }
            return !state.isListening
        }
        if isFirst { listener.start { [weak self] in self?.signal() } }
    }

    private func signal() {
        let waiting = state.withLock { state in
            state.heard += 1
            defer { state.waiting = [:] }
            return Array(state.waiting.values)
        }
        for waiter in waiting { waiter.resume() }
    }

    private func wake(_ number: Int) {
        state.withLock { $0.waiting.removeValue(forKey: number) }?.resume()
    }
}
