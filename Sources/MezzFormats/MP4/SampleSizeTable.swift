/// `stsz` or `stz2`: the bytes of each sample (ISO/IEC 14496-12, 8.7.3).
struct SampleSizeTable {
    let count: Int
    /// Bytes of every sample, where they are all alike.
    let same: Int?
    private var cursor: ByteCursor
    /// Bits of an entry: 4, 8, 16 or 32.
    private let width: Int
    /// The second half of a byte of which the first is read.
    private var half: Int?

    /// - Returns: `nil` where the track has neither box.
    init?(_ bytes: [UInt8], _ table: BoxTree) throws(FormatError) {
        let isCompact = table.first("stsz") == nil
        guard let box = table.first("stsz") ?? table.first("stz2") else { return nil }
        cursor = try ByteCursor(bytes, box.header.payload)
        try cursor.skip(4)
        let first = try cursor.u32()
        count = try cursor.u32()
        width = isCompact ? first & 0xFF : 32
        same = isCompact || first == 0 ? nil : first
        guard [4, 8, 16, 32].contains(width) else {
            throw FormatError(.invalid, "sizes of \(width) bits", at: box.header.start)
        }
        guard same != nil || count <= cursor.remaining * 8 / width else {
            throw FormatError(.truncated, "a sample table ends early", at: box.header.start)
        }
    }

    mutating func next() throws(FormatError) -> Int {
        if let same { return same }
        guard width == 4 else { return Int(try cursor.number(bytes: width / 8)) }
        if let half {
            self.half = nil
            return half
        }
        let pair = Int(try cursor.number(bytes: 1))
        half = pair & 0xF
        return pair >> 4
    }
}

/// `stss`: the samples that can be decoded by themselves, ascending (8.6.2).
struct SyncTable {
    private var cursor: ByteCursor
    private var entries: Int
    private let count: Int
    /// Counted from 0.
    private var upcoming = -1

    /// - Parameter count: Samples of the track.
    init(_ bytes: [UInt8], _ box: BoxTree, count: Int) throws(FormatError) {
        self.count = count
        cursor = try ByteCursor(bytes, box.header.payload)
        try cursor.skip(4)
        entries = try cursor.u32()
        guard entries <= cursor.remaining / 4 else {
            throw FormatError(.truncated, "a sample table ends early", at: box.header.start)
        }
        try advance()
    }

    /// Whether sample `index` is listed. To be asked for each sample in order, from 0.
    mutating func isSync(_ index: Int) throws(FormatError) -> Bool {
        guard index == upcoming else { return false }
        try advance()
        return true
    }

    private mutating func advance() throws(FormatError) {
        guard entries > 0 else {
            upcoming = -1
            return
        }
        entries -= 1
        let next = try cursor.u32() - 1
        guard next > upcoming, next < count else {
            throw FormatError(.invalid, "sync samples out of order", at: cursor.position)
        }
        upcoming = next
    }
}
