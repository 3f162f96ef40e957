/// Between what bounds a fleet may grow and shrink.
package struct DemandLimits: Sendable, Hashable {
    /// Workers there always are, 0 or more.
    package let minimum: Int
    /// Workers there are at most, `minimum` or more.
    package let maximum: Int
    /// Slots of each worker, 1 or more.
    package let slotsPerWorker: Int

    package init(minimum: Int = 0, maximum: Int, slotsPerWorker: Int) {
        self.minimum = max(0, minimum)
        self.maximum = max(self.minimum, maximum)
        self.slotsPerWorker = max(1, slotsPerWorker)
    }
}

/// What work a fleet's workers can do: starting workers for other work would start them over and over.
package struct WorkScope: Sendable, Hashable {
    /// Kinds without their stamps; `nil` means all.
    package let kinds: Set<String>?
    /// The toolset of the workers; `nil` means that it is not known, and that they may do all.
    package let stamp: String?

    package init(kinds: Set<String>? = nil, stamp: String? = nil) {
        self.kinds = kinds
        self.stamp = stamp
    }

    /// Whether a worker of this scope can do a task of this kind, as the queue spells it. A kind without a stamp is
    /// anybody's.
    package func covers(_ kind: String) -> Bool {
        if let kinds, !kinds.contains(StampedKind.plain(kind)) { return false }
        guard let stamp, let wanted = StampedKind.stamp(of: kind) else { return true }
        return stamp == wanted
    }
}
