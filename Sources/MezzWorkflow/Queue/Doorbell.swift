package import FoundationEssentials
internal import Synchronization

/// Wakes those who wait for work at a queue in this process. The queue rings when something became ready, so that
/// nobody has to ask again and again.
package final class Doorbell: Sendable {
    private typealias Waiter = CheckedContinuation<Void, any Error>

    private struct State {
        var waiting: [Int: Waiter] = [:]
        var cancelled: Set<Int> = []
        var number = 0
        /// It rang since somebody looked and found nothing.
        var isFresh = false
        /// The latest moment until which somebody waits.
        var patience = Date.distantPast

        mutating func leave() -> [Waiter] {
            guard !waiting.isEmpty else { return [] }
            defer { waiting = [:] }
            patience = .distantPast
            return Array(waiting.values)
        }
    }

    private let state = Mutex(State())

    package init() {}

    /// Something became ready. Whoever begins to wait from now on returns at once, until somebody finds nothing.
    package func ring() {
        let woken = state.withLock { state in
            state.isFresh = true
            return state.leave()
        }
        for waiter in woken { waiter.resume() }
    }

    /// Somebody looked and found nothing for him. Between this and the next ring, waiting is waiting.
    package func silence() {
        state.withLock { $0.isFresh = false }
    }

    /// Something may become ready at `date` by itself; wakes those who would sleep longer.
    package func expect(at date: Date) {
        let woken = state.withLock { $0.patience > date ? $0.leave() : [] }
        for waiter in woken { waiter.resume() }
    }

    /// Returns with the next ring, and at `date` in any case; throws when the task is cancelled.
    package func wait(until date: Date, by clock: any WorkClock) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await clock.sleep(until: date) }
            group.addTask { try await self.listen(until: date) }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func listen(until date: Date) async throws {
        let ticket = state.withLock { state in
            state.number += 1
            return state.number
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { waiter in
                let end = enter(ticket, waiter, until: date)
                if let end { waiter.resume(with: end) }
            }
        } onCancel: {
            cancel(ticket)?.resume(throwing: CancellationError())
        }
    }

    /// How the wait ends when there is nothing to wait for.
    private func enter(_ ticket: Int, _ waiter: Waiter, until date: Date) -> Result<Void, any Error>? {
        state.withLock { state in
            if state.cancelled.remove(ticket) != nil { return .failure(CancellationError()) }
            if state.isFresh { return .success(()) }
            state.waiting[ticket] = waiter
            state.patience = max(state.patience, date)
            return nil
        }
    }

    private func cancel(_ ticket: Int) -> Waiter? {
        state.withLock { state in
            let waiter = state.waiting.removeValue(forKey: ticket)
            if waiter == nil { state.cancelled.insert(ticket) }
            return waiter
        }
    }
}
