/// A run of samples of a track fragment (`trun`, ISO/IEC 14496-12, 8.8.8).
struct TrackRun {
    struct Entry {
        let duration: Int
        let size: Int
        let flags: Int
        /// Presentation time less decode time.
        let shift: Int

        /// sample_is_non_sync_sample is not set.
        var isSync: Bool { flags & 0x1_0000 == 0 }
    }

    let count: Int
    /// Where the samples begin, counted from the fragment's base; `nil` where they follow those of the run before.
    let dataOffset: Int?
    /// No sample says anything of itself: their number is not bounded by the bytes that announce them.
    let isUniform: Bool
    let defaults: SampleDefaults
    private let firstFlags: Int?
    private let flags: Int
    private var cursor: ByteCursor
    private var index = 0

    init(
        _ bytes: [UInt8], _ range: Range<Int>, defaults: SampleDefaults, at offset: Int
    ) throws(FormatError) {
        cursor = try ByteCursor(bytes, range)
        flags = try cursor.versionAndFlags().flags
        count = try cursor.u32()
        dataOffset = flags & 0x1 != 0 ? try cursor.s32() : nil
        firstFlags = flags & 0x4 != 0 ? try cursor.u32() : nil
        self.defaults = defaults
        let fields = (flags >> 8 & 0xF).nonzeroBitCount
        isUniform = fields == 0
        guard isUniform || count <= cursor.remaining / (4 * fields) else {
            throw FormatError(.truncated, "a run of samples ends early", at: offset)
        }
    }

    /// The next sample, `nil` after the last one.
    mutating func next() throws(FormatError) -> Entry? {
        guard index < count else { return nil }
        let duration = flags & 0x100 != 0 ? try cursor.u32() : defaults.duration
        let size = flags & 0x200 != 0 ? try cursor.u32() : defaults.size
        var sampleFlags = flags & 0x400 != 0 ? try cursor.u32() : defaults.flags
        if index == 0, let firstFlags { sampleFlags = firstFlags }
        // Unsigned in version 0 by the standard; no real one reaches 31 bits, and some writers mean negative ones.
        let shift = flags & 0x800 != 0 ? try cursor.s32() : 0
        index += 1
        return Entry(duration: duration, size: size, flags: sampleFlags, shift: shift)
    }
}

/// What holds for all samples of a track fragment (`tfhd`, 8.8.7).
struct TrackFragmentHeader {
    let track: Int
    /// base_data_offset, where it is written.
    let baseOffset: Int?
    /// default-base-is-moof
    let baseIsMoof: Bool
    let defaults: SampleDefaults

    init(_ bytes: [UInt8], _ box: BoxTree, defaults: [Int: SampleDefaults]) throws(FormatError) {
        var cursor = try ByteCursor(bytes, try box.required("tfhd").header.payload)
        let flags = try cursor.versionAndFlags().flags
        track = try cursor.u32()
        var samples = defaults[track] ?? SampleDefaults()
        baseOffset = flags & 0x1 != 0 ? try cursor.u63() : nil
        baseIsMoof = flags & 0x2_0000 != 0
        if flags & 0x2 != 0 { samples.description = try cursor.u32() }
        if flags & 0x8 != 0 { samples.duration = try cursor.u32() }
        if flags & 0x10 != 0 { samples.size = try cursor.u32() }
        if flags & 0x20 != 0 { samples.flags = try cursor.u32() }
        self.defaults = samples
    }

    /// Decode time of the first sample (`tfdt`); `nil` where it is not written.
    static func decodeTime(_ bytes: [UInt8], _ box: BoxTree) throws(FormatError) -> Int? {
        guard let time = box.first("tfdt") else { return nil }
        var cursor = try ByteCursor(bytes, time.header.payload)
        return try cursor.sized(try cursor.versionAndFlags().version == 1)
    }
}
