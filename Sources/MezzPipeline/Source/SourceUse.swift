import Synchronization

/// How an attempt at a task reads its source.
final class SourceUse: Sendable {
    /// Whether a source with holes will do.
    let mayBePartial: Bool
    private let part = Mutex(false)

    init(mayBePartial: Bool) {
        self.mayBePartial = mayBePartial
    }

    /// Whether it read a source with holes.
    var wasPartial: Bool { part.withLock { $0 } }

    func notePart() { part.withLock { $0 = true } }
}
