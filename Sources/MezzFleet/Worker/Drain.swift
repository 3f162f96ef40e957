package import FoundationEssentials
import Synchronization

/// Asks a worker to take no more tasks and to end, within a time of grace.
package final class Drain: Sendable {
    private struct State {
        var deadline: Date?
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
        var number = 0
    }

    private let state = Mutex(State())

    package init() {}

    /// When the worker has to be gone; `nil` while it may go on.
    package var deadline: Date? { state.withLock { $0.deadline } }

    /// Begins the drain; a second call changes nothing.
    package func begin(until deadline: Date) {
        let waiting = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            guard state.deadline == nil else { return [] }
            state.deadline = deadline
            defer { state.waiting = [:] }
            return Array(state.waiting.values)
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Returns when the drain has begun, or when the task is cancelled.
    func wait() async {
        let number = state.withLock { state in
            state.number += 1
            return state.number
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state -> Bool in
                    if state.deadline != nil || Task.isCancelled { return true }
                    state.waiting[number] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: number) }?.resume()
        }
    }
}
