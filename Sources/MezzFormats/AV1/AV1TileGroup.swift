/// The tiles of a frame that one OBU holds (AV1, 5.11.1).
struct AV1TileGroup {
    let tiles: ClosedRange<Int>
    /// Bytes of the largest tile.
    let largestTile: Int

    /// Finds the tiles without reading them.
    /// - Parameters:
    ///   - payload: From the tile group's first byte to the OBU's end.
    ///   - next: The tile that must come first.
    /// - Throws: `FormatError` when tiles are missing, too many or end beyond the OBU.
    static func read(
        _ bytes: [UInt8], _ payload: Range<Int>, layout: AV1TileLayout, next: Int
    ) throws(FormatError) -> AV1TileGroup {
        var cursor = try BitCursor(bytes, payload)
        var (first, last) = (0, layout.count - 1)
        if layout.count > 1, try cursor.flag() {
            first = try cursor.bits(layout.columnsLog2 + layout.rowsLog2)
            last = try cursor.bits(layout.columnsLog2 + layout.rowsLog2)
        }
        guard first == next, last >= first, last < layout.count else {
            throw FormatError(.invalid, "tiles out of order", at: payload.lowerBound)
        }
        cursor.align()
        var largest = 0
        var start = cursor.byte
        for _ in first..<last {
            let size = try size(bytes, start..<payload.upperBound, layout.sizeBytes)
            largest = max(largest, size)
            start += layout.sizeBytes + size
        }
        guard start < payload.upperBound else {
            throw FormatError(.truncated, "a tile without bytes", at: payload.lowerBound)
        }
        return AV1TileGroup(tiles: first...last, largestTile: max(largest, payload.upperBound - start))
    }

    /// tile_size_minus_1 + 1, least significant byte first.
    private static func size(_ bytes: [UInt8], _ range: Range<Int>, _ count: Int) throws(FormatError) -> Int {
        var size = 1
        guard range.count > count else { throw FormatError(.truncated, "a tile ends early", at: range.lowerBound) }
        for index in 0..<count { size += Int(bytes[range.lowerBound + index]) << (8 * index) }
        guard size <= range.count - count else {
            throw FormatError(.truncated, "a tile ends beyond its OBU", at: range.lowerBound)
        }
        return size
    }
}
