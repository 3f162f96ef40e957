import Foundation

/// The undominated (bitrate, VMAF) pairs of a title at one resolution, interpolated in ln(bitrate).
struct Frontier: Sendable {
    private let curve: MonotoneCubic?
    private let low: (bps: Double, vmaf: Double)
    private let high: (bps: Double, vmaf: Double)

    /// nil without points; one undominated point gives a frontier of one point.
    init?(points: [(bps: Double, vmaf: Double)]) {
        var front: [(bps: Double, vmaf: Double)] = []
        for point in points.sorted(by: { ($0.bps, $1.vmaf) < ($1.bps, $0.vmaf) }) {
            // Pairs closer than a thousandth in both are one point: their slope is rounding.
            if let last = front.last, point.vmaf <= last.vmaf + 0.001 || point.bps <= last.bps * 1.001 { continue }
            front.append(point)
        }
        guard let low = front.first, let high = front.last else { return nil }
        self.low = low
        self.high = high
        curve = MonotoneCubic(x: front.map(\.vmaf), y: front.map { log($0.bps) }, rule: .parabola)
    }

    /// Fewest bits per second of any choice.
    var leastBps: Double { low.bps }
    /// Lowest undominated pooled VMAF.
    var leastVMAF: Double { low.vmaf }
    /// Most bits per second worth spending.
    var mostBps: Double { high.bps }
    /// Highest pooled VMAF.
    var bestVMAF: Double { high.vmaf }

    /// Bits per second of the cheapest choice that reaches `target`, or nil when none does.
    func bps(vmaf target: Double) -> Double? {
        guard target <= high.vmaf else { return nil }
        guard target > low.vmaf, let curve else { return low.bps }
        return exp(curve.value(at: target))
    }

    /// An upper bound of the pooled VMAF below the cheapest choice: VMAF is concave in ln(bitrate), so the slope at the
    /// low end promises too much there.
    func boundedVMAF(bps: Double) -> Double {
        guard bps < low.bps, let curve else { return low.vmaf }
        let flattest = max(curve.slope(at: low.vmaf), 1e-3)
        return low.vmaf + (log(bps) - log(low.bps)) / flattest
    }

    /// Pooled VMAF of the best choice within `budget` bits per second, or nil when none fits.
    func vmaf(bps budget: Double) -> Double? {
        guard budget >= low.bps else { return nil }
        guard budget < high.bps, let curve else { return high.vmaf }
        var (below, above) = (low.vmaf, high.vmaf)
        for _ in 0..<40 {
            let middle = (below + above) / 2
            if exp(curve.value(at: middle)) <= budget { below = middle } else { above = middle }
        }
        return below
    }
}
