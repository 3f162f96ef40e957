package import MezzCore

/// Everything that decides an encode but the source and the CRF of each chunk.
package struct VideoRecipe: Codable, Hashable, Sendable {
    package var codec: CodecFamily
    /// The encoder's own name for its speed.
    package var preset: String
    package var resolution: Resolution
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
    /// Mean bits per second that the encoder is to hit in one pass; the CRF then says nothing. `nil` for constant quality.
    package var targetBps: Int?

    package init(
        codec: CodecFamily, preset: String, resolution: Resolution, frameRate: Rational, bitDepth: Int,
        color: ColorDescription, level: String? = nil, maximumBps: Int? = nil, bufferBits: Int? = nil,
        targetBps: Int? = nil
    ) {
        self.codec = codec
        self.preset = preset
        self.resolution = resolution
        self.frameRate = frameRate
        self.bitDepth = bitDepth
        self.color = color
        self.level = level
        self.maximumBps = maximumBps
        self.bufferBits = bufferBits
        self.targetBps = targetBps
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
