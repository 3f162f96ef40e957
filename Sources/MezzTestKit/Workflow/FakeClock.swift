package import FoundationEssentials
internal import MezzWorkflow
internal import Synchronization

/// A clock that stands still until a test moves it.
package final class FakeClock: WorkClock {
    private struct Sleeper {
        let until: Date
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now: Date
        var sleepers: [Int: Sleeper] = [:]
        var cancelled: Set<Int> = []
        var number = 0
    }

    private let state: Mutex<State>

    package init(start: Date = Date(timeIntervalSince1970: 1_000_000_000)) {
        self.state = Mutex(State(now: start))
    }

    package var now: Date { state.withLock(\.now) }

    /// When each of those who sleep wakes up.
    package var alarms: [Date] { state.withLock { $0.sleepers.values.map(\.until).sorted() } }

    /// Moves time on and wakes whoever is due.
    package func advance(by time: Duration) {
        let due = state.withLock { state in
            state.now += time / .seconds(1)
            let now = state.now
            let due = state.sleepers.filter { $0.value.until <= now }
            for number in due.keys { state.sleepers[number] = nil }
            return due.values.map(\.continuation)
        }
        for continuation in due { continuation.resume() }
    }

    package func sleep(until date: Date) async throws {
        let number = state.withLock { state in
            state.number += 1
            return state.number
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let end: Result<Void, any Error>? = state.withLock { state in
                    if state.cancelled.remove(number) != nil { return .failure(CancellationError()) }
                    if date <= state.now { return .success(()) }
                    state.sleepers[number] = Sleeper(until: date, continuation: continuation)
                    return nil
                }
                if let end { continuation.resume(with: end) }
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                let sleeper = state.sleepers.removeValue(forKey: number)
                if sleeper == nil { state.cancelled.insert(number) }
                return sleeper
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }
}
