/// Codecs of delivered sound, by the names that the command line and the report use.
package enum AudioCodec: String, Codable, Sendable, CaseIterable {
    case aac
    case heAAC = "he-aac"
    case ac3
    case eac3
    case opus
    case flac
    /// Whatever a program of the user's encodes (docs/audio-encoders.md).
    case external

    /// FFmpeg's encoders, best first.
    package var encoders: [String] {
        switch self {
        case .aac: ["libfdk_aac", "aac"]
        // FFmpeg's own encoder knows no spectral band replication.
        case .heAAC: ["libfdk_aac"]
        case .ac3: ["ac3"]
        case .eac3: ["eac3"]
        case .opus: ["libopus"]
        case .flac: ["flac"]
        case .external: []
        }
    }

    /// The widest layout that the encoders and the container's players take.
    var widest: ChannelLayout {
        switch self {
        case .heAAC: .stereo
        case .aac, .ac3, .eac3: .surround
        case .opus, .flac, .external: .wide
        }
    }

    /// What a form has that names no layout.
    var usualLayout: ChannelLayout {
        switch self {
        case .aac, .heAAC, .opus: .stereo
        case .ac3, .eac3, .external: .surround
        case .flac: .wide
        }
    }

    /// Bits a second that a form has which names none; 0 for a lossless codec.
    func usualBitrate(_ layout: ChannelLayout) -> Int {
        switch (self, layout) {
        case (.aac, .mono), (.opus, .mono): 64_000
        case (.aac, .stereo), (.opus, .stereo): 128_000
        case (.aac, _): 384_000
        case (.opus, .surround): 256_000
        case (.opus, .wide): 384_000
        case (.heAAC, .mono): 32_000
        case (.heAAC, _): 64_000
        case (.ac3, .surround), (.ac3, .wide): 448_000
        case (.eac3, .surround), (.eac3, .wide): 640_000
        case (.ac3, .stereo), (.eac3, .stereo): 192_000
        case (.ac3, .mono), (.eac3, .mono): 96_000
        case (.flac, _): 0
        case (.external, _): 128_000 * layout.channels
        }
    }

    /// Bits a second that the codec takes for a layout.
    func bitrates(_ layout: ChannelLayout) -> ClosedRange<Int> {
        switch self {
        // ISO/IEC 14496-3: 6144 bits a channel and frame of 1024 samples is 288 kbps at 48 kHz.
        case .aac: 16_000 * layout.channels...288_000 * layout.channels
        case .heAAC: 12_000 * layout.channels...64_000 * layout.channels
        case .ac3: 32_000...640_000
        case .eac3: 32_000...768_000
        // RFC 6716, 2.1.1: 6 to 510 kbps for a stream of up to two channels.
        case .opus: 6_000 * layout.channels...255_000 * layout.channels
        case .flac: 0...0
        case .external: 8_000...10_000_000
        }
    }

    /// ATSC A/52, Table 5.18: the nominal bit rates of AC-3.
    static let ac3Bitrates = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 576, 640]
        .map { $0 * 1000 }
}

/// How many loudspeakers a delivered track speaks to.
package enum ChannelLayout: String, Codable, Sendable, CaseIterable {
    case mono
    case stereo
    case surround = "5.1"
    case wide = "7.1"

    package var channels: Int {
        switch self {
        case .mono: 1
        case .stereo: 2
        case .surround: 6
        case .wide: 8
        }
    }

    /// FFmpeg's name; surrounds stand at the sides where a codec says so.
    func name(_ codec: AudioCodec) -> String {
        guard self == .surround else { return rawValue }
        return codec == .ac3 || codec == .eac3 ? "5.1(side)" : "5.1"
    }

    /// The widest layout that `channels` of a source fill. A single channel is delivered on two, which every device has.
    static func filled(by channels: Int) -> ChannelLayout {
        switch channels {
        case ...4: .stereo
        case ...7: .surround
        default: .wide
        }
    }
}
