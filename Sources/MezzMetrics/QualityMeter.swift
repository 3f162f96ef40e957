package import MezzCore
package import MezzMedia
package import MezzPixels

/// One encode that is measured against the source.
package struct Distorted: Sendable, Hashable {
    /// File name inside the work folder.
    package let file: String
    /// The source frame that the file's first frame shows.
    package let firstFrame: Int

    package init(file: String, firstFrame: Int) {
        self.file = file
        self.firstFrame = firstFrame
    }
}

/// What is measured.
package struct MeasureRequest: Sendable {
    /// Source frames to score; each `Distorted` holds them all.
    package var range: FrameRange
    package var distorted: [Distorted]
    package var model: MetricModel
    /// Bit depth at which pictures are compared.
    package var bitDepth: Int
    /// Size at which pictures are compared; `nil` is the source's.
    package var size: Resolution?
    /// Makes the picture that the encodes were made from, where that is not the source's own.
    package var toneMap: ToneMap?
    /// Output options of FFmpeg for an encode without loss to the eye that takes the film grain out of a picture of the
    /// size of comparison; the encodes are compared with what it shows, all of them without grain. `nil` compares with
    /// the picture itself.
    package var denoising: [String]?
    /// Score one frame in this many.
    package var every: Int
    /// Whether the encodes' fingerprints are wanted too.
    package var wantsFingerprints: Bool

    package init(
        range: FrameRange, distorted: [Distorted], model: MetricModel, bitDepth: Int, size: Resolution? = nil,
        toneMap: ToneMap? = nil, denoising: [String]? = nil, every: Int = 1, wantsFingerprints: Bool = false
    ) {
        self.range = range
        self.distorted = distorted
        self.model = model
        self.bitDepth = bitDepth
        self.size = size
        self.toneMap = toneMap
        self.denoising = denoising
        self.every = every
        self.wantsFingerprints = wantsFingerprints
    }
}

/// Scores of one encode.
package struct MeasuredFrames: Sendable {
    /// Scores by source frame, ascending; all frames of the range when every frame was asked for.
    package var scores: [(frame: Int, vmaf: Double)]
    /// What the encode's frames look like, in order; empty when not asked for.
    package var fingerprints: [Fingerprint]
    /// What they should look like where that is not what the index holds: the tone-mapped source. Else empty.
    package var expected: [Fingerprint]
}

/// The port behind which quality is measured.
package protocol QualityMeter: Sendable {
    /// Name and version for reports and task identities.
    var version: String { get }
    /// Compares encodes with the source at the source's size, frame by frame, paired by index. Frames score as in a
    /// measurement of the whole title: a frame beyond each end of the range feeds the motion feature.
    /// - Parameters:
    ///   - index: What the source's frames are: the reference is proved against it.
    ///   - folder: Work folder that holds the encodes.
    /// - Returns: One result for each encode, in order.
    func measure(
        _ request: MeasureRequest, reference: SourceReader, index: FrameIndex, in folder: String,
        progress: @escaping @Sendable (Int) -> Void
    ) async throws -> [MeasuredFrames]
}
