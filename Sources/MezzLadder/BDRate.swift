import Foundation

/// One point of a rate-quality curve that is compared.
package struct RatePoint: Hashable, Codable, Sendable {
    /// Bits per second, above 0.
    package let bps: Double
    /// VMAF (or another score that rises with quality).
    package let vmaf: Double

    /// A point of `bps` and `vmaf`.
    package init(bps: Double, vmaf: Double) {
        self.bps = bps
        self.vmaf = vmaf
    }
}

/// A Bjøntegaard difference.
package struct BDRate: Hashable, Codable, Sendable {
    /// Mean bitrate change at equal quality, percent; negative when the tested curve needs fewer bits.
    package let percent: Double
    /// The lower end of the quality both curves cover.
    package let lowVMAF: Double
    /// The upper end of the quality both curves cover, or the cap.
    package let highVMAF: Double
}

/// Why two curves cannot be compared.
package enum BDRateError: Error, Hashable, Codable, Sendable {
    /// A curve has fewer than two undominated points.
    case tooFewPoints
    /// The curves cover no common quality under the cap.
    case noOverlap
}

/// The mean difference of ln(bitrate) at equal quality over the common range, as a percentage.
///
/// G. Bjøntegaard, ITU-T VCEG-M33 (2001), with piecewise cubic Hermite interpolation (PCHIP) instead of the one
/// polynomial, as in later JVET practice. Points that cost more than a better one are dropped, since the
/// difference is defined on curves that rise; of equal qualities the cheapest stays.
/// - Parameters:
///   - anchor: The curve compared against.
///   - test: The curve compared.
///   - cap: Quality above which differences are not counted; VMAF saturates above about 95.
package func bdRate(anchor: [RatePoint], test: [RatePoint], cap: Double? = nil) throws(BDRateError) -> BDRate {
    guard let anchorCurve = logRateCurve(anchor), let testCurve = logRateCurve(test) else { throw .tooFewPoints }
    let low = max(anchorCurve.x[0], testCurve.x[0])
    let high = min(anchorCurve.x.last ?? low, testCurve.x.last ?? low, cap ?? .infinity)
    guard high > low else { throw .noOverlap }
    let difference = (integral(testCurve, low, high) - integral(anchorCurve, low, high)) / (high - low)
    return BDRate(percent: (exp(difference) - 1) * 100, lowVMAF: low, highVMAF: high)
}

/// ln(bps) over VMAF through the undominated points.
private func logRateCurve(_ points: [RatePoint]) -> MonotoneCubic? {
    let usable = points.filter { $0.bps > 0 && $0.bps.isFinite && $0.vmaf.isFinite }
    var front: [RatePoint] = []
    // From the best down, every kept point must be cheaper than all better ones.
    for point in usable.sorted(by: { ($1.vmaf, $0.bps) < ($0.vmaf, $1.bps) }) {
        if let last = front.last, point.bps >= last.bps || point.vmaf >= last.vmaf { continue }
        front.append(point)
    }
    front.reverse()
    return MonotoneCubic(x: front.map(\.vmaf), y: front.map { log($0.bps) }, rule: .harmonic)
}

/// Simpson's rule between knots: exact for cubics.
private func integral(_ curve: MonotoneCubic, _ low: Double, _ high: Double) -> Double {
    let ends = [low] + curve.x.filter { $0 > low && $0 < high } + [high]
    return zip(ends, ends.dropFirst()).reduce(0) { sum, piece in
        let (a, b) = piece
        let middle = curve.value(at: (a + b) / 2)
        return sum + (b - a) / 6 * (curve.value(at: a) + 4 * middle + curve.value(at: b))
    }
}
