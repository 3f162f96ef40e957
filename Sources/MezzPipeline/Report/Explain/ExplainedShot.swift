import MezzLadder

/// Why a shot is encoded as it is in a rung.
package struct ExplainedShot: Hashable, Encodable, Sendable {
    /// The shot's number in the title, from 0.
    package let index: Int
    /// The CRF of the encode; `nil` where the encoder was given a bitrate.
    package let crf: Double?
    /// The CRF that the ladder chose, which `reason` and `slopes` speak of; `crf` differs where what was measured fell
    /// short of its promise.
    package let chosenCRF: Double?
    /// What decided.
    package let reason: ChoiceReason
    /// What the curves expect of `crf`.
    package let predicted: OperatingPoint?
    /// What was measured of the encode; `nil` in a ladder that was not encoded.
    package let delivered: OperatingPoint?
    /// `nil` where no curves were fitted.
    package let slopes: ExplainedSlopes?

    /// Whether the quality gate changed the CRF.
    package var isCorrected: Bool { crf != chosenCRF }

    private enum CodingKeys: String, CodingKey {
        case index
        case crf
        case chosenCRF = "chosen_crf"
        case reason
        case predicted
        case delivered
        case slopes
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(index, forKey: .index)
        try container.encode(crf, forKey: .crf)
        try container.encode(chosenCRF, forKey: .chosenCRF)
        try container.encode(reason, forKey: .reason)
        try container.encode(predicted, forKey: .predicted)
        try container.encode(delivered, forKey: .delivered)
        try container.encode(slopes, forKey: .slopes)
    }
}

/// Bits and quality of an encode.
package struct OperatingPoint: Hashable, Encodable, Sendable {
    /// Bits per second.
    package let bps: Int?
    /// Harmonic mean over the frames, 0...100.
    package let vmaf: Double?

    private enum CodingKeys: String, CodingKey {
        case bps
        case vmaf
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(bps, forKey: .bps)
        try container.encode(vmaf, forKey: .vmaf)
    }
}

/// What bits buy around a choice, in pooled VMAF of the title per Mbit/s of the title's mean bitrate, so that shots can
/// be compared; `curve` alone is in the shot's own VMAF and bitrate. At least 0.
package struct ExplainedSlopes: Hashable, Encodable, Sendable {
    /// What the last step to the chosen CRF bought; `nil` at the coarsest.
    package let lastStep: Double?
    /// What the next step would buy; `nil` at the finest.
    package let nextStep: Double?
    /// The most that any shot's next step would buy: what the title's bits are worth. `nil` when all are at their finest.
    package let title: Double?
    /// The slope of the shot's own curve.
    package let curve: Double

    init(_ slope: SlopeExplanation, pooling: QualityPooling, vmaf: Double) {
        let perMegabit = { (value: Double) in
            (pooling.titleVMAFPerBps(slope: value, at: vmaf) * 1e6).rounded(places: 4)
        }
        lastStep = slope.bought.map(perMegabit)
        nextStep = slope.next.map(perMegabit)
        title = slope.common.map(perMegabit)
        curve = (slope.vmafPerBps * 1e6).rounded(places: 4)
    }

    private enum CodingKeys: String, CodingKey {
        case lastStep = "last_step"
        case nextStep = "next_step"
        case title
        case curve
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(lastStep, forKey: .lastStep)
        try container.encode(nextStep, forKey: .nextStep)
        try container.encode(title, forKey: .title)
        try container.encode(curve, forKey: .curve)
    }
}
