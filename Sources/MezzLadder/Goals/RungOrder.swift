extension LadderRung {
    /// Whether this rung costs less and gives less than `above`.
    func isUnder(_ above: LadderRung) -> Bool { bps < above.bps && vmaf < above.vmaf }

    /// Whether nobody misses this rung beside `other`: that is at least as good, as cheap and as small, and not the
    /// same in all three.
    func isDominated(by other: LadderRung) -> Bool {
        guard other.vmaf >= vmaf, other.bps <= bps, other.resolution.height <= resolution.height else { return false }
        return other.vmaf > vmaf || other.bps < bps || other.resolution.height < resolution.height
    }
}

extension [LadderRung] {
    /// The rungs somebody would miss, best first; of equal ones the first.
    func undominated() -> [LadderRung] {
        var kept: [LadderRung] = []
        for rung in self where !contains(where: { rung.isDominated(by: $0) }) {
            let isRepeated = kept.contains {
                $0.vmaf == rung.vmaf && $0.bps == rung.bps && $0.resolution.height == rung.resolution.height
            }
            if !isRepeated { kept.append(rung) }
        }
        return kept.sorted { ($1.vmaf, $0.bps) < ($0.vmaf, $1.bps) }
    }

    /// The rungs, best first, with no rung promising more than a better one does.
    ///
    /// A rung solved for a quality promises that, one solved for bits what it is predicted to reach: between two that
    /// are nearly the same, promises could cross.
    func withOrderedPromises() -> [LadderRung] {
        var least = Double.infinity
        return map { rung in
            guard let promise = rung.targetVMAF else { return rung }
            least = Swift.min(least, promise)
            return rung.promising(least)
        }
    }
}
