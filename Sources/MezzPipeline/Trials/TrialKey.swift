import Foundation
import MezzCore
import MezzEncode
import MezzMetrics
import MezzWorkflow

/// Everything that decides what a trial encode measures, and nothing else: any run of any job that asks the same
/// question finds the answer.
struct TrialKey: Encodable {
    let source: ContentHash
    /// What stands between the decoder and frame 0.
    let filters: [String]
    /// The size at which qualities are compared.
    let display: Resolution
    let window: FrameRange
    let keyFrames: [Int]
    let recipe: VideoRecipe
    let crf: Double
    let model: MetricModel
    /// One frame in this many was scored.
    let every: Int
    /// Bits per sample of the comparison.
    let bitDepth: Int
    /// The build of FFmpeg, which holds the encoder.
    let encoder: String
    /// The version of the meter's arithmetic.
    let meter: String

    /// Raised when the same key must give another result.
    private static let revision = "mezz trial 2 "

    func identity() throws -> ContentHash {
        ContentHash.of(Data(Self.revision.utf8) + (try CanonicalJSON.encode(self)))
    }
}
