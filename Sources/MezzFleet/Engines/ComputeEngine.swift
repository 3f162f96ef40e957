/// Something that runs workers on machines: a batch system, a cluster, a cloud.
///
/// Placement, restart, preemption and quotas are the engine's. Workers are started and never stopped from here: they
/// leave by themselves when there was nothing to do for a while, so none is ended in the middle of a task.
package protocol ComputeEngine: Sendable {
    /// The engine's name, for messages.
    var name: String { get }

    /// How many of this fleet's workers there are.
    /// - Throws: `Failure`: `unavailable` when the engine's client is missing, `temporary` when the engine does not
    ///   answer or is busy, `failed` otherwise; `CancellationError`.
    func workers() async throws -> EngineWorkers

    /// Asks for `count` further workers, 1 or more. They may start much later.
    /// - Throws: As ``workers()``. Some of the workers may have been asked for all the same.
    func start(_ count: Int) async throws
}

/// The workers of one fleet as their engine counts them.
package struct EngineWorkers: Sendable, Hashable {
    /// Asked for, and not running yet.
    package let pending: Int
    package let running: Int

    package init(pending: Int, running: Int) {
        self.pending = pending
        self.running = running
    }

    /// Nobody.
    package static let none = EngineWorkers(pending: 0, running: 0)

    package var total: Int { pending + running }

    package static func + (one: EngineWorkers, other: EngineWorkers) -> EngineWorkers {
        EngineWorkers(pending: one.pending + other.pending, running: one.running + other.running)
    }
}
