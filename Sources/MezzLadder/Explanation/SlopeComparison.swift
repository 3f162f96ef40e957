/// The slopes at which all shots of a rung stand.
struct SlopeComparison {
    private let style: AllocationStyle
    private let stands: [Int: Stand]
    /// See `SlopeExplanation.common`.
    private let common: Double?

    /// The hull steps on both sides of a shot's choice.
    private struct Stand {
        let bought: Double?
        let next: Double?
        /// Whether the choice is a point of the hull; the last step of a solve may end between two.
        let isOnHull: Bool
    }

    /// nil when a shot of the rung has no curve at its size.
    init?(model: TitleModel, rung: LadderRung) {
        let frames = Dictionary(model.shots.map { ($0.index, $0.frames) }) { first, _ in first }
        var stands: [Int: Stand] = [:]
        for choice in rung.shots {
            guard let curve = model.curve(shot: choice.index, resolution: rung.resolution),
                let candidates = ShotCandidates(
                    shot: choice.index, frames: frames[choice.index] ?? 0, curve: curve, scale: model.scale,
                    pooling: model.pooling)
            else { return nil }
            stands[choice.index] = Self.stand(candidates, at: (choice.crf / model.scale.step).rounded())
        }
        style = rung.style
        self.stands = stands
        common = stands.values.filter(\.isOnHull).compactMap(\.next).max()
    }

    private static func stand(_ shot: ShotCandidates, at gridIndex: Double) -> Stand {
        // A rung made again may lie past the curve, which is clamped there.
        let position = min(max(shot.coarsest - Int(gridIndex), 0), shot.bps.count - 1)
        let after = shot.hull.firstIndex { $0 > position }
        let before = shot.hull.lastIndex { $0 <= position } ?? 0
        return Stand(
            bought: before > 0 ? shot.gains[before] : nil, next: after.map { shot.gains[$0] },
            isOnHull: shot.hull[before] == position)
    }

    func explanation(of choice: ShotAllocation, curve: RateQualityCurve) -> SlopeExplanation? {
        guard let stand = stands[choice.index] else { return nil }
        let bpsSlope = curve.logBpsSlope(at: choice.crf) * choice.bps
        return SlopeExplanation(
            bought: stand.bought, next: stand.next, common: common,
            vmafPerBps: bpsSlope < 0 ? curve.vmafSlope(at: choice.crf) / bpsSlope : 0, reason: reason(stand))
    }

    private func reason(_ stand: Stand) -> CRFReason {
        if style == .uniform { return .uniform }
        guard let common else { return .finest }
        // What was bought for less than the common slope was not bought for its slope.
        if let bought = stand.bought, bought < common * (1 - 1e-9) { return .floor }
        if stand.next == nil { return .finest }
        return stand.bought == nil ? .coarsest : .equalSlope
    }
}
