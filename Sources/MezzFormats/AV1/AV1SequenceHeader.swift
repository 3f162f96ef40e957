/// What a sequence header OBU says (AV1, 5.5 and 6.4).
package struct AV1SequenceHeader: Sendable, Hashable {
    /// 0 Main, 1 High, 2 Professional.
    package var profile = 0
    package var isStillPicture = false
    package var hasReducedStillPictureHeader = false
    /// `nil` where none is given.
    package var timing: AV1Timing?
    /// `nil` where none is given.
    package var decoderModel: AV1DecoderModel?
    /// The first is the one of all layers; at least one, at most 32.
    package var operatingPoints: [AV1OperatingPoint] = []
    /// Bits of a width or height in frame headers, 1...16.
    package var frameWidthBits = 1
    package var frameHeightBits = 1
    /// Greatest width and height of a frame, samples, 1...65536.
    package var maxWidth = 1
    package var maxHeight = 1
    /// Bits of a frame number and of a difference of two; `nil` where frames have no numbers.
    package var frameIDBits: Int?
    package var deltaFrameIDBits = 0
    package var uses128x128Superblocks = false
    package var enablesFilterIntra = false
    package var enablesIntraEdgeFilter = false
    package var enablesInterIntraCompound = false
    package var enablesMaskedCompound = false
    package var enablesWarpedMotion = false
    package var enablesDualFilter = false
    package var enablesJointCompound = false
    package var enablesReferenceFrameMotionVectors = false
    /// `nil` where each frame says.
    package var forcesScreenContentTools: Bool?
    /// `nil` where each frame says.
    package var forcesIntegerMotionVectors: Bool?
    /// Bits of the order hint, 0 where there is none and 1...8 otherwise.
    package var orderHintBits = 0
    package var enablesSuperResolution = false
    package var enablesCDEF = false
    package var enablesRestoration = false
    package var color = AV1ColorConfig()
    /// Frames may ask for film grain.
    package var hasFilmGrain = false

    package var enablesOrderHint: Bool { orderHintBits > 0 }
    /// Width and height in samples of the side of a superblock.
    package var superblockSize: Int { uses128x128Superblocks ? 128 : 64 }

    /// Distance in display order from `right` to `left` (get_relative_dist, 7.9.3), 0 where there are no order hints.
    package func distance(_ left: Int, _ right: Int) -> Int {
        guard orderHintBits > 0 else { return 0 }
        let half = 1 << (orderHintBits - 1)
        let difference = left &- right
        return difference & (half - 1) - difference & half
    }
}

/// timing_info() (5.5.3).
package struct AV1Timing: Sendable, Hashable {
    /// Length of a display tick in units of 1 / `timeScale` seconds, positive.
    package let unitsInDisplayTick: Int
    /// Units a second, positive.
    package let timeScale: Int
    /// Ticks from each picture to the next; `nil` where pictures are not evenly spaced.
    package let ticksPerPicture: Int?
}

/// decoder_model_info() (5.5.4).
package struct AV1DecoderModel: Sendable, Hashable {
    /// Bits of the buffer delays of operating points, 1...32.
    package let bufferDelayBits: Int
    /// Length of a decoding tick in units of 1 / `AV1Timing.timeScale` seconds, positive.
    package let unitsInDecodingTick: Int
    /// Bits of a buffer removal time, 1...32.
    package let bufferRemovalTimeBits: Int
    /// Bits of a presentation time, 1...32.
    package let presentationTimeBits: Int
}

/// One choice of layers (5.5.1, 5.5.5).
package struct AV1OperatingPoint: Sendable, Hashable {
    /// Layers that belong to it: bit t for temporal layer t, bit 8 + s for spatial layer s; 0 for all.
    package var layers = 0
    /// seq_level_idx, 0...31; 31 for no level. `AV1Level` knows their names and limits.
    package var level = 0
    /// The High tier.
    package var isHighTier = false
    /// Buffer delays in ticks of 1/90000 s, where they are given.
    package var decoderBufferDelay: Int?
    package var encoderBufferDelay: Int?
    package var isLowDelay = false
    /// Frames to decode before the first is shown, 1...16 where it is given.
    package var initialDisplayDelay: Int?
}

/// color_config() (5.5.2). Code points are those of ITU-T H.273.
package struct AV1ColorConfig: Sendable, Hashable {
    /// 8, 10 or 12.
    package var bitDepth = 8
    package var isMonochrome = false
    /// Whether the three code points were written, or are 2 (unspecified) for want of them.
    package var isDescribed = false
    package var primaries = 2
    package var transfer = 2
    package var matrix = 2
    package var isFullRange = false
    package var subsamplesX = true
    package var subsamplesY = true
    /// 0 unknown, 1 vertical, 2 co-located.
    package var chromaSamplePosition = 0
    package var hasSeparateChromaQuantizers = false

    /// 1 or 3.
    package var planes: Int { isMonochrome ? 1 : 3 }
}
