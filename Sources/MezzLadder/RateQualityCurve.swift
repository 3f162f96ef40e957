import Foundation

/// Bitrate and quality of one shot (or title) at one resolution as functions of CRF.
///
/// ln(bps) is near linear in CRF. Quality is interpolated as ln(101 - VMAF) between two probes and as the square root
/// of 101 - VMAF through three or more, along the parabola of three neighbours; that both fall is enforced.
/// The variables were chosen on the recorded x264 grids in the tests. Two probes at CRF 23 and 33: a line in VMAF
/// is 2.4 too low on average, in ln(101 - VMAF) 0.3 too high. Three probes: the logarithm bends too far (rms error 1.4,
/// 1.0 and 0.6 at 18/28/38, 13/23/33 and 18/28/33), VMAF itself too little (1.0, 0.7, 0.6), the root least on the
/// whole (1.2, 0.6, 0.6).
package struct RateQualityCurve: Sendable {
    /// The CRFs between the finest and the coarsest probe.
    package let probedRange: ClosedRange<Double>
    /// The CRFs the curve answers for: the probed range and a margin, or as far as a sibling's shape carries it. Everything
    /// outside is clamped to it.
    package let crfRange: ClosedRange<Double>

    private let logBps: MonotoneCubic
    private let quality: MonotoneCubic
    private let domain: QualityDomain

    /// Fits a curve, or refuses.
    ///
    /// - Parameters:
    ///   - points: Probes of one shot at one resolution, in any order; repeated CRFs are averaged and noise that
    ///     contradicts "coarser means fewer bits and lower VMAF" is pooled.
    ///   - margin: How far past the probes the curve may be used, in CRF. Never more than a quarter of the span:
    ///     extrapolation is where these models fail.
    /// - Returns: nil with fewer than two distinct CRFs, or when they span less than `minimumSpan`.
    package static func fit(_ points: [ProbePoint], margin: Double = usualMargin) -> RateQualityCurve? {
        let knots = averagedKnots(points.filter(\.isUsable))
        guard let first = knots.first?.crf, let last = knots.last?.crf, last - first >= minimumSpan else { return nil }
        let margin = max(min(margin, (last - first) / 4), 0)
        return RateQualityCurve(
            knots: knots, probedRange: first...last, crfRange: (first - margin)...(last + margin))
    }

    /// How far past its own probes a fit is used, in CRF.
    static let usualMargin = 2.0

    /// The least CRF distance between the outer probes: closer ones measure noise, not slope.
    package static let minimumSpan = 2.0

    init?(knots: [Knot], probedRange: ClosedRange<Double>, crfRange: ClosedRange<Double>) {
        let crfs = knots.map(\.crf)
        let domain: QualityDomain = knots.count == 2 ? .logDistance : .rootDistance
        let bps = fallingSequence(knots.map(\.logBps))
        let quality = fallingSequence(knots.map(\.vmaf)).map(domain.forward)
        guard let logBps = MonotoneCubic(x: crfs, y: bps, rule: .parabola),
            let quality = MonotoneCubic(x: crfs, y: quality, rule: .parabola)
        else { return nil }
        self.logBps = logBps
        self.quality = quality
        self.domain = domain
        self.probedRange = probedRange
        self.crfRange = crfRange
    }

    /// Bits per second at `crf`, clamped to `crfRange`.
    package func bps(at crf: Double) -> Double { exp(logBps.value(at: clamped(crf))) }

    /// VMAF at `crf`, clamped to `crfRange`, 0...100.
    package func vmaf(at crf: Double) -> Double {
        min(max(domain.inverse(quality.value(at: clamped(crf))), 0), 100)
    }

    /// d ln(bps) / d CRF at `crf`, at most 0. About -0.12 for x264, where 6 CRF halve the bitrate.
    package func logBpsSlope(at crf: Double) -> Double { logBps.slope(at: clamped(crf)) }

    /// d VMAF / d CRF at `crf`, at most 0.
    package func vmafSlope(at crf: Double) -> Double {
        let position = clamped(crf)
        return domain.derivativeOfInverse(quality.value(at: position)) * quality.slope(at: position)
    }

    /// The CRF inside `crfRange` whose bitrate is nearest to `target` bits per second.
    package func crf(bps target: Double) -> Double {
        coarsest { bps(at: $0) >= target }
    }

    /// The coarsest CRF inside `crfRange` that reaches `target` VMAF; the finest when none does.
    package func crf(vmaf target: Double) -> Double {
        coarsest { vmaf(at: $0) >= target }
    }

    private func clamped(_ crf: Double) -> Double {
        min(max(crf, crfRange.lowerBound), crfRange.upperBound)
    }

    /// Bisection for the last CRF where a condition that holds for fine values still holds.
    private func coarsest(where holds: (Double) -> Bool) -> Double {
        var (low, high) = (crfRange.lowerBound, crfRange.upperBound)
        if holds(high) { return high }
        guard holds(low) else { return low }
        for _ in 0..<48 {
            let middle = (low + high) / 2
            if holds(middle) { low = middle } else { high = middle }
        }
        return low
    }

    /// A measured or inferred point of the curve.
    struct Knot {
        var crf: Double
        var logBps: Double
        var vmaf: Double
    }

    static func averagedKnots(_ points: [ProbePoint]) -> [Knot] {
        Dictionary(grouping: points, by: \.crf).map { crf, group in
            let count = Double(group.count)
            return Knot(
                crf: crf,
                logBps: group.reduce(0) { $0 + log($1.bps) } / count,
                vmaf: group.reduce(0) { $0 + min(max($1.vmaf, 0), 100) } / count)
        }
        .sorted { $0.crf < $1.crf }
    }
}

/// The variable in which quality is interpolated over CRF.
private enum QualityDomain {
    /// ln(101 - VMAF): finite at 100.
    case logDistance
    /// The square root of 101 - VMAF.
    case rootDistance

    func forward(_ vmaf: Double) -> Double {
        switch self {
        case .logDistance: log(101 - vmaf)
        case .rootDistance: (101 - vmaf).squareRoot()
        }
    }

    func inverse(_ value: Double) -> Double {
        switch self {
        case .logDistance: 101 - exp(value)
        // A line past the finest probe may cross 0, where the square would turn around.
        case .rootDistance: 101 - max(value, 0) * max(value, 0)
        }
    }

    func derivativeOfInverse(_ value: Double) -> Double {
        switch self {
        case .logDistance: -exp(value)
        case .rootDistance: -2 * max(value, 0)
        }
    }
}
