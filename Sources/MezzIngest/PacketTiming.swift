import MezzCore

/// When the packets of the picture are shown, read from the container without decoding.
struct PacketTiming {
    /// Presentation times in seconds, ascending; empty when the container has no clock (raw streams).
    let times: [Double]
    let packets: Int
    /// Packets without a time stamp.
    let untimed: Int
    /// The latest end of any packet of any stream, seconds.
    let lastSeconds: Double

    /// A time as ffprobe prints it; `nil` for none, and for what no clock shows: three thousand years.
    static func seconds(_ text: some StringProtocol) -> Double? {
        Double(text).flatMap { abs($0) < 1e11 ? $0 : nil }
    }

    /// Whether frame `n` lies on its own point of the grid `first + n / rate`, closer than a quarter frame: the
    /// jitter of a millisecond clock passes, a dropped or doubled frame does not.
    func isConstant(at rate: Rational) -> Bool {
        guard let first = times.first else { return true }
        for (index, time) in times.enumerated() {
            let position = (time - first) * rate.value
            if abs(position - Double(index)) > 0.25 { return false }
        }
        return true
    }

    /// The standard frame rate next to the usual distance between frames, for sources with an irregular clock: the
    /// tenth percentile of the distances, so that pauses do not lower it.
    func nominalRate() -> Rational? {
        let steps = zip(times.dropFirst(), times).map { $0 - $1 }.filter { $0 > 0.000_5 }.sorted()
        guard !steps.isEmpty else { return nil }
        let rate = 1 / steps[steps.count / 10]
        return Self.standardRates.min { abs($0.value / rate - 1) < abs($1.value / rate - 1) }
    }

    private static let standardRates: [Rational] = [
        (1, 1), (2, 1), (5, 1), (10, 1), (12, 1), (15, 1), (20, 1), (24000, 1001), (24, 1), (25, 1), (30000, 1001),
        (30, 1), (48, 1), (50, 1), (60000, 1001), (60, 1),
    ].compactMap { Rational($0.0, $0.1) }
}

/// Reads ffprobe's compact packet lines "stream_index,pts_time,duration_time" as they stream by.
struct PacketLines {
    private let videoStream: Int
    private var lines = TextLines()
    private var times: [Double] = []
    private var packets = 0
    private var untimed = 0
    private var last = 0.0

    init(videoStream: Int) {
        self.videoStream = videoStream
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        // Taken out while it is used: reading a line changes the rest of this value.
        var lines = lines
        lines.append(bytes) { read($0) }
        self.lines = lines
    }

    private mutating func read(_ text: String) {
        let fields = text.split(separator: ",", omittingEmptySubsequences: false)
        guard fields.count >= 2, let stream = Int(fields[0]) else { return }
        let time = PacketTiming.seconds(fields[1])
        let duration = fields.count > 2 ? PacketTiming.seconds(fields[2]) ?? 0 : 0
        if let time { last = max(last, time + duration) }
        guard stream == videoStream else { return }
        packets += 1
        if let time { times.append(time) } else { untimed += 1 }
    }

    func finish() -> PacketTiming {
        PacketTiming(times: times.sorted(), packets: packets, untimed: untimed, lastSeconds: last)
    }
}
