/// Codecs of IAMF's substreams (IAMF 1.1 section 3.5).
package enum IAMFCodec: String, Sendable, Codable, CaseIterable {
    case opus
    case flac
    case aac

    /// FFmpeg's encoder.
    var encoder: String { self == .opus ? "libopus" : rawValue }

    /// Bits a second for each channel where nobody says how many; 0 for a lossless codec.
    package var usualBitsPerChannel: Int { self == .flac ? 0 : 64_000 }

    /// Arguments for a substream of so many channels.
    func arguments(number: Int, channels: Int, bitsPerChannel: Int) -> [String] {
        switch self {
        // 24 bits: what masters have, and the most that every FLAC decoder takes.
        case .flac: ["-c:\(number)", encoder, "-sample_fmt:\(number)", "s32", "-bits_per_raw_sample:\(number)", "24"]
        case .opus, .aac: ["-c:\(number)", encoder, "-b:\(number)", String(bitsPerChannel * channels)]
        }
    }
}
