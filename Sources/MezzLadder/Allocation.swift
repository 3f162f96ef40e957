/// What an allocation is solved for.
package enum AllocationGoal: Hashable, Codable, Sendable {
    /// Pooled VMAF at or above this value, at the fewest bits.
    case vmaf(Double)
    /// Mean bitrate at or below this many bits per second, at the best pooled VMAF.
    case bps(Double)
}

/// How CRF may vary inside a rung.
package enum AllocationStyle: String, Hashable, Codable, Sendable, CaseIterable {
    /// One CRF for the whole title.
    case uniform
    /// One CRF per shot, at equal slope.
    case perShot
}

/// The encode chosen for one shot, with what the model predicts of it.
package struct ShotAllocation: Hashable, Codable, Sendable {
    /// The shot's number in the title.
    package let index: Int
    /// The constant rate factor, a value of the scale.
    package let crf: Double
    /// Predicted bits per second.
    package let bps: Double
    /// Predicted VMAF, 0...100.
    package let vmaf: Double

    /// The encode of shot `index` at `crf`.
    package init(index: Int, crf: Double, bps: Double, vmaf: Double) {
        self.index = index
        self.crf = crf
        self.bps = bps
        self.vmaf = vmaf
    }
}

/// One CRF per shot at one resolution.
package struct Allocation: Hashable, Codable, Sendable {
    /// The choice per shot, in the title's order.
    package let shots: [ShotAllocation]
    /// Predicted mean bits per second over the title.
    package let bps: Double
    /// Predicted VMAF pooled over all frames.
    package let vmaf: Double
    /// False when the goal lies outside the CRF ranges; the allocation is then the end nearest to it.
    package let meetsGoal: Bool
}
