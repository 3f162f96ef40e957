/// How a ladder is made.
package enum LadderMode: Hashable, Codable, Sendable {
    /// Given heights and bitrates; the CRF follows from the title's curve.
    case fixed([FixedRung])
    /// Rungs placed on the title's hull, one CRF per rung.
    case perTitle
    /// Rungs placed likewise, CRF per shot at equal slope inside each rung.
    case perShot
}

/// A rung somebody prescribed.
package struct FixedRung: Hashable, Codable, Sendable {
    /// Rows of the picture.
    package let height: Int
    /// Mean bits per second.
    package let bps: Double

    /// A rung of `height` rows at `bps` bits per second.
    package init(height: Int, bps: Double) {
        self.height = height
        self.bps = bps
    }
}

/// One entry of a ladder, with what the model predicts of it.
package struct LadderRung: Hashable, Codable, Sendable {
    /// The size to encode.
    package let resolution: LadderResolution
    /// The pooled VMAF the rung promises: at most the prediction. nil for fixed rungs, which promise a bitrate.
    package let targetVMAF: Double?
    /// The bitrate a fixed rung promises, bits per second; nil for the others.
    package let targetBps: Double?
    /// Predicted mean bits per second.
    package let bps: Double
    /// Predicted VMAF, pooled over all frames.
    package let vmaf: Double
    /// Whether CRF is one for the title or one per shot.
    package let style: AllocationStyle
    /// The encode of every shot, in the title's order.
    package let shots: [ShotAllocation]
    /// False when the target lies outside the probed CRF ranges.
    package let meetsTarget: Bool

    init(
        resolution: LadderResolution, targetVMAF: Double? = nil, targetBps: Double? = nil, style: AllocationStyle,
        allocation: Allocation
    ) {
        self.resolution = resolution
        self.targetVMAF = targetVMAF
        self.targetBps = targetBps
        self.style = style
        bps = allocation.bps
        vmaf = allocation.vmaf
        shots = allocation.shots
        meetsTarget = allocation.meetsGoal
    }

    /// The same encode with the promise of `vmaf`, at most its own.
    func promising(_ vmaf: Double) -> LadderRung {
        LadderRung(
            resolution: resolution, targetVMAF: vmaf, targetBps: targetBps, style: style,
            allocation: Allocation(shots: shots, bps: bps, vmaf: self.vmaf, meetsGoal: meetsTarget))
    }

    /// The lowest predicted VMAF among the shots; 0 without shots.
    package var worstShotVMAF: Double { shots.map(\.vmaf).min() ?? 0 }
}
