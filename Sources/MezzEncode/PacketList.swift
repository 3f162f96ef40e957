import MezzCore
package import MezzMedia

/// The packets of an encoded track, in display order.
package struct PacketList: Sendable {
    /// Bytes of each frame's packet.
    package let bytes: [Int]
    /// The same in decode order.
    package let decodeBytes: [Int]
    /// Frames that begin with a key frame.
    package let keyFrames: [Int]

    /// Reads and checks a track that must hold `frames` frames on the exact grid of `scale`.
    /// - Throws: `Failure` that names the first frame out of place.
    package static func read(
        _ file: String, frames: Int, scale: TimeScale, runner: ToolRunner
    ) async throws -> PacketList {
        let arguments =
            ["-v", "error", "-select_streams", "v:0", "-show_entries", "packet=pts,size,flags", "-of", "csv=p=0"]
            + FFmpegCommand.input(file)
        let data = try await runner.collect(ToolCommand(.ffprobe, arguments, subject: file.printable), limit: 1 << 30)
        let decoded = String(decoding: data, as: UTF8.self).split(separator: "\n").compactMap(Packet.init)
        let packets = decoded.sorted { $0.pts < $1.pts }
        if let frame = packets.indices.first(where: { packets[$0].pts != $0 * scale.ticksPerFrame }) {
            throw broken(
                "frame \(frame) is shown at tick \(packets[frame].pts), not \(frame * scale.ticksPerFrame)", file)
        }
        guard packets.count == frames else { throw broken("it holds \(packets.count) frames, not \(frames)", file) }
        return PacketList(
            bytes: packets.map(\.size), decodeBytes: decoded.map(\.size),
            keyFrames: packets.indices.filter { packets[$0].isKey })
    }

    private struct Packet {
        let pts: Int
        let size: Int
        let isKey: Bool

        init?(_ line: Substring) {
            let fields = line.split(separator: ",")
            guard fields.count >= 3, let pts = Int(fields[0]), let size = Int(fields[1]) else { return nil }
            self.pts = pts
            self.size = size
            isKey = fields[2].hasPrefix("K")
        }
    }

    private static func broken(_ what: String, _ file: String) -> Failure {
        Failure(.failed, what: "an encoded track is damaged: \(what)", place: file.printable, remedy: "run again")
    }
}

extension PacketList {
    /// Bytes of the frames from each key frame to the next, in order.
    package var gopBytes: [Int] {
        zip(keyFrames, keyFrames.dropFirst() + [bytes.count]).map { bytes[$0..<$1].reduce(0, +) }
    }
}
