import Synchronization

/// Adds up what the child processes of one task cost.
package final class UsageMeter: Sendable {
    private let seconds = Mutex(0.0)

    package init() {}

    /// CPU seconds of all children so far, the failed ones too.
    package var cpuSeconds: Double { seconds.withLock { $0 } }

    func add(cpuSeconds: Double) { seconds.withLock { $0 += cpuSeconds } }
}
