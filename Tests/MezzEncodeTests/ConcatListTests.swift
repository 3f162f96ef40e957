import Foundation
import MezzCore
import MezzEncode
import MezzMedia
import MezzTestKit
import Testing

@Suite("The list that joins chunks")
struct ConcatListTests {
    @Test(
        "never drifts from the grid, over ten thousand chunks",
        arguments: [(24000, 1001), (30000, 1001), (25, 1), (60000, 1001)] as [(Int64, Int64)])
    func noDrift(_ top: Int64, _ bottom: Int64) async throws {
        let rate = try #require(Rational(top, bottom))
        let chunks = (0..<10_000).map { (file: "chunk-\($0).mp4", frames: 1 + $0 * 7 % 97) }
        let lines = try await Self.list(chunks, rate).split(separator: "\n")
        #expect(lines.first == "ffconcat version 1.0")
        let durations = lines.filter { $0.hasPrefix("duration ") }.compactMap { Self.microseconds($0.dropFirst(9)) }
        #expect(durations.count == chunks.count)
        var frame = 0
        var time = 0
        var worst = 0.0
        for (chunk, duration) in zip(chunks, durations) {
            frame += chunk.frames
            time += duration
            worst = max(worst, abs(Double(time) / 1_000_000 - rate.seconds(ofFrame: frame)))
        }
        #expect(worst < 0.000_001)
    }

    @Test("names each file in order")
    func files() async throws {
        let text = try await Self.list([("a.mp4", 24), ("b.mp4", 1)], Rational(24))
        #expect(text == "ffconcat version 1.0\nfile 'a.mp4'\nduration 1.000000\nfile 'b.mp4'\nduration 0.041667\n")
    }

    private static func microseconds(_ text: Substring) -> Int? {
        let parts = text.split(separator: ".")
        guard parts.count == 2, parts[1].count == 6, let whole = Int(parts[0]), let rest = Int(parts[1]) else {
            return nil
        }
        return whole * 1_000_000 + rest
    }

    /// The list as a join leaves it beside its output; the join itself fails, FFmpeg being `false`.
    private static func list(_ chunks: [(file: String, frames: Int)], _ rate: Rational) async throws -> String {
        try await TestFolder.with { folder in
            let tool = FoundTool(tool: .ffmpeg, path: "/bin/false", version: "0", features: [])
            await #expect(throws: Failure.self) {
                _ = try await ChunkJoiner(runner: ToolRunner(tools: ToolSet([tool]))).join(
                    chunks, codec: .avc, frameRate: rate, keyFrames: [], into: "out.mp4", in: folder.path)
            }
            return try folder.text("out.mp4.ffconcat")
        }
    }
}
