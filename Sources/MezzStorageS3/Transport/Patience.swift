/// How long faults that may pass are waited out: exponential pauses with full jitter ("Exponential Backoff And
/// Jitter", AWS Architecture Blog, 2015), so that a fleet does not come back to a struggling server in one instant.
struct Patience {
    private static let longest = Duration.seconds(20)

    private let limit: Duration
    private var end: ContinuousClock.Instant?
    private var pause: Duration

    /// Ends `limit` after the first wait began, however long what failed had taken; the first pause is `first` at most.
    init(_ limit: Duration, first: Duration = .milliseconds(100)) {
        self.limit = limit
        pause = first
    }

    /// Waits for the next try; `false` when patience is at its end.
    mutating func wait() async throws(CancellationError) -> Bool {
        let end = self.end ?? .now + limit
        self.end = end
        let left = ContinuousClock.now.duration(to: end)
        guard left > .zero else { return false }
        let time = min(pause * Double.random(in: 0...1), left)
        pause = min(pause * 2, Self.longest)
        do {
            try await Task.sleep(for: time)
        } catch {
            throw CancellationError()
        }
        return true
    }
}
