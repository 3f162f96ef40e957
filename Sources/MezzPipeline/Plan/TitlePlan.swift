import MezzCore
import MezzEncode
import MezzMetrics

/// How a title is cut, tried and encoded: decided once the frame index is there.
struct TitlePlan: Codable, Sendable {
    let source: ContentHash
    let frames: Int
    let segments: SegmentPlan
    let units: [EncodingUnit]
    /// Which of the units are tried.
    let digest: Digest
    /// The frames that stand for each unit in trial encodes.
    let windows: [FrameRange]
    /// What the category ladder multiplies the standard one by.
    let multiplier: Double
    let chunks: [Chunk]
    let model: MetricModel
    let audio: [AudioTrackPlan]
    let text: [TextTrackPlan]
    let codecs: [CodecPlan]
    /// Whether rungs that can carry HDR10+ metadata get them.
    let carriesHDR10Plus: Bool
}

/// One codec's part of the plan.
struct CodecPlan: Codable, Sendable {
    let profile: CodecProfile
    /// The recipe without its size and limits.
    let base: VideoRecipe
    let sizes: [Resolution]
    /// Names of the probe tasks.
    let probes: [String]

    var codec: CodecFamily { profile.codec }
}

/// A rung as it is to be encoded.
struct PlannedRung: Codable, Sendable {
    let id: String
    var recipe: VideoRecipe
    /// Pooled (harmonic mean) VMAF that is promised; `nil` for fixed rungs.
    let targetVMAF: Double?
    /// Mean bitrate that is promised; `nil` for optimised rungs.
    let targetBps: Double?
    let predictedBps: Double
    /// Pooled; 0 where nothing is predicted (the recipe is given a bitrate).
    let predictedVMAF: Double
    var units: [PlannedUnit]
    /// What chunks are told of the buffer that ran dry in the joined stream, by chunk.
    var buffers: [Int: BufferFix] = [:]
}

/// One unit's encode in a rung, with what the model predicts; VMAF is the harmonic mean over its frames.
struct PlannedUnit: Codable, Sendable {
    let index: Int
    var crf: Double
    let bps: Double
    let vmaf: Double
}

/// One measured trial encode.
struct MeasuredPoint: Codable, Sendable {
    let codec: CodecFamily
    let unit: Int
    let resolution: Resolution
    let crf: Double
    /// The CRF at which the whole unit would come out like this.
    let wholeCRF: Double
    let preset: String
    let frames: Int
    let bps: Double
    let mean: Double
    let harmonicMean: Double
}
