/// Kinds of open bitstream units (AV1, 6.2.2).
package enum AV1OBUType: Int, Sendable, Hashable {
    case sequenceHeader = 1
    case temporalDelimiter = 2
    case frameHeader = 3
    case tileGroup = 4
    case metadata = 5
    case frame = 6
    case redundantFrameHeader = 7
    case tileList = 8
    case padding = 15
}

/// Where an open bitstream unit lies and what its header says (AV1, 5.3).
package struct AV1OBU: Sendable, Hashable {
    /// `nil` for the types that are reserved.
    package let type: AV1OBUType?
    /// 0...7
    package let temporalID: Int
    /// 0...3
    package let spatialID: Int
    /// Whether the header says the layers (obu_extension_flag).
    package let hasExtension: Bool
    /// Whether the header says the size: all do where the low-overhead format is used, the last of an MP4 sample
    /// may not.
    package let hasSize: Bool
    /// Header and payload.
    package let range: Range<Int>
    package let payload: Range<Int>

    /// The unit that begins at `position`.
    /// - Parameters:
    ///   - bytes: What holds the unit.
    ///   - position: Where the unit begins.
    ///   - end: End of the sample or stream; a unit without a size goes up to there.
    /// - Throws: `FormatError` with `truncated` when the unit ends beyond `end`, `invalid` when the header is none.
    package static func read(
        _ bytes: [UInt8], at position: Int, end: Int
    ) throws(FormatError) -> AV1OBU {
        guard position >= 0, position < end else {
            throw FormatError(.truncated, "an OBU ends early", at: position)
        }
        var cursor = try BitCursor(bytes, position..<end)
        guard try !cursor.flag() else {
            throw FormatError(.invalid, "the forbidden bit of an OBU is set", at: position)
        }
        let type = AV1OBUType(rawValue: try cursor.bits(4))
        let hasExtension = try cursor.flag()
        let hasSize = try cursor.flag()
        try cursor.skip(bits: 1)
        let temporalID = hasExtension ? try cursor.bits(3) : 0
        let spatialID = hasExtension ? try cursor.bits(2) : 0
        if hasExtension { try cursor.skip(bits: 3) }
        let size = hasSize ? try cursor.leb128() : end - cursor.byte
        let start = cursor.byte
        guard size <= end - start else {
            throw FormatError(.truncated, "an OBU ends beyond its sample", at: position)
        }
        return AV1OBU(
            type: type, temporalID: temporalID, spatialID: spatialID, hasExtension: hasExtension, hasSize: hasSize,
            range: position..<start + size, payload: start..<start + size)
    }

    /// Units of one sample after which it is refused: a real one has a handful for each layer and tile.
    static let limit = 1 << 16

    /// Where each temporal unit of a stream in the low-overhead format (5.2) lies: from one temporal delimiter to the
    /// next.
    /// - Throws: `FormatError` when a header is none or the last unit ends beyond the stream.
    package static func temporalUnits(_ bytes: [UInt8]) throws(FormatError) -> [Range<Int>] {
        var units: [Range<Int>] = []
        var start = 0
        var position = 0
        while position < bytes.count {
            let unit = try read(bytes, at: position, end: bytes.count)
            if unit.type == .temporalDelimiter, position > start {
                units.append(start..<position)
                start = position
            }
            position = unit.range.upperBound
        }
        if position > start { units.append(start..<position) }
        return units
    }
}
