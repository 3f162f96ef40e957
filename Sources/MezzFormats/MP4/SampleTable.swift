/// Goes through the sample table of a track (`stbl`, ISO/IEC 14496-12, 8.5 to 8.7).
struct SampleTable {
    private let count: Int
    private var sizes: SampleSizeTable
    private var durations: RunLengthTable
    private var shifts: RunLengthTable?
    private var chunks: ChunkTable
    private var syncs: SyncTable?

    /// - Returns: `nil` where the table is empty, as it is in fragmented files.
    init?(_ bytes: [UInt8], _ table: BoxTree) throws(FormatError) {
        guard let sizes = try SampleSizeTable(bytes, table), sizes.count > 0 else { return nil }
        self.sizes = sizes
        count = sizes.count
        durations = try RunLengthTable(bytes, try table.required("stts"), isSigned: false)
        shifts = nil
        if let box = table.first("ctts") { shifts = try RunLengthTable(bytes, box, isSigned: true) }
        chunks = try ChunkTable(bytes, table)
        syncs = nil
        if let box = table.first("stss") { syncs = try SyncTable(bytes, box, count: sizes.count) }
    }

    /// Appends all samples.
    /// - Parameter start: Where `moov` lies, for errors.
    mutating func add(to list: inout SampleCollector, fileBytes: Int, at start: Int) throws(FormatError) {
        if let same = sizes.same, count > fileBytes / same {
            throw FormatError(.truncated, "more samples than the file has bytes for", at: start)
        }
        try list.expect(count, at: start)
        var done = 0
        while done < count {
            guard let chunk = try chunks.next() else {
                throw FormatError(.invalid, "samples that are in no chunk", at: start)
            }
            guard chunk.samples <= count - done else {
                throw FormatError(.invalid, "chunks with more samples than there are", at: start)
            }
            var offset = chunk.offset
            for _ in 0..<chunk.samples {
                let size = try sizes.next()
                let shift = try shifts?.next() ?? 0
                let isSync = try syncs?.isSync(done) ?? true
                try list.add(
                    offset: offset, size: size, duration: try durations.next(), shift: shift,
                    description: chunk.description, isSync: isSync)
                offset += size
                done += 1
            }
        }
        guard durations.isAtEnd, shifts?.isAtEnd != false else {
            throw FormatError(.invalid, "times of more samples than there are", at: start)
        }
    }
}

/// `stts` or `ctts`: how many samples in a row have a value.
struct RunLengthTable {
    private var cursor: ByteCursor
    private var entries: Int
    private var left = 0
    private var value = 0
    private let isSigned: Bool

    init(_ bytes: [UInt8], _ box: BoxTree, isSigned: Bool) throws(FormatError) {
        cursor = try ByteCursor(bytes, box.header.payload)
        try cursor.skip(4)
        entries = try cursor.u32()
        guard entries <= cursor.remaining / 8 else {
            throw FormatError(.truncated, "a sample table ends early", at: box.header.start)
        }
        self.isSigned = isSigned
    }

    mutating func next() throws(FormatError) -> Int {
        while left == 0 {
            guard entries > 0 else { throw FormatError(.invalid, "samples without a time", at: cursor.position) }
            entries -= 1
            left = try cursor.u32()
            // Version 0 has no negative values by the standard, but in files of QuickTime.
            value = isSigned ? try cursor.s32() : try cursor.u32()
        }
        left -= 1
        return value
    }

    var isAtEnd: Bool { left == 0 && entries == 0 }
}

/// `stsc` with `stco` or `co64`: where each chunk lies and how many samples it holds.
struct ChunkTable {
    private var offsets: ByteCursor
    private let isWide: Bool
    private var chunks: Int
    private var chunk = 0
    private var runs: ByteCursor
    private var entries: Int
    private var samples = 0
    private var description = 1
    /// The chunk from which on the next entry holds.
    private var change: Int?

    init(_ bytes: [UInt8], _ table: BoxTree) throws(FormatError) {
        isWide = table.first("stco") == nil
        let box = try table.required(isWide ? "co64" : "stco")
        offsets = try ByteCursor(bytes, box.header.payload)
        try offsets.skip(4)
        chunks = try offsets.u32()
        let map = try table.required("stsc")
        runs = try ByteCursor(bytes, map.header.payload)
        try runs.skip(4)
        entries = try runs.u32()
        guard chunks <= offsets.remaining / (isWide ? 8 : 4), entries <= runs.remaining / 12 else {
            throw FormatError(.truncated, "a sample table ends early", at: box.header.start)
        }
        if entries > 0 { change = try runs.u32() }
        guard change == 1 || chunks == 0 else {
            throw FormatError(.invalid, "chunks of unknown size", at: map.header.start)
        }
    }

    /// - Returns: `nil` after the last one.
    mutating func next() throws(FormatError) -> (offset: Int, samples: Int, description: Int)? {
        guard chunk < chunks else { return nil }
        chunk += 1
        if change == chunk {
            samples = try runs.u32()
            description = try runs.u32()
            entries -= 1
            change = entries > 0 ? try runs.u32() : nil
            guard change ?? .max > chunk else { throw FormatError(.invalid, "chunks out of order", at: runs.position) }
        }
        return (try offsets.sized(isWide), samples, description)
    }
}
