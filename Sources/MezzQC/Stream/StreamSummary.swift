import MezzCore
import MezzFormats

/// What a stream is, in a few figures: for tables and for programs.
package struct StreamSummary: Codable, Hashable, Sendable {
    package let name: String
    /// The `codecs` parameter.
    package let codecs: String
    package let profile: String
    package let level: String
    package let tier: String
    package let width: Int
    package let height: Int
    package let bitDepth: Int
    package let frames: Int
    package let keyFrames: Int
    package let seconds: Double
    package let averageBPS: Int
    /// Of the busiest two seconds; of the whole where it is shorter.
    package let peakBPS: Int
    /// "SDR", "PQ" or "HLG", by the transfer characteristics.
    package let range: String

    private enum CodingKeys: String, CodingKey {
        case name
        case codecs
        case profile
        case level
        case tier
        case width
        case height
        case bitDepth = "bit_depth"
        case frames
        case keyFrames = "key_frames"
        case seconds
        case averageBPS = "average_bps"
        case peakBPS = "peak_bps"
        case range
    }

    /// `nil` when not a single picture could be read.
    package init?(_ stream: CodedStream) {
        guard let description = stream.description else { return nil }
        name = stream.name
        codecs = description.codecString
        profile = description.conformance.profile
        level = description.conformance.levelName
        tier = description.conformance.isHighTier ? "High" : "Main"
        width = description.size.width
        height = description.size.height
        bitDepth = description.bitDepth
        frames = stream.pictures.reduce(0) { $0 + Int($1.shown) }
        keyFrames = stream.pictures.count { $0.isClosedEntry }
        seconds = (stream.seconds * 1000).rounded() / 1000
        let busiest = PeakRule.busiest(stream)
        averageBPS = Int(busiest.average)
        peakBPS = Int(busiest.peak)
        range = description.signal.transfer == 16 ? "PQ" : description.signal.transfer == 18 ? "HLG" : "SDR"
    }
}
