/// Reads the headers of an AV1 stream, one temporal unit at a time (AV1, 5.3, 7.20 and 7.21).
///
/// It keeps what later headers depend on: the sequence header and, of the eight frames that may be referred to, their
/// kinds and sizes. What is coded in blocks is neither read nor copied.
package struct AV1StreamReader: Sendable {
    /// The last sequence header.
    package private(set) var sequence: AV1SequenceHeader?
    private var slots = AV1ReferenceSlots()

    package init() {}

    /// Takes the sequence header of a configuration record (`configOBUs` of `av1C`).
    /// - Returns: What the record holds; it must not hold frames.
    /// - Throws: `FormatError` as `read` does.
    @discardableResult
    package mutating func configure(_ obus: [UInt8]) throws(FormatError) -> AV1TemporalUnit {
        let unit = try read(obus, 0..<obus.count)
        guard unit.frames.isEmpty else { throw FormatError(.invalid, "a frame in a configuration record", at: 0) }
        return unit
    }

    /// Reads the headers of a temporal unit.
    /// - Parameters:
    ///   - bytes: What holds it, for instance many samples.
    ///   - range: Where it lies.
    /// - Throws: `FormatError` when it ends early or contradicts itself. What was read until then is kept: go on with
    ///   the next key frame.
    package mutating func read(_ bytes: [UInt8], _ range: Range<Int>) throws(FormatError) -> AV1TemporalUnit {
        var reading = AV1UnitReading()
        var position = range.lowerBound
        var units = 0
        while position < range.upperBound {
            units += 1
            guard units <= AV1OBU.limit else { throw FormatError(.tooLarge, "too many OBUs", at: position) }
            let obu = try AV1OBU.read(bytes, at: position, end: range.upperBound)
            position = obu.range.upperBound
            if !obu.hasSize, position < range.upperBound { reading.unit.allHaveSizes = false }
            try take(obu, bytes, &reading)
        }
        guard reading.frame == nil else {
            throw FormatError(.truncated, "a frame without all its tiles", at: range.upperBound)
        }
        return reading.unit
    }

    private mutating func take(
        _ obu: AV1OBU, _ bytes: [UInt8], _ reading: inout AV1UnitReading
    ) throws(FormatError) {
        switch obu.type {
        case .sequenceHeader: try takeSequence(obu, bytes, &reading)
        case .temporalDelimiter: reading.unit.temporalDelimiters += 1
        case .frameHeader, .frame: try takeFrame(obu, bytes, &reading)
        case .redundantFrameHeader:
            guard reading.frame != nil else {
                throw FormatError(.invalid, "a repeated frame header of no frame", at: obu.range.lowerBound)
            }
            reading.frame?.bytes += obu.range.count
        case .tileGroup: try takeTiles(obu, bytes, from: obu.payload.lowerBound, &reading)
        case .metadata:
            reading.unit.metadata.append(try AV1Metadata.read(bytes, obu.payload))
            reading.metadataBytes += obu.range.count
        case .padding: reading.unit.paddingBytes += obu.range.count
        case .tileList, nil: reading.unit.otherUnits += 1
        }
    }

    private mutating func takeSequence(
        _ obu: AV1OBU, _ bytes: [UInt8], _ reading: inout AV1UnitReading
    ) throws(FormatError) {
        let header = try AV1SequenceHeader.read(bytes, obu.payload)
        reading.unit.sequenceHeaders += 1
        if let sequence, sequence != header { reading.unit.changesSequence = true }
        sequence = header
    }

    private mutating func takeFrame(
        _ obu: AV1OBU, _ bytes: [UInt8], _ reading: inout AV1UnitReading
    ) throws(FormatError) {
        guard let sequence else {
            throw FormatError(.invalid, "a frame before any sequence header", at: obu.range.lowerBound)
        }
        guard reading.frame == nil else {
            throw FormatError(.invalid, "a frame begins before the last one ends", at: obu.range.lowerBound)
        }
        var reader = try AV1FrameHeaderReader(bytes, obu, sequence: sequence, slots: slots)
        try reader.read()
        let isWhole = obu.type == .frame
        reading.begin(reader, obu)
        slots = reader.slots
        guard reader.header.shownSlot == nil else {
            guard !isWhole else {
                throw FormatError(.invalid, "a frame with tiles that is only shown again", at: obu.range.lowerBound)
            }
            finish(&reading)
            return
        }
        guard isWhole else { return }
        var aligned = reader.cursor
        aligned.align()
        try takeTiles(obu, bytes, from: aligned.byte, &reading)
    }

    private mutating func takeTiles(
        _ obu: AV1OBU, _ bytes: [UInt8], from start: Int, _ reading: inout AV1UnitReading
    ) throws(FormatError) {
        guard let header = reading.frame?.header, start <= obu.payload.upperBound else {
            throw FormatError(.invalid, "tiles of no frame", at: obu.range.lowerBound)
        }
        let group = try AV1TileGroup.read(
            bytes, start..<obu.payload.upperBound, layout: header.tiles, next: reading.tiles)
        reading.add(group, bytes: obu.type == .tileGroup ? obu.range.count : 0)
        if reading.tiles == header.tiles.count { finish(&reading) }
    }

    /// The frame is complete: the slots take it.
    private mutating func finish(_ reading: inout AV1UnitReading) {
        guard let (frame, segments) = reading.end() else { return }
        let header = frame.header
        // A key frame is shown again at most once (7.21).
        let isShowable = header.isShowable && header.shownSlot == nil
        slots.store(
            AV1ReferenceSlot(
                type: header.type, isShowable: isShowable, frameID: header.frameID, orderHint: header.orderHint,
                size: header.size, segments: segments, filmGrain: header.filmGrain),
            in: header.refreshedSlots)
    }
}

/// A temporal unit of which a part has been read.
struct AV1UnitReading {
    var unit = AV1TemporalUnit()
    /// The frame whose tiles are not all there yet.
    var frame: AV1CodedFrame?
    /// Its tiles so far.
    private(set) var tiles = 0
    var metadataBytes = 0
    private var segments = AV1Segments()

    mutating func begin(_ reader: AV1FrameHeaderReader, _ obu: AV1OBU) {
        frame = AV1CodedFrame(reader.header, bytes: obu.range.count, metadataBytes: metadataBytes)
        segments = reader.segments
        metadataBytes = 0
        tiles = 0
    }

    mutating func add(_ group: AV1TileGroup, bytes: Int) {
        guard var frame else { return }
        frame.bytes += bytes
        frame.tileGroups += 1
        frame.largestTile = max(frame.largestTile, group.largestTile)
        self.frame = frame
        tiles = group.tiles.upperBound + 1
    }

    mutating func end() -> (frame: AV1CodedFrame, segments: AV1Segments)? {
        guard let frame else { return nil }
        unit.frames.append(frame)
        self.frame = nil
        return (frame, segments)
    }
}
