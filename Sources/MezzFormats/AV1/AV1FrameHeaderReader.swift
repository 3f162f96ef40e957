/// Reads uncompressed_header() (AV1, 5.9.2) from its beginning to its end.
struct AV1FrameHeaderReader {
    let sequence: AV1SequenceHeader
    var slots: AV1ReferenceSlots
    var cursor: BitCursor
    var header = AV1FrameHeader()
    var segments = AV1Segments()
    /// From the sequence header or the frame's own: decides whether one more bit follows.
    var allowsHighPrecisionMotionVectors = false

    init(
        _ bytes: [UInt8], _ unit: AV1OBU, sequence: AV1SequenceHeader, slots: AV1ReferenceSlots
    ) throws(FormatError) {
        self.sequence = sequence
        self.slots = slots
        cursor = try BitCursor(bytes, unit.payload)
        header.temporalID = unit.temporalID
        header.spatialID = unit.spatialID
    }

    /// Reads the header, and leaves `slots` as they are before the frame is stored.
    mutating func read() throws(FormatError) {
        if !sequence.hasReducedStillPictureHeader {
            if try cursor.flag() {
                try readShownAgain()
                header.bits = cursor.position
                return
            }
            try readKind()
        }
        if header.type == .key, header.isShown { slots.clear() }
        try readScreenContent()
        try readFrameID()
        try readOrder()
        try readBufferRemoval()
        try readRefresh()
        if header.isIntra {
            try readSize()
            if header.allowsScreenContentTools, header.size.upscaledWidth == header.size.width {
                header.allowsIntraBlockCopy = try cursor.flag()
            }
        } else {
            try readReferences()
        }
        if !sequence.hasReducedStillPictureHeader, !header.disablesCDFUpdate {
            // disable_frame_end_update_cdf
            try cursor.skip(bits: 1)
        }
        header.tiles = try AV1TileLayout.read(&cursor, size: header.size, superblock: sequence.superblockSize)
        try readQuantizers()
        try readTransforms()
        try readGlobalMotion()
        try readFilmGrain()
        header.bits = cursor.position
    }

    /// show_existing_frame: nothing is coded, a slot is shown.
    private mutating func readShownAgain() throws(FormatError) {
        let index = try cursor.bits(3)
        if let model = sequence.decoderModel, sequence.timing?.ticksPerPicture == nil {
            header.presentationTime = try cursor.bits(model.presentationTimeBits)
        }
        try readFrameID()
        guard let slot = slots[index] else {
            throw FormatError(.invalid, "a frame is shown that is not there", at: cursor.byte)
        }
        guard slot.isShowable else {
            throw FormatError(.invalid, "a frame is shown that may not be", at: cursor.byte)
        }
        guard sequence.frameIDBits == nil || header.frameID == slot.frameID else {
            throw FormatError(.invalid, "another frame is shown than announced", at: cursor.byte)
        }
        header.shownSlot = index
        header.type = slot.type
        header.orderHint = slot.orderHint
        header.size = slot.size
        header.filmGrain = slot.filmGrain
        header.isErrorResilient = false
        header.refreshedSlots = slot.type == .key ? AV1ReferenceSlots.all : 0
        segments = slot.segments
    }

    private mutating func readKind() throws(FormatError) {
        header.type = AV1FrameType(rawValue: try cursor.bits(2)) ?? .key
        header.isShown = try cursor.flag()
        if header.isShown {
            if let model = sequence.decoderModel, sequence.timing?.ticksPerPicture == nil {
                header.presentationTime = try cursor.bits(model.presentationTimeBits)
            }
            header.isShowable = header.type != .key
        } else {
            header.isShowable = try cursor.flag()
        }
        let isFresh = header.type == .switch || header.type == .key && header.isShown
        header.isErrorResilient = isFresh ? true : try cursor.flag()
    }

    private mutating func readScreenContent() throws(FormatError) {
        header.disablesCDFUpdate = try cursor.flag()
        header.allowsScreenContentTools =
            if let forced = sequence.forcesScreenContentTools { forced } else { try cursor.flag() }
        if header.allowsScreenContentTools {
            header.forcesIntegerMotionVectors =
                if let forced = sequence.forcesIntegerMotionVectors { forced } else { try cursor.flag() }
        }
        if header.isIntra { header.forcesIntegerMotionVectors = true }
    }

    private mutating func readFrameID() throws(FormatError) {
        if let bits = sequence.frameIDBits { header.frameID = try cursor.bits(bits) }
    }

    private mutating func readOrder() throws(FormatError) {
        if header.type == .switch {
            header.overridesSize = true
        } else if !sequence.hasReducedStillPictureHeader {
            header.overridesSize = try cursor.flag()
        }
        header.orderHint = try cursor.bits(sequence.orderHintBits)
        if !header.isIntra, !header.isErrorResilient {
            let primary = try cursor.bits(3)
            header.primaryReference = primary == 7 ? nil : primary
        }
    }

    private mutating func readBufferRemoval() throws(FormatError) {
        guard let model = sequence.decoderModel, try cursor.flag() else { return }
        for point in sequence.operatingPoints {
            let isMember =
                point.layers == 0
                || point.layers >> header.temporalID & 1 == 1 && point.layers >> (header.spatialID + 8) & 1 == 1
            let isTimed = point.decoderBufferDelay != nil && isMember
            header.bufferRemovalTimes.append(isTimed ? try cursor.bits(model.bufferRemovalTimeBits) : nil)
        }
    }

    private mutating func readRefresh() throws(FormatError) {
        if header.type == .switch || header.type == .key && header.isShown {
            header.refreshedSlots = AV1ReferenceSlots.all
        } else {
            header.refreshedSlots = try cursor.bits(8)
        }
        if header.type == .intraOnly, header.refreshedSlots == AV1ReferenceSlots.all {
            throw FormatError(.invalid, "an intra-only frame that takes all slots", at: cursor.byte)
        }
        guard !header.isIntra || header.refreshedSlots != AV1ReferenceSlots.all, header.isErrorResilient,
            sequence.enablesOrderHint
        else { return }
        for index in 0..<AV1ReferenceSlots.count {
            slots.expect(try cursor.bits(sequence.orderHintBits), at: index)
        }
    }
}
