import Foundation

/// Corrections of a CRF after an encode was measured.
package enum CRFCorrection {
    /// A finished encode.
    package struct Measured: Hashable, Codable, Sendable {
        /// The constant rate factor used.
        package let crf: Double
        /// Bits per second, above 0.
        package let bps: Double
        /// VMAF, 0...100.
        package let vmaf: Double

        /// An encode at `crf` that came out at `bps` and `vmaf`.
        package init(crf: Double, bps: Double, vmaf: Double) {
            self.crf = crf
            self.bps = bps
            self.vmaf = vmaf
        }
    }

    /// How many more bits one correction of a shot may spend.
    package static let moreBits = 1.10...1.20
    /// What is left of a shot's bits after one correction that gives some back.
    package static let fewerBits = 0.70...0.97
    /// d ln(bps) / d CRF that is assumed where a curve is flatter (black, or a noisy fit).
    static let flattestSlope = -0.03
    /// d ln(bps) / d CRF where nothing is known: 6 CRF halve the bits.
    static let typicalSlope = -0.1155
    /// The steepest d ln(bps) / d CRF that two measurements may claim.
    static let steepestSlope = -0.4

    /// A finer CRF for a shot that missed its promise.
    ///
    /// The curve's slopes at the used CRF say how many bits the missing VMAF costs; the answer is held to 10...20% more
    /// bits, so that one odd measurement cannot run away and several corrections converge.
    /// - Parameters:
    ///   - promise: The VMAF the shot should have reached.
    ///   - measured: What it reached, and how.
    ///   - curve: The shot's curve at the rung's resolution.
    ///   - scale: The encoder's CRF values.
    /// - Returns: nil when the promise is kept or the scale ends.
    package static func crf(
        keeping promise: Double, measured: Measured, curve: RateQualityCurve, scale: CRFScale
    ) -> Double? {
        guard measured.vmaf < promise, measured.crf > scale.minimum else { return nil }
        let rateSlope = min(curve.logBpsSlope(at: measured.crf), flattestSlope)
        let bits = rateSlope * (promise - measured.vmaf) / min(curve.vmafSlope(at: measured.crf), -1e-6)
        let more = min(max(bits, log(moreBits.lowerBound)), log(moreBits.upperBound))
        let wanted = scale.nearest(to: measured.crf + more / rateSlope)
        return max(min(wanted, measured.crf - scale.step), scale.minimum)
    }

    /// A coarser CRF for a shot that came out better than promised.
    ///
    /// The curve's slopes at the used CRF say how many bits the surplus is worth; at most three tenths are given back at
    /// once.
    /// - Parameters: As for a shot that missed its promise.
    /// - Returns: nil when there is no surplus or the scale ends.
    package static func crf(
        returningTo promise: Double, measured: Measured, curve: RateQualityCurve, scale: CRFScale
    ) -> Double? {
        guard measured.vmaf > promise, measured.crf < scale.maximum else { return nil }
        let rateSlope = min(curve.logBpsSlope(at: measured.crf), flattestSlope)
        let bits = rateSlope * (promise - measured.vmaf) / min(curve.vmafSlope(at: measured.crf), -1e-6)
        let fewer = min(max(bits, log(fewerBits.lowerBound)), log(fewerBits.upperBound))
        let wanted = scale.nearest(to: measured.crf + fewer / rateSlope)
        return min(max(wanted, measured.crf + scale.step), scale.maximum)
    }

    /// The next CRF to try for a title that must hit a bitrate.
    ///
    /// The secant in ln(bps) through the two encodes around the target, or the nearest two; from one encode the given
    /// slope. A step is at most 6 CRF.
    /// - Parameters:
    ///   - target: Bits per second, above 0.
    ///   - tried: Encodes of the title so far, at least one.
    ///   - slope: d ln(bps) / d CRF of the title's curve, for the first step; nil takes x264's typical -0.1155.
    ///   - scale: The encoder's CRF values.
    ///   - tolerance: Relative miss that is good enough.
    /// - Returns: nil when an encode is near enough, when the scale has no better value left, or without encodes.
    package static func crf(
        bps target: Double, tried: [Measured], slope: Double? = nil, scale: CRFScale, tolerance: Double = 0.02
    ) -> Double? {
        let misses = tried.filter { $0.bps > 0 && target > 0 }.map { (crf: $0.crf, miss: log($0.bps / target)) }
        guard let best = misses.min(by: { abs($0.miss) < abs($1.miss) }) else { return nil }
        guard abs(best.miss) > log(1 + tolerance) else { return nil }
        let step = best.miss / secantSlope(misses, best: best, first: slope ?? typicalSlope)
        let wanted = scale.nearest(to: best.crf - min(max(step, -6), 6))
        return tried.contains { abs($0.crf - wanted) < scale.step / 2 } ? nil : wanted
    }

    private static func secantSlope(
        _ misses: [(crf: Double, miss: Double)], best: (crf: Double, miss: Double), first: Double
    ) -> Double {
        let others = misses.filter { $0.crf != best.crf }
        let across = others.filter { ($0.miss < 0) != (best.miss < 0) }
        let partner = (across.isEmpty ? others : across).min { abs($0.miss) < abs($1.miss) }
        let slope = partner.map { ($0.miss - best.miss) / ($0.crf - best.crf) } ?? first
        return min(max(slope, steepestSlope), flattestSlope)
    }
}
