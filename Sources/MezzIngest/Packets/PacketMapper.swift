package import MezzCore
package import MezzMedia

/// Reads from a container where its packets lie.
package struct PacketMapper: Sendable {
    let runner: ToolRunner

    package init(runner: ToolRunner) {
        self.runner = runner
    }

    private static let limits = ProcessLimits(cpuSeconds: 600, memoryBytes: 8 << 30, stallSeconds: 120)

    /// - Returns: `nil` where the container does not say where its packets are, or reading parts would save nothing.
    package func map(_ path: String, video: VideoStreamInfo, bytes: Int) async throws -> PacketMap? {
        let arguments =
            ["-v", "error", "-of", "csv=p=0", "-show_entries", "packet=stream_index,pts_time,size,pos,flags"]
            + FFmpegCommand.input(path)
        var lines = PacketPlaces(videoStream: video.stream, bytes: bytes)
        try await runner.run(ToolCommand(.ffprobe, arguments, limits: Self.limits, subject: path.printable)) {
            lines.append($0)
        }
        return lines.finish()
    }
}

/// Reads ffprobe's lines "stream_index,pts_time,size,pos,flags" as they stream by.
struct PacketPlaces {
    private let videoStream: Int
    private let bytes: Int
    private var lines = TextLines()
    private var packets: [PacketMap.Packet] = []
    private var spans: [Range<Int>] = []
    private var isComplete = true

    init(videoStream: Int, bytes: Int) {
        self.videoStream = videoStream
        self.bytes = bytes
    }

    mutating func append(_ block: UnsafeRawBufferPointer) {
        // Taken out while it is used: reading a line changes the rest of this value.
        var lines = lines
        lines.append(block) { read($0) }
        self.lines = lines
    }

    private mutating func read(_ text: String) {
        let fields = text.split(separator: ",", omittingEmptySubsequences: false)
        guard fields.count >= 5, let stream = Int(fields[0]) else { return }
        guard let size = Int(fields[2]), let position = Int(fields[3]), size >= 0, position >= 0,
            position <= bytes - min(size, bytes)
        else {
            isComplete = false
            return
        }
        let place = position..<min(position + size, bytes)
        spans.append(place)
        guard stream == videoStream else { return }
        guard let seconds = PacketTiming.seconds(fields[1]) else {
            isComplete = false
            return
        }
        packets.append(.init(bytes: place, seconds: seconds, isKey: fields[4].contains("K")))
    }

    /// Pieces between packets of this size and more are kept whatever frames are read. Smaller ones are the packets' own
    /// headers, which come along with them.
    private static let smallest = 2048
    /// More pieces than this cost more requests than they save bytes.
    private static let most = 4096

    func finish() -> PacketMap? {
        guard isComplete else { return nil }
        var structure: [Range<Int>] = []
        var end = 0
        for span in spans.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            let gap = end..<max(end, span.lowerBound)
            if gap.count >= Self.smallest || (end == 0 && !gap.isEmpty) { structure.append(gap) }
            end = max(end, span.upperBound)
        }
        if end < bytes { structure.append(end..<bytes) }
        guard structure.count <= Self.most else { return nil }
        return PacketMap(packets: packets, structure: structure)
    }
}
