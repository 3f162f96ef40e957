import MezzCore
import MezzEncode

/// A profile for programs, with the keys of its file.
struct ProfileListing: Encodable {
    struct Row: Encodable {
        let profile: String
        let upTo: Int?

        enum CodingKeys: String, CodingKey {
            case profile
            case upTo = "up_to"
        }
    }

    struct Buffer: Encodable {
        let maximum: Double
        let buffer: Double
        let followsHardestShot: Bool

        enum CodingKeys: String, CodingKey {
            case maximum = "max_rate"
            case buffer
            case followsHardestShot = "follows_hardest_shot"
        }
    }

    struct Codec: Encodable {
        let encoder: String
        let preset: String
        let profiles: [Row]
        let bitDepth: Int?
        let dynamicRange: String
        let tier: String
        let level: String?
        let rateControl: String
        let vbv: Buffer
        let options: [String: String]

        enum CodingKeys: String, CodingKey {
            case encoder, preset, profiles, tier, level, vbv, options
            case bitDepth = "bit_depth"
            case dynamicRange = "dynamic_range"
            case rateControl = "rate_control"
        }

        init(_ part: CodecProfile) {
            let driver = EncoderCatalog.driver(for: part.codec)
            encoder = driver.encoderName
            preset = part.preset ?? driver.defaultPreset
            profiles = part.rows.map { Row(profile: $0.profile.rawValue, upTo: $0.upTo) }
            bitDepth = part.bitDepth
            dynamicRange = part.dynamicRange.rawValue
            tier = part.tier.rawValue
            level = part.maximumLevel
            rateControl = part.rateControl.rawValue
            vbv = Buffer(
                maximum: part.rate.maximum, buffer: part.rate.buffer, followsHardestShot: part.rate.followsHardestShot)
            options = part.options
        }
    }

    let name: String
    let summary: String
    let segmentSeconds: Double?
    /// By the codec's name.
    let codecs: [String: Codec]

    enum CodingKeys: String, CodingKey {
        case name, summary, codecs
        case segmentSeconds = "segment_seconds"
    }

    init(_ profile: EncodingProfile) {
        name = profile.name
        summary = profile.summary
        segmentSeconds = profile.segmentSeconds
        codecs = Dictionary(profile.codecs.map { ($0.codec.rawValue, Codec($0)) }) { first, _ in first }
    }
}
