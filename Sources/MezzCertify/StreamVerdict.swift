package import MezzCore

/// What a stream analyser says of one file.
package struct StreamVerdict: Codable, Hashable, Sendable {
    /// The `codecs` parameter.
    package let codecs: String
    /// As the stream names it, e.g. "5.1".
    package let level: String
    /// Pictures shown.
    package let frames: Int
    package let seconds: Double
    /// Bits a second of the busiest two seconds; of the whole where it is shorter.
    package let peakBPS: Int
    /// Before cropping, of each description that differs from the one before.
    package let sizes: [Resolution]
    /// Pictures after which nothing needs what was before them.
    package var keyFrames = 1
    /// The most of any picture.
    package var tileColumns = 1
    package var tileRows = 1
    package var slices = 1
    /// Pictures with film grain.
    package var grainFrames = 0
    /// Pictures that the stream wants to be kept; `nil` where it does not say.
    package var bufferedPictures: Int?
    package var hdr: HDRMetadata?
    package let findings: [Finding]

    private enum CodingKeys: String, CodingKey {
        case codecs
        case level
        case frames
        case seconds
        case peakBPS = "peak_bps"
        case sizes
        case keyFrames = "key_frames"
        case tileColumns = "tile_columns"
        case tileRows = "tile_rows"
        case slices
        case grainFrames = "grain_frames"
        case bufferedPictures = "buffered_pictures"
        case hdr
        case findings
    }

    package init(
        codecs: String, level: String, frames: Int, seconds: Double, peakBPS: Int, sizes: [Resolution],
        findings: [Finding]
    ) {
        self.codecs = codecs
        self.level = level
        self.frames = frames
        self.seconds = seconds
        self.peakBPS = peakBPS
        self.sizes = sizes
        self.findings = findings
    }

    /// Whether the bits come faster than the level delivers them.
    var exceedsBits: Bool { findings.contains { $0.code == "stream.level.bitrate" } }
}
