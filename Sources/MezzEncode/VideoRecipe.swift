package import MezzCore

/// Everything that decides an encode but the source and the CRF of each chunk.
package struct VideoRecipe: Codable, Hashable, Sendable {
    package var codec: CodecFamily
    /// The encoder's own name for its speed.
    package var preset: String
    package var resolution: Resolution
    package var profile: BitstreamProfile
    /// Tier of the level, where the codec has one.
    package var tier: Tier
    package var frameRate: Rational
    /// Bits per sample that are encoded: 8 or 10.
    package var bitDepth: Int
    package var color: ColorDescription
    /// Level as the codec writes it, e.g. "4.0"; `nil` leaves it to the encoder (trial encodes, AV1).
    package var level: String?
    /// VBV: the most bits per second over the buffer; `nil` for trial encodes.
    package var maximumBps: Int?
    /// VBV buffer in bits.
    package var bufferBits: Int?
    /// Mean bits per second that the encoder is to hit; the CRF then says nothing. `nil` for constant quality.
    package var targetBps: Int?
    /// Whether the encoder looks at the whole chunk before it hits `targetBps`.
    package var isTwoPass: Bool
    /// Which of two passes this is; set by ``ChunkEncoder`` alone.
    var pass: Pass?
    /// Makes the picture from a high dynamic range master.
    package var toneMap: ToneMap?
    /// The encoder's own options beside those of its driver.
    package var options: [String: String]
    /// How full the buffer is before the first frame, 0 to 1; `nil` leaves it to the encoder.
    package var initialFullness: Double?
    /// Grain that is left to the decoder; AV1 alone.
    package var filmGrain: FilmGrain?
    /// Name in the work folder of the chunk's HDR10+ metadata; `nil` for none.
    package var hdr10PlusFile: String?

    package init(
        codec: CodecFamily, preset: String, resolution: Resolution, frameRate: Rational, bitDepth: Int,
        color: ColorDescription, profile: BitstreamProfile? = nil, tier: Tier = .main, level: String? = nil,
        maximumBps: Int? = nil, bufferBits: Int? = nil, targetBps: Int? = nil, isTwoPass: Bool = false,
        toneMap: ToneMap? = nil, options: [String: String] = [:], initialFullness: Double? = nil
    ) {
        self.codec = codec
        self.preset = preset
        self.resolution = resolution
        self.frameRate = frameRate
        self.bitDepth = bitDepth
        self.color = color
        self.profile = profile ?? Self.usualProfile(codec, bitDepth)
        self.tier = tier
        self.level = level
        self.maximumBps = maximumBps
        self.bufferBits = bufferBits
        self.targetBps = targetBps
        self.isTwoPass = isTwoPass
        self.toneMap = toneMap
        self.options = options
        self.initialFullness = initialFullness
    }

    private static func usualProfile(_ codec: CodecFamily, _ bitDepth: Int) -> BitstreamProfile {
        switch codec {
        case .avc: .high
        case .hevc: bitDepth > 8 ? .main10 : .main
        case .av1: .main
        }
    }

    struct Pass: Codable, Hashable, Sendable {
        /// 1 or 2
        let number: Int
        /// File name of what the first tells the second, inside the work folder.
        let statistics: String
    }

    /// Whether the encoder writes HDR10+ metadata for such pictures.
    package var takesHDR10Plus: Bool {
        codec == .hevc && bitDepth >= 10 && toneMap == nil && color.transfer == "smpte2084"
    }

    /// Whether a CRF decides the bits, and not a bitrate to be hit.
    package var isConstantQuality: Bool { targetBps == nil }

    /// `crf` where it decides the bits.
    package func crf(_ crf: Double) -> Double? { isConstantQuality ? crf : nil }

    /// Threads of one encoder. A part of the recipe, by size alone: it changes the bits of some encoders, so the
    /// machine must not decide it.
    package var threads: Int {
        switch resolution.pixels {
        case ..<900_000: 1
        case ..<2_000_000: 2
        case ..<6_000_000: 3
        default: 6
        }
    }

    /// Pixel format the encoder takes.
    package var pixelFormat: String { bitDepth > 8 ? "yuv420p10le" : "yuv420p" }
}
