package import MezzCore
package import MezzFormats

/// What a video stream says of itself, in the words that the three codecs share.
package struct StreamDescription: Hashable, Sendable {
    /// A profile's name, tier and level.
    package struct Conformance: Hashable, Sendable {
        package var profile: String
        package var isHighTier = false
        package var limits: LevelLimits?
        /// As the stream writes it, for messages.
        package var levelName: String
        /// profile_idc, general_profile_idc or seq_profile.
        package var profileNumber: Int

        package init(
            profile: String, profileNumber: Int, isHighTier: Bool = false, limits: LevelLimits?, levelName: String
        ) {
            self.profile = profile
            self.profileNumber = profileNumber
            self.isHighTier = isHighTier
            self.limits = limits
            self.levelName = levelName
        }
    }

    package var codec: CodecFamily
    /// The `codecs` parameter that belongs to the headers.
    package var codecString: String
    package var conformance: Conformance
    /// Luma samples, after cropping.
    package var size: Resolution
    /// Luma samples, before it.
    package var codedSize: Resolution
    package var bitDepth: Int
    /// 0 monochrome, 1 4:2:0, 2 4:2:2, 3 4:4:4.
    package var chromaFormat: Int
    package var signal: VideoSignal
    /// Where decoding may start with it; `nil` where the stream does not say.
    package var masteringDisplay: MasteringDisplay?
    package var contentLight: ContentLight?
    /// Pictures that the stream wants to be kept.
    package var bufferedPictures: Int?
    package var tileColumns = 1
    package var tileRows = 1
    /// The leaky bucket that the stream says it conforms to.
    package var schedule: DeliverySchedule?

    package init(
        codec: CodecFamily, codecString: String, conformance: Conformance, size: Resolution, codedSize: Resolution,
        bitDepth: Int, chromaFormat: Int, signal: VideoSignal
    ) {
        self.codec = codec
        self.codecString = codecString
        self.conformance = conformance
        self.size = size
        self.codedSize = codedSize
        self.bitDepth = bitDepth
        self.chromaFormat = chromaFormat
        self.signal = signal
    }
}

/// What a level allows, whatever the codec.
package struct LevelLimits: Hashable, Sendable {
    /// Luma samples of a picture (macroblocks times 256 of AVC).
    package var pictureSamples: Int
    /// Luma samples of a side.
    package var longestSide: Resolution
    /// Luma samples shown a second.
    package var sampleRate: Double
    /// Luma samples decoded a second; frames of AV1 that are hidden count.
    package var decodeRate: Double
    /// Bits a second.
    package var bitRate: Double?
    /// Bits of the coded picture buffer.
    package var bufferBits: Double?
    /// Pictures kept; `nil` where the codec fixes them.
    package var bufferedPictures: Int?
    package var tileColumns: Int?
    package var tileRows: Int?
    package var tiles: Int?
    /// Frame headers a second.
    package var headerRate: Double?
}
