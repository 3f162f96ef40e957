import MezzCore
import MezzMedia
import MezzPixels

/// Tries whether jumping into a source lands on the very frame that was asked for.
struct SeekCheck {
    let runner: ToolRunner
    let reader: SourceReader
    let index: FrameIndex

    /// Frames read at each place.
    private static let length = 3

    func passes() async throws -> Bool {
        for place in places where !(try await isExact(at: place)) { return false }
        return true
    }

    /// A quarter, a half and three quarters in, moved to where the picture changes: equal frames prove nothing.
    private var places: [Int] {
        guard index.count > 8 else { return [] }
        return [1, 2, 3].map { quarter in
            let centre = index.count * quarter / 4
            let range = max(1, centre - 24)..<min(index.count - Self.length, centre + 24)
            return range.max { index.entries[$0].change < index.entries[$1].change } ?? centre
        }
    }

    private func isExact(at frame: Int) async throws -> Bool {
        let range = FrameRange(first: frame, end: min(frame + Self.length, index.count))
        let filters = (reader.filters(for: range) + [Thumbnail.filters]).joined(separator: ",")
        let arguments =
            FFmpegCommand.preamble + reader.input(for: range)
            + [
                "-map", "0:\(reader.video.stream)", "-vf", filters, "-fps_mode", "passthrough", "-f", "rawvideo",
                "pipe:1",
            ]
        var frames = FrameAssembler(frameBytes: Thumbnail.bytes)
        var hashes: [UInt64] = []
        let command = ToolCommand(.ffmpeg, arguments, subject: reader.path.printable)
        let result = try await runner.attempt(command) { bytes in
            frames.append(bytes) { _, frame in hashes.append(FrameHash.of(frame)) }
        }
        return result.succeeded && hashes == index.entries[range.first..<range.end].map(\.hash)
    }
}
