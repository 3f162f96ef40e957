package import MezzCore

/// One stream to build, and what it is for.
package struct CertificationStream: Hashable, Sendable {
    package var purpose: Purpose
    /// The first size; the others of a stream whose size changes.
    package var size: Resolution
    package var laterSizes: [Resolution] = []
    package var frameRate: Int
    /// Pictures shown.
    package var frames: Int
    package var references = 1
    package var tileColumns = 1
    package var tileRows = 1
    /// Slice segments of a picture.
    package var slices = 1
    /// Bits a second to come near to; `nil` where they do not matter as long as the level holds them.
    package var bitRate: Int?
    /// What it says of its display and its light; PQ and 10 bits belong to it.
    package var hdr: HDRMetadata?

    package init(purpose: Purpose, size: Resolution, frameRate: Int, frames: Int) {
        self.purpose = purpose
        self.size = size
        self.frameRate = frameRate
        self.frames = frames
    }

    package var sizes: [Resolution] { [size] + laterSizes }

    /// The same with shorter sides.
    func scaled(_ part: Int, of whole: Int, alignment: Int) -> CertificationStream {
        func side(_ length: Int) -> Int { max(length * part / whole / alignment, 1) * alignment }
        var result = self
        result.size = Resolution(width: side(size.width), height: side(size.height))
        result.laterSizes = laterSizes.map { Resolution(width: side($0.width), height: side($0.height)) }
        return result
    }

    /// Name of its file.
    package var file: String { purpose.rawValue + ".mp4" }
}

extension CertificationStream {
    /// What is brought to its extreme.
    package enum Purpose: String, Codable, CaseIterable, Sendable {
        case peakBitrate = "peak-bitrate"
        case largestArea = "largest-area"
        case widest
        case tallest
        case smallest
        case references
        case resolutionSwitch = "resolution-switch"
        case tiles
        case slices
        case hdr10
        case filmGrain = "film-grain"

        /// For a person.
        package var words: String {
            switch self {
            case .peakBitrate: "bits a second near the level's limit"
            case .largestArea: "the largest 16:9 picture at the most samples a second"
            case .widest: "the longest width that the level allows"
            case .tallest: "the longest height that the level allows"
            case .smallest: "the smallest picture, as many a second as the level and its samples allow"
            case .references: "one key frame, as many references as are kept"
            case .resolutionSwitch: "the size changes at key frames, and back"
            case .tiles: "as many tiles as the level allows"
            case .slices: "a slice segment for each row of blocks, as many as the level and its sides allow"
            case .hdr10: "10 bits, PQ, BT.2020, mastering display and light levels"
            case .filmGrain: "film grain that the decoder adds"
            }
        }

        /// Codes of findings that belong to the purpose: the stream must have them, and no others.
        package var deliberate: Set<String> { self == .resolutionSwitch ? ["stream.parameters.changed"] : [] }
    }
}
