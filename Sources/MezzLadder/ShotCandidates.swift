/// The encodes a shot may get at one resolution: one per accepted CRF, coarsest first, and their hull.
///
/// Bitrate and VMAF never fall along the list because the curve's never do.
struct ShotCandidates: Sendable {
    /// Index of the shot in the title.
    let shot: Int
    /// Frames: the shot's weight.
    let frames: Double
    /// Grid index (see `CRFScale`) of the coarsest candidate; each next one is one step finer.
    let coarsest: Int
    let bps: [Double]
    let vmaf: [Double]
    let distortion: [Double]
    /// Positions on the convex hull, by rising bitrate.
    let hull: [Int]
    /// Distortion removed per bit per second on the way to each hull position; the first is infinite.
    let gains: [Double]

    init?(shot: Int, frames: Int, curve: RateQualityCurve, scale: CRFScale, pooling: QualityPooling) {
        guard let grid = scale.indices(in: curve.crfRange) else { return nil }
        let crfs = grid.reversed().map(scale.value(at:))
        self.shot = shot
        self.frames = Double(frames)
        coarsest = grid.upperBound
        let bps = crfs.map(curve.bps(at:))
        let vmaf = crfs.map(curve.vmaf(at:))
        let distortion = vmaf.map(pooling.distortion(vmaf:))
        let hull = convexHull(ordered: bps.indices, rates: bps, distortions: distortion)
        self.bps = bps
        self.vmaf = vmaf
        self.distortion = distortion
        self.hull = hull
        gains = hull.indices.map { i in
            guard i > 0 else { return .infinity }
            let (from, to) = (hull[i - 1], hull[i])
            return (distortion[from] - distortion[to]) / (bps[to] - bps[from])
        }
    }

    /// The first position that reaches `floor` VMAF, or comes within `slack` of the shot's best when none does.
    ///
    /// The last points before saturation cost the most bits: a shot that cannot reach the floor is not driven
    /// to the end of its range for them.
    func position(floor: Double, slack: Double) -> Int {
        guard let best = vmaf.last else { return 0 }
        let wanted = best >= floor ? floor : best - slack
        var (low, high) = (-1, vmaf.count - 1)
        while high - low > 1 {
            let middle = (low + high) / 2
            if vmaf[middle] >= wanted { high = middle } else { low = middle }
        }
        return high
    }
}
