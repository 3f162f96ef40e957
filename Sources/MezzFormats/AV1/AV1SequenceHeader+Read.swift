extension AV1SequenceHeader {
    /// Reads the payload of a sequence header OBU (5.5.1).
    /// - Throws: `FormatError` when it ends early or contradicts itself.
    package static func read(_ bytes: [UInt8], _ payload: Range<Int>) throws(FormatError) -> AV1SequenceHeader {
        var cursor = try BitCursor(bytes, payload)
        var header = AV1SequenceHeader()
        header.profile = try cursor.bits(3)
        guard header.profile <= 2 else { throw FormatError(.invalid, "a reserved AV1 profile", at: cursor.byte) }
        header.isStillPicture = try cursor.flag()
        header.hasReducedStillPictureHeader = try cursor.flag()
        guard header.isStillPicture || !header.hasReducedStillPictureHeader else {
            throw FormatError(.invalid, "a reduced header of a moving picture", at: cursor.byte)
        }
        if header.hasReducedStillPictureHeader {
            header.operatingPoints = [AV1OperatingPoint(level: try cursor.bits(5))]
        } else {
            try header.readTiming(&cursor)
            try header.readOperatingPoints(&cursor)
        }
        try header.readSizes(&cursor)
        try header.readTools(&cursor)
        header.enablesSuperResolution = try cursor.flag()
        header.enablesCDEF = try cursor.flag()
        header.enablesRestoration = try cursor.flag()
        header.color = try AV1ColorConfig.read(&cursor, profile: header.profile)
        header.hasFilmGrain = try cursor.flag()
        return header
    }

    private mutating func readTiming(_ cursor: inout BitCursor) throws(FormatError) {
        guard try cursor.flag() else { return }
        let units = try cursor.bits(32)
        let scale = try cursor.bits(32)
        guard units > 0, scale > 0 else { throw FormatError(.invalid, "a clock that stands still", at: cursor.byte) }
        let ticks = try cursor.flag() ? try cursor.uvlc() + 1 : nil
        timing = AV1Timing(unitsInDisplayTick: units, timeScale: scale, ticksPerPicture: ticks)
        guard try cursor.flag() else { return }
        decoderModel = AV1DecoderModel(
            bufferDelayBits: try cursor.bits(5) + 1, unitsInDecodingTick: try cursor.bits(32),
            bufferRemovalTimeBits: try cursor.bits(5) + 1, presentationTimeBits: try cursor.bits(5) + 1)
    }

    private mutating func readOperatingPoints(_ cursor: inout BitCursor) throws(FormatError) {
        let hasDisplayDelay = try cursor.flag()
        for _ in 0...(try cursor.bits(5)) {
            var point = AV1OperatingPoint(layers: try cursor.bits(12), level: try cursor.bits(5))
            if point.level > 7 { point.isHighTier = try cursor.flag() }
            if let decoderModel, try cursor.flag() {
                point.decoderBufferDelay = try cursor.bits(decoderModel.bufferDelayBits)
                point.encoderBufferDelay = try cursor.bits(decoderModel.bufferDelayBits)
                point.isLowDelay = try cursor.flag()
            }
            if hasDisplayDelay, try cursor.flag() { point.initialDisplayDelay = try cursor.bits(4) + 1 }
            operatingPoints.append(point)
        }
    }

    private mutating func readSizes(_ cursor: inout BitCursor) throws(FormatError) {
        frameWidthBits = try cursor.bits(4) + 1
        frameHeightBits = try cursor.bits(4) + 1
        maxWidth = try cursor.bits(frameWidthBits) + 1
        maxHeight = try cursor.bits(frameHeightBits) + 1
        if !hasReducedStillPictureHeader, try cursor.flag() {
            deltaFrameIDBits = try cursor.bits(4) + 2
            let bits = try cursor.bits(3) + deltaFrameIDBits + 1
            guard bits <= 16 else { throw FormatError(.invalid, "frame numbers beyond 16 bits", at: cursor.byte) }
            frameIDBits = bits
        }
        uses128x128Superblocks = try cursor.flag()
        enablesFilterIntra = try cursor.flag()
        enablesIntraEdgeFilter = try cursor.flag()
    }

    private mutating func readTools(_ cursor: inout BitCursor) throws(FormatError) {
        guard !hasReducedStillPictureHeader else { return }
        enablesInterIntraCompound = try cursor.flag()
        enablesMaskedCompound = try cursor.flag()
        enablesWarpedMotion = try cursor.flag()
        enablesDualFilter = try cursor.flag()
        let hasOrderHint = try cursor.flag()
        if hasOrderHint {
            enablesJointCompound = try cursor.flag()
            enablesReferenceFrameMotionVectors = try cursor.flag()
        }
        if try !cursor.flag() { forcesScreenContentTools = try cursor.flag() }
        if forcesScreenContentTools != false, try !cursor.flag() { forcesIntegerMotionVectors = try cursor.flag() }
        if hasOrderHint { orderHintBits = try cursor.bits(3) + 1 }
    }
}

extension AV1ColorConfig {
    /// color_config() (5.5.2).
    static func read(_ cursor: inout BitCursor, profile: Int) throws(FormatError) -> AV1ColorConfig {
        var color = AV1ColorConfig()
        let isHigh = try cursor.flag()
        if profile == 2, isHigh {
            color.bitDepth = try cursor.flag() ? 12 : 10
        } else {
            color.bitDepth = isHigh ? 10 : 8
        }
        if profile != 1 { color.isMonochrome = try cursor.flag() }
        color.isDescribed = try cursor.flag()
        if color.isDescribed {
            color.primaries = try cursor.bits(8)
            color.transfer = try cursor.bits(8)
            color.matrix = try cursor.bits(8)
        }
        if color.isMonochrome {
            color.isFullRange = try cursor.flag()
            return color
        }
        try color.readChroma(&cursor, profile: profile)
        color.hasSeparateChromaQuantizers = try cursor.flag()
        return color
    }

    private mutating func readChroma(_ cursor: inout BitCursor, profile: Int) throws(FormatError) {
        // BT.709 primaries, the sRGB curve and no matrix: RGB, which is never subsampled.
        if (primaries, transfer, matrix) == (1, 13, 0) {
            isFullRange = true
            (subsamplesX, subsamplesY) = (false, false)
            return
        }
        isFullRange = try cursor.flag()
        switch (profile, bitDepth) {
        case (0, _): break
        case (1, _): (subsamplesX, subsamplesY) = (false, false)
        case (_, 12):
            subsamplesX = try cursor.flag()
            subsamplesY = subsamplesX ? try cursor.flag() : false
        default: subsamplesY = false
        }
        if subsamplesX, subsamplesY { chromaSamplePosition = try cursor.bits(2) }
    }
}
