/// Sums over the runs of samples (`trun`) of one track fragment.
struct SampleRun {
    private let start: Int
    /// Decode time after the samples so far.
    private(set) var time: Int
    private(set) var samples = 0
    private(set) var bytes = 0
    private(set) var syncSamples = 0
    private(set) var startsWithSync = false
    private(set) var dataStart: Int?
    /// Earliest presentation time and latest end.
    private(set) var first = Int.max
    private(set) var last = Int.min

    init(decodeTime: Int) {
        start = decodeTime
        time = decodeTime
    }

    mutating func add(
        _ data: [UInt8], _ range: Range<Int>, defaults: SampleDefaults, at offset: Int
    ) throws(FormatError) {
        var cursor = try ByteCursor(data, range)
        let (version, flags) = try cursor.versionAndFlags()
        let count = try cursor.u32()
        if flags & 0x1 != 0 {
            let place = try sum(offset, try cursor.s32(), at: offset)
            if samples == 0 { dataStart = place }
        }
        let firstFlags = flags & 0x4 != 0 ? try cursor.u32() : nil
        let fields = (flags >> 8 & 0xF).nonzeroBitCount
        guard fields > 0 else {
            try addUniform(count, defaults, firstFlags, at: offset)
            return
        }
        guard count <= cursor.remaining / (4 * fields) else {
            throw FormatError(.truncated, "a run of samples ends early", at: offset)
        }
        for index in 0..<count {
            let duration = flags & 0x100 != 0 ? try cursor.u32() : defaults.duration
            let size = flags & 0x200 != 0 ? try cursor.u32() : defaults.size
            var sampleFlags = flags & 0x400 != 0 ? try cursor.u32() : defaults.flags
            if index == 0, let firstFlags { sampleFlags = firstFlags }
            var shift = 0
            if flags & 0x800 != 0 { shift = version == 0 ? try cursor.u32() : try cursor.s32() }
            try add(duration: duration, size: size, flags: sampleFlags, shift: shift, at: offset)
        }
    }

    private mutating func add(
        duration: Int, size: Int, flags: Int, shift: Int, at offset: Int
    ) throws(FormatError) {
        let shown = try sum(time, shift, at: offset)
        time = try sum(time, duration, at: offset)
        bytes = try sum(bytes, size, at: offset)
        first = min(first, shown)
        last = max(last, try sum(shown, duration, at: offset))
        let isSync = flags & 0x1_0000 == 0
        if samples == 0 { startsWithSync = isSync }
        if isSync { syncSamples += 1 }
        samples += 1
    }

    /// Samples that are all alike, in one step: their number is not bounded by the bytes that announce them.
    private mutating func addUniform(
        _ count: Int, _ defaults: SampleDefaults, _ firstFlags: Int?, at offset: Int
    ) throws(FormatError) {
        guard count > 0 else { return }
        try add(
            duration: defaults.duration, size: defaults.size, flags: firstFlags ?? defaults.flags, shift: 0, at: offset)
        let more = count - 1
        time = try sum(time, try product(more, defaults.duration, at: offset), at: offset)
        bytes = try sum(bytes, try product(more, defaults.size, at: offset), at: offset)
        last = max(last, time)
        if defaults.flags & 0x1_0000 == 0 { syncSamples = try sum(syncSamples, more, at: offset) }
        samples = try sum(samples, more, at: offset)
    }
}
