/// What one sample of an AV1 track, or one temporal unit of a stream, holds.
package struct AV1TemporalUnit: Sendable, Hashable {
    /// In order of coding; those that are shown again among them.
    package var frames: [AV1CodedFrame] = []
    package var metadata: [AV1Metadata] = []
    /// Sequence headers.
    package var sequenceHeaders = 0
    /// A sequence header said something else than the one before.
    package var changesSequence = false
    package var temporalDelimiters = 0
    /// Bytes of padding OBUs.
    package var paddingBytes = 0
    /// OBUs of reserved types and tile lists.
    package var otherUnits = 0
    /// Whether all OBUs but the last say their size.
    package var allHaveSizes = true

    /// Decoding can begin here (key frame random access point, 7.6.2): the first frame is a key frame that is shown,
    /// and a sequence header comes with it.
    package var isRandomAccessPoint: Bool {
        guard sequenceHeaders > 0, let first = frames.first?.header else { return false }
        return first.type == .key && first.isShown && first.shownSlot == nil
    }

    /// Frames that are shown: one of each spatial layer.
    package var shownFrames: Int { frames.count { $0.header.isShown } }
}

/// A frame of a temporal unit.
package struct AV1CodedFrame: Sendable, Hashable {
    package let header: AV1FrameHeader
    /// Bytes of its OBUs, their headers included.
    package var bytes: Int
    /// Bytes of the metadata OBUs before it.
    package var metadataBytes = 0
    /// Bytes of its largest tile.
    package var largestTile = 0
    /// OBUs that hold its tiles.
    package var tileGroups = 0

    init(_ header: AV1FrameHeader, bytes: Int, metadataBytes: Int) {
        self.header = header
        self.bytes = bytes
        self.metadataBytes = metadataBytes
    }
}
