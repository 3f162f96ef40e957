/// Sums over the runs of samples (`trun`) of one track fragment.
struct SampleRun {
    private let base: Int
    /// Decode time after the samples so far.
    private(set) var time: Int
    private(set) var samples = 0
    private(set) var bytes = 0
    private(set) var syncSamples = 0
    private(set) var startsWithSync = false
    private(set) var dataStart: Int?
    /// Where the last run's samples end.
    private(set) var dataEnd: Int
    private(set) var runs = 0
    /// Earliest presentation time and latest end.
    private(set) var first = Int.max
    private(set) var last = Int.min

    /// - Parameter base: Where the runs' places are counted from.
    init(decodeTime: Int, base: Int) {
        time = decodeTime
        self.base = base
        dataEnd = base
    }

    mutating func add(
        _ data: [UInt8], _ range: Range<Int>, defaults: SampleDefaults, at offset: Int
    ) throws(FormatError) {
        var run = try TrackRun(data, range, defaults: defaults, at: offset)
        if let place = run.dataOffset { dataEnd = try sum(base, place, at: offset) }
        if samples == 0, run.dataOffset != nil { dataStart = dataEnd }
        runs += 1
        while let sample = try run.next() {
            try add(sample, at: offset)
            // Samples that are all alike, in one step: their number is not bounded by the bytes that announce them.
            if run.isUniform {
                try addAlike(run.count - 1, defaults, at: offset)
                return
            }
        }
    }

    private mutating func add(_ sample: TrackRun.Entry, at offset: Int) throws(FormatError) {
        let shown = try sum(time, sample.shift, at: offset)
        time = try sum(time, sample.duration, at: offset)
        bytes = try sum(bytes, sample.size, at: offset)
        dataEnd = try sum(dataEnd, sample.size, at: offset)
        first = min(first, shown)
        last = max(last, try sum(shown, sample.duration, at: offset))
        if samples == 0 { startsWithSync = sample.isSync }
        if sample.isSync { syncSamples += 1 }
        samples += 1
    }

    private mutating func addAlike(_ more: Int, _ defaults: SampleDefaults, at offset: Int) throws(FormatError) {
        guard more > 0 else { return }
        time = try sum(time, try product(more, defaults.duration, at: offset), at: offset)
        let size = try product(more, defaults.size, at: offset)
        bytes = try sum(bytes, size, at: offset)
        dataEnd = try sum(dataEnd, size, at: offset)
        last = max(last, time)
        if defaults.flags & 0x1_0000 == 0 { syncSamples = try sum(syncSamples, more, at: offset) }
        samples = try sum(samples, more, at: offset)
    }
}
