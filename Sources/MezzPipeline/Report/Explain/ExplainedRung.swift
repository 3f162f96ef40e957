package import MezzCore

/// Why a rung has its size, and its shots their CRFs.
package struct ExplainedRung: Hashable, Encodable, Sendable {
    /// The rung's name in the report.
    package let id: String
    /// The size that was chosen.
    package let size: Resolution
    /// The pooled VMAF that is promised; `nil` where a bitrate is.
    package let targetVMAF: Double?
    /// What the ladder expected of the whole rung, pooled over the title.
    package let predicted: OperatingPoint
    /// What was measured of it; `nil` in a ladder that was not encoded.
    package let delivered: OperatingPoint?
    /// What decided the size.
    package let sizeReason: SizeReason
    /// What each size would give at the predicted bitrate, smallest first; empty where no curves were fitted.
    package let sizes: [ExplainedSize]
    /// In the title's order.
    package let shots: [ExplainedShot]

    /// The same with one shot alone.
    func only(shot index: Int) -> ExplainedRung {
        ExplainedRung(
            id: id, size: size, targetVMAF: targetVMAF, predicted: predicted, delivered: delivered,
            sizeReason: sizeReason, sizes: sizes, shots: shots.filter { $0.index == index })
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case width
        case height
        case targetVMAF = "target_vmaf"
        case predicted
        case delivered
        case sizeReason = "size_reason"
        case sizes
        case shots
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(size.width, forKey: .width)
        try container.encode(size.height, forKey: .height)
        try container.encode(targetVMAF, forKey: .targetVMAF)
        try container.encode(predicted, forKey: .predicted)
        try container.encode(delivered, forKey: .delivered)
        try container.encode(sizeReason, forKey: .sizeReason)
        try container.encode(sizes, forKey: .sizes)
        try container.encode(shots, forKey: .shots)
    }
}

/// What a size would give the title at a rung's bitrate.
package struct ExplainedSize: Hashable, Encodable, Sendable {
    /// The size.
    package let size: Resolution
    /// Pooled VMAF of the best choice within the bitrate; `nil` when the size has none so small.
    package let vmaf: Double?
    /// Whether the bitrate lies within what the trials answer for; above, `vmaf` is that of their end.
    package let isTried: Bool
    /// The most bits per second that a rung of this height may have.
    package let capBPS: Int?

    private enum CodingKeys: String, CodingKey {
        case width
        case height
        case vmaf
        case isTried = "tried"
        case capBPS = "cap_bps"
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(size.width, forKey: .width)
        try container.encode(size.height, forKey: .height)
        try container.encode(vmaf, forKey: .vmaf)
        try container.encode(isTried, forKey: .isTried)
        try container.encode(capBPS, forKey: .capBPS)
    }
}
