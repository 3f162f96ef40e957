/// What one decoder made of a stream.
package struct DecodedStream: Codable, Hashable, Sendable {
    package let decoder: Decoder
    /// Pictures; `nil` when it failed.
    package var frames: Int?
    /// MD5 of all pictures' samples, one after the other; `nil` when it failed.
    package var pictures: String?
    /// The decoder's own words where it failed; `nil` where it said nothing.
    package var failure: String?
    /// What it is known not to hold, where the stream needs it: a failure then says nothing of the stream.
    package var limit: String?

    package init(
        _ decoder: Decoder, frames: Int? = nil, pictures: String? = nil, failure: String? = nil, limit: String? = nil
    ) {
        self.decoder = decoder
        self.frames = frames
        self.pictures = pictures
        self.failure = failure
        self.limit = limit
    }

    package var hasFailed: Bool { frames == nil }
}

extension DecodedStream {
    /// A decoder as it was run.
    package enum Decoder: String, Codable, CaseIterable, Sendable {
        /// libavcodec's own.
        case h264
        case hevc
        /// Libraries inside FFmpeg.
        case libopenh264
        case libdav1d
        case libaom = "libaom-av1"
        /// Programs of their own.
        case dec265
        case dav1d

        /// Whose code it is: decoders of one make agree by nature.
        package var make: String {
            switch self {
            case .h264, .hevc: "libavcodec"
            case .libopenh264: "openh264"
            case .libdav1d, .dav1d: "dav1d"
            case .libaom: "libaom"
            case .dec265: "libde265"
            }
        }
    }
}
