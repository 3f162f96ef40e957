/// How long to wait before a transient failure is tried again.
package struct RetryPolicy: Sendable {
    /// The wait after the first failure; each further one doubles it.
    package let first: Duration
    /// The longest wait.
    package let longest: Duration
    private let random: @Sendable () -> Double

    /// `random` returns values from 0 up to 1.
    package init(
        first: Duration = .seconds(2), longest: Duration = .seconds(120),
        random: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        self.first = first
        self.longest = longest
        self.random = random
    }

    /// Between half and all of the doubled wait: workers that failed together do not come back together.
    package func delay(afterFailures failures: Int) -> Duration {
        var wait = first
        for _ in 1..<max(2, failures) where failures > 1 && wait < longest { wait *= 2 }
        return min(wait, longest) * (0.5 + 0.5 * random())
    }
}
