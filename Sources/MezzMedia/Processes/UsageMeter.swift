import Synchronization

/// Adds up what one task costs: its child processes, and measuring in this process.
package final class UsageMeter: Sendable {
    private let seconds = Mutex(0.0)

    package init() {}

    /// CPU seconds so far, failed children's too.
    package var cpuSeconds: Double { seconds.withLock { $0 } }

    func add(cpuSeconds: Double) { seconds.withLock { $0 += cpuSeconds } }
}
