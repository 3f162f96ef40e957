extension AV1FrameHeaderReader {
    /// frame_size() and render_size() (5.9.5, 5.9.6).
    mutating func readSize() throws(FormatError) {
        if header.overridesSize {
            header.size.upscaledWidth = try cursor.bits(sequence.frameWidthBits) + 1
            header.size.height = try cursor.bits(sequence.frameHeightBits) + 1
        } else {
            header.size.upscaledWidth = sequence.maxWidth
            header.size.height = sequence.maxHeight
        }
        try readSuperResolution()
        header.size.renderWidth = header.size.upscaledWidth
        header.size.renderHeight = header.size.height
        if try cursor.flag() {
            header.size.renderWidth = try cursor.bits(16) + 1
            header.size.renderHeight = try cursor.bits(16) + 1
        }
    }

    /// frame_size_with_refs() (5.9.7): the size of a reference, or one of its own.
    mutating func readSizeWithReferences() throws(FormatError) {
        for index in header.references where try cursor.flag() {
            guard let slot = slots[index] else {
                throw FormatError(.invalid, "a size is taken from a frame that is not there", at: cursor.byte)
            }
            header.size = slot.size
            try readSuperResolution()
            return
        }
        try readSize()
    }

    /// superres_params() (5.9.8).
    private mutating func readSuperResolution() throws(FormatError) {
        header.size.superResolutionDenominator = 8
        if sequence.enablesSuperResolution, try cursor.flag() {
            header.size.superResolutionDenominator = try cursor.bits(3) + 9
        }
        let denominator = header.size.superResolutionDenominator
        header.size.width = (header.size.upscaledWidth * 8 + denominator / 2) / denominator
    }
}

extension AV1TileLayout {
    /// tile_info() (5.9.15).
    /// - Parameter superblock: 64 or 128.
    static func read(
        _ cursor: inout BitCursor, size: AV1FrameSize, superblock: Int
    ) throws(FormatError) -> AV1TileLayout {
        // Frames are padded to whole blocks of 8 before they are divided into superblocks.
        let columns = ((size.width + 7) / 8 * 8 + superblock - 1) / superblock
        let rows = ((size.height + 7) / 8 * 8 + superblock - 1) / superblock
        let widest = 4096 / superblock
        let largest = 4096 * 2304 / (superblock * superblock)
        let leastColumns = log2(columns, unit: widest)
        let leastTiles = max(leastColumns, log2(rows * columns, unit: largest))
        var tiles = AV1TileLayout()
        tiles.isUniform = try cursor.flag()
        if tiles.isUniform {
            tiles.columnsLog2 = try grown(&cursor, from: leastColumns, to: log2(min(columns, 64), unit: 1))
            tiles.widest = (columns + 1 << tiles.columnsLog2 - 1) >> tiles.columnsLog2
            tiles.columns = (columns + tiles.widest - 1) / tiles.widest
            let leastRows = max(leastTiles - tiles.columnsLog2, 0)
            tiles.rowsLog2 = try grown(&cursor, from: leastRows, to: log2(min(rows, 64), unit: 1))
            tiles.highest = (rows + 1 << tiles.rowsLog2 - 1) >> tiles.rowsLog2
            tiles.rows = (rows + tiles.highest - 1) / tiles.highest
        } else {
            (tiles.columns, tiles.widest) = try spans(&cursor, total: columns, most: widest)
            let area = leastTiles > 0 ? (rows * columns) >> (leastTiles + 1) : rows * columns
            (tiles.rows, tiles.highest) = try spans(&cursor, total: rows, most: max(area / tiles.widest, 1))
            tiles.columnsLog2 = log2(tiles.columns, unit: 1)
            tiles.rowsLog2 = log2(tiles.rows, unit: 1)
        }
        guard tiles.columns <= 64, tiles.rows <= 64 else {
            throw FormatError(.invalid, "more than 64 rows or columns of tiles", at: cursor.byte)
        }
        if tiles.columnsLog2 > 0 || tiles.rowsLog2 > 0 {
            // context_update_tile_id
            guard try cursor.bits(tiles.columnsLog2 + tiles.rowsLog2) < tiles.count else {
                throw FormatError(.invalid, "a tile that is not there", at: cursor.byte)
            }
            tiles.sizeBytes = try cursor.bits(2) + 1
        }
        return tiles
    }

    /// The least power of two by which `unit` must be multiplied to reach `target` (tile_log2, 5.9.16).
    private static func log2(_ target: Int, unit: Int) -> Int {
        var power = 0
        while unit << power < target { power += 1 }
        return power
    }

    private static func grown(
        _ cursor: inout BitCursor, from least: Int, to most: Int
    ) throws(FormatError) -> Int {
        var power = least
        while power < most, try cursor.flag() { power += 1 }
        return power
    }

    /// Tiles of chosen sizes: how many there are and the largest of them.
    private static func spans(
        _ cursor: inout BitCursor, total: Int, most: Int
    ) throws(FormatError) -> (count: Int, largest: Int) {
        var (left, count, largest) = (total, 0, 0)
        while left > 0 {
            let size = try cursor.below(min(left, most)) + 1
            largest = max(largest, size)
            left -= size
            count += 1
        }
        return (count, largest)
    }
}
