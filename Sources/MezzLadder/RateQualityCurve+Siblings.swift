import Foundation

/// Curves of sizes that were probed at few CRFs, with the shape of the same shot's curves at other sizes.
///
/// At one size a shot's bits and quality differ from those at another by a factor that hardly depends on CRF: on eight
/// recorded grids ln(bps) moved 0.003 to 0.036 apart per CRF (rms), and the root of 101 - VMAF so little that a value three
/// to six CRF from a probe was 0.6 to 2.0 VMAF off (rms; the logarithm of 101 - VMAF: 1.9 to 8).
extension RateQualityCurve {
    /// Fits a curve and continues it past its own probes along the curves of other sizes.
    ///
    /// - Parameters:
    ///   - points: Probes of one shot at one resolution; one is enough where a sibling reaches past it.
    ///   - siblings: Fits of the same shot at other resolutions, the most alike first. The first whose probes reach further
    ///     lends its shape.
    ///   - reach: How far from its own outermost probes the curve may follow a sibling, in CRF.
    /// - Returns: nil without points, or with one that no sibling continues.
    static func fit(
        _ points: [ProbePoint], siblings: [RateQualityCurve], reach: Double
    ) -> RateQualityCurve? {
        let own = averagedKnots(points.filter(\.isUsable))
        guard let first = own.first, let last = own.last else { return nil }
        let fit = fit(points)
        if own.count > 1, fit == nil { return nil }
        let range = fit?.crfRange ?? first.crf...first.crf
        let before = continued(from: first, to: range.lowerBound, by: -reach, siblings)
        let after = continued(from: last, to: range.upperBound, by: reach, siblings)
        if let fit, before.isEmpty, after.isEmpty { return fit }
        let knots = before.reversed() + own + after
        guard let low = knots.first?.crf, let high = knots.last?.crf, high - low >= minimumSpan else { return nil }
        return RateQualityCurve(
            knots: knots, probedRange: first.crf...last.crf,
            crfRange: min(low, range.lowerBound)...max(high, range.upperBound))
    }

    /// Whether the curve goes on past its own probes with another size's shape.
    package var isContinued: Bool {
        crfRange.lowerBound < probedRange.lowerBound - Self.usualMargin
            || crfRange.upperBound > probedRange.upperBound + Self.usualMargin
    }

    /// How far a shape carries with x264, whose useful range is 28 CRF wide: with 10 one title lost 4% of its
    /// bits.
    package static let usualReach = 8.0

    /// Two knots past `knot`, half way and at the end of what a sibling can tell, nearest first; none when that is hardly
    /// further than `limit`, to which the fit answers by itself.
    private static func continued(
        from knot: Knot, to limit: Double, by reach: Double, _ siblings: [RateQualityCurve]
    ) -> [Knot] {
        let sign = reach < 0 ? -1.0 : 1
        func distance(_ crf: Double) -> Double { (crf - knot.crf) * sign }
        guard
            let sibling = siblings.first(where: {
                distance(reach < 0 ? $0.probedRange.lowerBound : $0.probedRange.upperBound) > 1
            })
        else { return [] }
        let told = distance(reach < 0 ? sibling.crfRange.lowerBound : sibling.crfRange.upperBound)
        let end = min(told, abs(reach))
        guard end > distance(limit) + 0.5 else { return [] }
        return [end / 2, end].map { moved(knot, to: knot.crf + sign * $0, like: sibling) }
    }

    /// Where a measured knot would lie at another CRF if it moved as the sibling does.
    private static func moved(_ knot: Knot, to crf: Double, like sibling: RateQualityCurve) -> Knot {
        let bits = log(sibling.bps(at: crf) / sibling.bps(at: knot.crf))
        func root(_ vmaf: Double) -> Double { (101 - vmaf).squareRoot() }
        let distance = root(knot.vmaf) + root(sibling.vmaf(at: crf)) - root(sibling.vmaf(at: knot.crf))
        let vmaf = 101 - max(distance, 1) * max(distance, 1)
        return Knot(crf: crf, logBps: knot.logBps + bits, vmaf: max(vmaf, 0))
    }
}
