/// Every shot's candidates at one resolution, and the totals of a choice among them.
///
/// Values lie in flat arrays because a solve looks at each shot some dozens of times: arrays inside a shot's
/// struct would be retained and released at every look.
struct ResolutionTable: Sendable {
    let shots: [ShotCandidates]
    let scale: CRFScale
    let pooling: QualityPooling
    /// Frames of all shots.
    let frames: Double

    private let weights: [Double]
    private let starts: [Int]
    private let bpsValues: [Double]
    private let distortions: [Double]

    init(shots: [ShotCandidates], scale: CRFScale, pooling: QualityPooling) {
        self.shots = shots
        self.scale = scale
        self.pooling = pooling
        weights = shots.map(\.frames)
        frames = weights.reduce(0, +)
        starts = startOffsets(shots.map(\.bps.count))
        bpsValues = shots.flatMap(\.bps)
        distortions = shots.flatMap(\.distortion)
    }

    /// Distortion summed over all frames when shot i takes candidate `positions[i]`.
    func distortion(_ positions: [Int]) -> Double {
        var sum = 0.0
        for i in weights.indices { sum += weights[i] * distortions[starts[i] + positions[i]] }
        return sum
    }

    /// Pooled VMAF at a distortion summed over all frames.
    @inline(__always)
    func vmaf(distortion sum: Double) -> Double { pooling.vmaf(meanDistortion: sum / frames) }

    /// Pooled VMAF when shot i takes candidate `positions[i]`.
    func vmaf(_ positions: [Int]) -> Double { vmaf(distortion: distortion(positions)) }

    /// Mean bits per second when shot i takes candidate `positions[i]`.
    func bps(_ positions: [Int]) -> Double {
        var sum = 0.0
        for i in weights.indices { sum += weights[i] * bpsValues[starts[i] + positions[i]] }
        return sum / frames
    }

    /// The choice as a result.
    func allocation(_ positions: [Int], meetsGoal: Bool) -> Allocation {
        let chosen = zip(shots, positions).map { shot, position in
            ShotAllocation(
                index: shot.shot, crf: scale.value(at: shot.coarsest - position),
                bps: shot.bps[position], vmaf: shot.vmaf[position])
        }
        return Allocation(shots: chosen, bps: bps(positions), vmaf: vmaf(positions), meetsGoal: meetsGoal)
    }
}

/// Where each run begins when runs of these lengths lie one after the other.
func startOffsets(_ lengths: [Int]) -> [Int] {
    var next = 0
    return lengths.map { length in
        defer { next += length }
        return next
    }
}
