/// How a child process ended and what it cost.
package struct ChildResult: Sendable {
    package enum Ending: Sendable, Hashable {
        case exited(Int32)
        case signalled(Int32)
        /// Ended by mezz: no output and no use of CPU for the time allowed.
        case stalled(seconds: Double)
    }

    package let ending: Ending
    package let cpuSeconds: Double
    package let wallSeconds: Double
    /// The last lines of standard error.
    package let errorTail: [String]

    package var succeeded: Bool { ending == .exited(0) }
}
