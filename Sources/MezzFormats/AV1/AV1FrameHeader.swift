/// Kinds of frames (AV1, 6.8.2).
package enum AV1FrameType: Int, Sendable, Hashable {
    case key = 0
    case inter = 1
    case intraOnly = 2
    case `switch` = 3
}

/// Size of a frame (AV1, 5.9.5 to 5.9.8), samples of the luma plane. It should not, but may, be beyond the sequence's.
package struct AV1FrameSize: Sendable, Hashable {
    /// Width before super-resolution, as it is coded.
    package var width = 0
    /// Width after super-resolution: that of the picture.
    package var upscaledWidth = 0
    package var height = 0
    /// Size in which the picture is meant to be shown.
    package var renderWidth = 0
    package var renderHeight = 0
    /// 8 without super-resolution, 9...16 with it: eighths of the coded width that make the upscaled one.
    package var superResolutionDenominator = 8
}

/// How a frame is divided into tiles (AV1, 5.9.15).
package struct AV1TileLayout: Sendable, Hashable {
    /// 1...64
    package var columns = 1
    package var rows = 1
    package var columnsLog2 = 0
    package var rowsLog2 = 0
    package var isUniform = true
    /// Width of the widest and height of the highest tile, in superblocks.
    package var widest = 0
    package var highest = 0
    /// Bytes of the number before each tile but the last, 1...4.
    package var sizeBytes = 1

    package var count: Int { columns * rows }
}

/// What a frame says about film grain (AV1, 5.9.30).
package struct AV1FilmGrain: Sendable, Hashable {
    /// Grain is to be added (apply_grain).
    package var isApplied = false
    package var seed = 0
    /// The slot whose other parameters are used again; `nil` where the frame brings its own.
    package var reusedSlot: Int?
    /// Points of the scaling functions; 0...14 for luma, 0...10 for chroma.
    package var lumaPoints = 0
    package var cbPoints = 0
    package var crPoints = 0
}

/// What a frame header says (AV1, 5.9 and 6.8), without what only the decoding of blocks needs.
package struct AV1FrameHeader: Sendable, Hashable {
    /// The slot whose frame is shown once more; `nil` for a frame that is coded here. Type, size, order hint and grain
    /// are then the slot's.
    package var shownSlot: Int?
    package var type = AV1FrameType.key
    package var isShown = true
    /// It may be shown later on (showable_frame).
    package var isShowable = false
    package var isErrorResilient = true
    package var disablesCDFUpdate = false
    package var allowsScreenContentTools = false
    package var forcesIntegerMotionVectors = false
    /// Number of the frame, 0 where frames have none.
    package var frameID = 0
    /// Whether the size differs from the sequence's, or might.
    package var overridesSize = false
    /// The lowest bits of the place in display order.
    package var orderHint = 0
    /// The reference (0...6) whose state is taken over, `nil` for none.
    package var primaryReference: Int?
    /// Time when it is shown, ticks of the decoding clock, where it is given.
    package var presentationTime: Int?
    /// By operating point: time when its data leaves the buffer, where it is given.
    package var bufferRemovalTimes: [Int?] = []
    /// Slots that take the frame, bit i for slot i.
    package var refreshedSlots = 0
    /// Slots of the seven references, from LAST to ALTREF; empty for intra frames.
    package var references: [Int] = []
    /// The references that no frame has filled, or that hold another one than expected.
    package var missingReferences = 0
    package var size = AV1FrameSize()
    package var allowsIntraBlockCopy = false
    package var tiles = AV1TileLayout()
    /// base_q_idx, 0...255; 0 for lossless unless segments say otherwise.
    package var baseQuantizer = 0
    package var hasSegmentation = false
    package var isLossless = false
    /// Two references may be mixed (reference_select).
    package var mixesReferences = false
    package var filmGrain = AV1FilmGrain()
    /// Length of the header in bits.
    package var bits = 0

    package var isIntra: Bool { type == .key || type == .intraOnly }
    package var temporalID = 0
    package var spatialID = 0
}
