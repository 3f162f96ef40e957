/// Why a shot got its size and CRF in a rung: what was measured, what the model made of it, what decided.
package struct ShotExplanation: Hashable, Codable, Sendable {
    /// The shot's number in the title.
    package let shot: Int
    /// The rung's size.
    package let resolution: LadderResolution
    /// What was chosen, with its prediction.
    package let choice: ShotAllocation
    /// The shot's probes at the rung's size and what the curve says there, finest first.
    package let measured: [MeasuredPoint]
    /// The CRFs the curve answers for.
    package let crfRange: ClosedRange<Double>
    /// The choice in terms of slopes.
    package let slope: SlopeExplanation
    /// What each size would give the title at the rung's bitrate, smallest first.
    package let sizes: [SizeComparison]

    /// A probe beside the curve that was fitted through it.
    package struct MeasuredPoint: Hashable, Codable, Sendable {
        /// The constant rate factor that was encoded at.
        package let crf: Double
        /// Measured bits per second.
        package let bps: Double
        /// Measured VMAF, 0...100.
        package let vmaf: Double
        /// Bits per second by the curve.
        package let fittedBps: Double
        /// VMAF by the curve, 0...100.
        package let fittedVMAF: Double

        /// The curve's error: fitted over measured bits per second, less 1.
        package var bpsError: Double { fittedBps / bps - 1 }
        /// The curve's error: fitted less measured VMAF.
        package var vmafError: Double { fittedVMAF - vmaf }
    }
}

/// Where a shot stands among the slopes of its title. Slopes are distortion removed per bit per second, at least 0.
package struct SlopeExplanation: Hashable, Codable, Sendable {
    /// What the last step to the chosen CRF bought; nil at the coarsest CRF.
    package let bought: Double?
    /// What the next step would buy; nil at the finest CRF worth its bits.
    package let next: Double?
    /// The title's common slope: the most that any shot's next step would buy; nil when all are at their finest.
    package let common: Double?
    /// d VMAF / d bits per second along the curve at the chosen CRF; 0 where the curve is flat.
    package let vmafPerBps: Double
    /// What decided.
    package let reason: CRFReason
}

/// What decided a shot's CRF.
package enum CRFReason: String, Hashable, Codable, Sendable, CaseIterable {
    /// All shots have the same CRF.
    case uniform
    /// One more bit would buy no more here than anywhere else in the title.
    case equalSlope
    /// Bits buy less here than elsewhere, but the shot would fall too far below the rung's quality.
    case floor
    /// Even the coarsest CRF that the probes answer for is better than the title's slope asks.
    case coarsest
    /// Even the finest CRF that the probes answer for is worse than the title's slope asks.
    case finest
}

/// What a size gives a title at some bitrate.
package struct SizeComparison: Hashable, Codable, Sendable {
    /// The size.
    package let resolution: LadderResolution
    /// Pooled VMAF of the best choice within the bitrate; nil when the size has none so small.
    package let vmaf: Double?
    /// Whether the bitrate lies within what was probed at this size: above, `vmaf` is that of the range's end.
    package let isMeasured: Bool
}
