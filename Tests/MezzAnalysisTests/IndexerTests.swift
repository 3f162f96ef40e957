import MezzAnalysis
import MezzCore
import MezzMedia
import MezzPixels
import MezzTestKit
import Testing

@Suite("The index of real clips", .timeLimit(.minutes(2)))
struct IndexerTests {
    /// Two seconds of pattern, one of fractal, one and a half of bars; then the pattern again.
    private static let cuts = [
        "-f", "lavfi", "-i", "testsrc2=s=160x90:r=24:d=2", "-f", "lavfi", "-i",
        "mandelbrot=s=160x90:r=24,trim=duration=1",
        "-f", "lavfi", "-i", "smptebars=s=160x90:r=24:d=1.5", "-f", "lavfi", "-i", "testsrc2=s=160x90:r=24:d=1",
        "-filter_complex", "[0][1][2][3]concat=n=4,format=yuv420p", "-c:v", "libx264", "-preset", "ultrafast", "-g",
        "36",
    ]

    @Test("every frame is there, cuts are found on their frames, and the file can be sought")
    func index() async throws {
        try await TestFolder.with { folder in
            let path = try await MediaMaker(in: folder).make("cuts.mp4", Self.cuts)
            var seen: [Int] = []
            let result = try await Indexer(runner: Self.runner()).index(path, video: Self.video()) { seen.append($0) }
            #expect(result.index.count == 132)
            #expect(seen == seen.sorted() && seen.last == 132)
            #expect(result.seek == .container)
            #expect(result.findings.isEmpty)
            #expect(result.shots.map(\.frames.first) == [0, 48, 72, 108])
        }
    }

    @Test("two decodes give the same index; statistics are those of the picture")
    func repeatable() async throws {
        try await TestFolder.with { folder in
            let path = try await MediaMaker(in: folder).make(
                "gray.mkv",
                MediaRecipe.picture("color=c=0x808080:s=160x90:r=24:d=0.5,format=gray") + MediaRecipe.lossless)
            let first = try await Indexer(runner: Self.runner()).index(path, video: Self.video(frames: 12)) { _ in }
            let second = try await Indexer(runner: Self.runner()).index(path, video: Self.video(frames: 12)) { _ in }
            #expect(first.index.encoded() == second.index.encoded())
            for entry in first.index.entries {
                #expect(abs(entry.lumaMean - 126) < 3 && entry.lumaDeviation < 0.5 && entry.change == 0)
                #expect(entry.hash == first.index.entries[0].hash)
            }
        }
    }

    @Test("missing frames are told")
    func missing() async throws {
        try await TestFolder.with { folder in
            let path = try await MediaMaker(in: folder).make(.plain)
            let result = try await Indexer(runner: Self.runner()).index(path, video: Self.video(frames: 100)) { _ in }
            #expect(result.findings.map(\.code) == ["source.frames-missing"])
        }
    }

    @Test("a file without a picture that decodes is the input's fault")
    func nothing() async throws {
        try await TestFolder.with { folder in
            let path = try await MediaMaker(in: folder).make("sound.mkv", MediaRecipe.tone() + ["-c:a", "pcm_s16le"])
            await #expect(throws: Failure.self) {
                try await Indexer(runner: Self.runner()).index(path, video: Self.video()) { _ in }
            }
        }
    }

    private static func video(frames: Int = 132) -> VideoStreamInfo {
        let size = Resolution(width: 160, height: 90)
        return VideoStreamInfo(
            stream: 0, codec: "h264", coded: size, display: size, frameRate: Rational(24), pixelFormat: "yuv420p",
            bitDepth: 8, color: ColorDescription(), filters: [], filtersLookBack: false, isVariableRate: false,
            firstFrameSeconds: 0, expectedFrames: frames)
    }

    private static func runner() throws -> ToolRunner {
        let ffmpeg = FoundTool(tool: .ffmpeg, path: try TestTools().ffmpeg, version: "test", features: [])
        return ToolRunner(tools: ToolSet([ffmpeg]))
    }
}
