package import MezzCore

/// A profile that the encoders are asked for, by the words of the standards.
package enum BitstreamProfile: String, Codable, Sendable, CaseIterable {
    /// AVC
    case constrainedBaseline = "constrained-baseline"
    /// AVC, HEVC with 8 bit, AV1
    case main
    /// HEVC with up to 10 bit
    case main10
    /// AVC
    case high

    /// The profiles that a codec's encoder writes, the plainest first.
    package static func all(of codec: CodecFamily) -> [BitstreamProfile] {
        switch codec {
        case .avc: [.constrainedBaseline, .main, .high]
        case .hevc: [.main, .main10]
        case .av1: [.main]
        }
    }

    /// Bits per sample that it can carry, at most.
    package func maximumBitDepth(_ codec: CodecFamily) -> Int {
        codec == .av1 || self == .main10 ? 10 : 8
    }
}

/// The tier of an HEVC level: what bitrates it allows.
package enum Tier: String, Codable, Sendable, CaseIterable {
    case main
    case high
}
