/// How eagerly a worker without work asks for some.
///
/// A signal reaches every idle worker at once, and most of them ask in vain. So the more often one has asked in vain, the
/// longer it waits after a signal, by chance, and the less often it asks unasked: a handful of workers react within
/// milliseconds, ten thousand idle ones leave the database in peace.
package struct IdlePace: Sendable, Hashable {
    private var fruitless = 0

    package init() {}

    /// Seconds between two questions without any signal: 5, later up to 40.
    package var patience: Double { 5 * Double(1 << min(fruitless, 3)) }

    /// The longest wait after a signal, in seconds: 10 ms, later up to 2.56 s.
    package var spread: Double { 0.01 * Double(1 << min(fruitless, 8)) }

    /// Notes that there was something to do.
    package mutating func foundWork() { fruitless = 0 }

    /// Notes that there was nothing.
    package mutating func foundNothing() { fruitless = min(fruitless + 1, 8) }
}
