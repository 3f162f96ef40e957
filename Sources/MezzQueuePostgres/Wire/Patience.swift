internal import Dispatch

/// How long faults that may pass are waited out: pauses that double, with chance, so that a fleet does not come back
/// to a restarted server in one instant.
struct Patience {
    private let end: ContinuousClock.Instant
    private var pause = Duration.milliseconds(20)

    /// Ends `limit` from now.
    init(_ limit: Duration) { end = .now + limit }

    /// Waits for the next try; `false` when patience is at its end. Not cancelled with the task, because results are
    /// handed in during shutdown.
    mutating func wait() async -> Bool {
        guard ContinuousClock.now < end else { return false }
        let time = pause * Double.random(in: 0.5...1)
        pause = min(pause * 2, .seconds(2))
        await withCheckedContinuation { done in
            DispatchQueue.global().asyncAfter(deadline: .now() + time / .seconds(1)) { done.resume() }
        }
        return true
    }
}
