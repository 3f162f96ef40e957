package import MezzCore

/// Something that a keeper did or could not do.
package enum KeeperEvent: Sendable, Hashable {
    /// It asked the engine for workers.
    case started(count: Int, before: EngineWorkers, look: KeeperLook)
    /// What there is or is wanted has changed, and nothing had to be started.
    case changed(KeeperLook)
    /// The queue or the engine refused; it looks again after the wait.
    case refused(Failure, retryAfter: Duration)
}

/// What a keeper saw at one look.
package struct KeeperLook: Sendable, Hashable {
    /// Workers wanted, within the limits.
    package let wanted: Int
    /// Slots that ready and running tasks take together.
    package let slots: Int
    /// Workers at the engine, those just started among the pending.
    package let workers: EngineWorkers
    /// How many were started.
    package let started: Int
}

extension KeeperEvent: CustomStringConvertible {
    /// One line for a log.
    package var description: String {
        switch self {
        case .started(let count, let before, let look):
            "started \(count): wanted \(look.wanted) for \(look.slots) slots, had \(Self.text(before))"
        case .changed(let look):
            "\(Self.text(look.workers)): wanted \(look.wanted) for \(look.slots) slots"
        case .refused(let failure, let wait):
            "\(failure); next look in \(Int((wait / .seconds(1)).rounded(.up))) s"
        }
    }

    private static func text(_ workers: EngineWorkers) -> String {
        "\(workers.running) running and \(workers.pending) pending"
    }
}
