import Foundation
import MezzAnalysis
import MezzCore
import MezzMedia
import MezzMetrics
import MezzPixels
import MezzTestKit
import Testing

@Suite("Measuring encodes against the source", .timeLimit(.minutes(2)))
struct NativeMeterTests {
    private static let size = Resolution(width: 320, height: 180)
    private static let total = 48

    @Test("an encode that lost nothing scores as the best there is")
    func identical() async throws {
        try await Self.bench { folder, maker in
            let source = try await Self.source(maker)
            try await maker.make("same.mp4", ["-i", source, "-c", "copy"])
            let result = try await Self.measure(source, Self.request(["same.mp4"]), folder)
            let scores = result[0].scores
            #expect(scores.map(\.frame) == Array(0..<Self.total))
            #expect(scores.allSatisfy { $0.vmaf > 97 })
        }
    }

    /// The motion of a range's first and last frame needs neighbours outside the range.
    @Test("frames of a part score as they do in the whole", arguments: [(0, 10), (10, 20), (23, 24), (38, 48)])
    func parts(_ first: Int, _ end: Int) async throws {
        try await Self.bench { folder, maker in
            let source = try await Self.source(maker)
            try await Self.encode(maker, source, "whole.mp4", crf: 35)
            let range = FrameRange(first: first, end: end)
            let whole = try await Self.measure(source, Self.request(["whole.mp4"]), folder)[0].scores
            var request = Self.request(["whole.mp4"])
            request.range = range
            let part = try await Self.measure(source, request, folder)[0].scores
            #expect(part.map(\.frame) == Array(range.indices))
            for score in part { #expect(abs(score.vmaf - whole[score.frame].vmaf) < 1e-3, "frame \(score.frame)") }
        }
    }

    @Test("several encodes of other sizes and beginnings are measured together as they are alone")
    func together() async throws {
        try await Self.bench { folder, maker in
            let source = try await Self.source(maker)
            try await Self.encode(maker, source, "fine.mp4", crf: 20)
            try await Self.encode(maker, source, "small.mp4", crf: 20, ["-vf", "scale=160:90"])
            try await maker.make(
                "part.mp4",
                ["-i", source, "-vf", "trim=start_frame=12,setpts=PTS-STARTPTS", "-crf", "45"] + MediaRecipe.avc)
            var request = MeasureRequest(
                range: FrameRange(first: 14, end: 30),
                distorted: [
                    Distorted(file: "fine.mp4", firstFrame: 0), Distorted(file: "small.mp4", firstFrame: 0),
                    Distorted(file: "part.mp4", firstFrame: 12),
                ], model: .vmaf, bitDepth: 8, wantsFingerprints: true)
            let together = try await Self.measure(source, request, folder)
            let means = together.compactMap { PooledScore($0.scores.map(\.vmaf))?.mean }
            #expect(means.count == 3 && means[0] > means[1] && means[1] > means[2])
            #expect(together.allSatisfy { $0.fingerprints.count == 16 })
            for (item, one) in request.distorted.enumerated() {
                request.distorted = [one]
                let alone = try await Self.measure(source, request, folder)[0]
                #expect(alone.scores.map(\.vmaf) == together[item].scores.map(\.vmaf))
                #expect(alone.fingerprints == together[item].fingerprints)
            }
        }
    }

    @Test("a sample takes one frame in so many, and those score as they do among all", arguments: [2, 3, 5])
    func sampled(_ every: Int) async throws {
        try await Self.bench { folder, maker in
            let source = try await Self.source(maker)
            try await Self.encode(maker, source, "whole.mp4", crf: 35)
            var request = Self.request(["whole.mp4"])
            request.range = FrameRange(first: 9, end: 39)
            let all = try await Self.measure(source, request, folder)[0].scores
            request.every = every
            let some = try await Self.measure(source, request, folder)[0].scores
            #expect((30 / every...30 / every + 1).contains(some.count))
            #expect(zip(some, some.dropFirst()).allSatisfy { $1.frame - $0.frame == every })
            for score in some { #expect(abs(score.vmaf - all[score.frame - 9].vmaf) < 1e-3) }
        }
    }

    @Test("at an encode's own size the source is scaled down to it")
    func ownSize() async throws {
        try await Self.bench { folder, maker in
            let source = try await Self.source(maker)
            try await Self.encode(maker, source, "small.mp4", crf: 16, ["-vf", "scale=160:90:flags=bicubic"])
            var request = Self.request(["small.mp4"])
            let display = try await Self.measure(source, request, folder)[0].scores
            request.size = Resolution(width: 160, height: 90)
            let own = try await Self.measure(source, request, folder)[0].scores
            #expect(own.map(\.vmaf).reduce(0, +) > display.map(\.vmaf).reduce(0, +))
        }
    }

    @Test("an encode that lacks frames is refused")
    func short() async throws {
        try await Self.bench { folder, maker in
            let source = try await Self.source(maker)
            try await Self.encode(maker, source, "short.mp4", crf: 30, ["-frames:v", "40"])
            await #expect(throws: Failure.self) {
                _ = try await Self.measure(source, Self.request(["short.mp4"]), folder)
            }
        }
    }

    @Test("scores are those of FFmpeg's libvmaf")
    func agrees() async throws {
        try await Self.bench { folder, maker in
            let source = try await Self.source(maker)
            try await Self.encode(maker, source, "whole.mp4", crf: 38)
            let scores = try await Self.measure(source, Self.request(["whole.mp4"]), folder)[0].scores
            let log = folder("peer.json")
            let clock = "settb=1/24,setpts=N"
            let graph = "[0]\(clock)[d];[1]\(clock)[r];[d][r]libvmaf=log_fmt=json:log_path=peer.json"
            let peer = try Child(
                TestTools().ffmpeg,
                ["-v", "error", "-i", "whole.mp4", "-i", "source.mp4", "-lavfi", graph, "-f", "null", "-"], in: folder)
            #expect(try await peer.end(within: 60).status == 0)
            let frames = try JSONValue(Data(contentsOf: URL(fileURLWithPath: log)))["frames"].items
            #expect(frames.count == scores.count)
            for (frame, score) in zip(frames, scores) {
                #expect(abs((frame["metrics"]["vmaf"].number ?? 0) - score.vmaf) <= 1e-4, "frame \(score.frame)")
            }
        }
    }

    @Test("a source without the frames that the index promises is refused")
    func otherSource() async throws {
        try await Self.bench { folder, maker in
            let source = try await Self.source(maker)
            try await Self.encode(maker, source, "whole.mp4", crf: 30)
            let index = try await Self.index(source)
            try await maker.make("source.mp4", ["-i", "whole.mp4", "-vf", "negate"] + MediaRecipe.avc)
            await #expect(throws: Failure.self) {
                _ = try await Self.measure(source, Self.request(["whole.mp4"]), folder, index: index)
            }
        }
    }

    private static func bench(_ body: (TestFolder, MediaMaker) async throws -> Void) async throws {
        try await TestFolder.with { try await body($0, try MediaMaker(in: $0)) }
    }

    private static func source(_ maker: MediaMaker) async throws -> String {
        try await maker.make(
            "source.mp4",
            MediaRecipe.picture(MediaRecipe.pattern("320x180", seconds: 2)) + MediaRecipe.avc + [
                "-crf", "4", "-g", "12", "-bf", "2",
            ])
    }

    private static func encode(
        _ maker: MediaMaker, _ source: String, _ name: String, crf: Int, _ options: [String] = []
    ) async throws {
        try await maker.make(name, ["-i", source] + options + MediaRecipe.avc + ["-crf", String(crf)])
    }

    private static func request(_ files: [String]) -> MeasureRequest {
        MeasureRequest(
            range: FrameRange(first: 0, end: total), distorted: files.map { Distorted(file: $0, firstFrame: 0) },
            model: .vmaf, bitDepth: 8)
    }

    private static let video = VideoStreamInfo(
        stream: 0, codec: "h264", coded: size, display: size, frameRate: Rational(24), pixelFormat: "yuv420p",
        bitDepth: 8, color: ColorDescription(), filters: [], filtersLookBack: false, isVariableRate: false,
        firstFrameSeconds: 0, expectedFrames: total)

    private static func runner() throws -> ToolRunner {
        ToolRunner(
            tools: ToolSet([FoundTool(tool: .ffmpeg, path: try TestTools().ffmpeg, version: "test", features: [])]))
    }

    private static func index(_ source: String) async throws -> FrameIndex {
        try await Indexer(runner: runner()).index(source, video: video, progress: { _ in }).index
    }

    private static func measure(
        _ source: String, _ request: MeasureRequest, _ folder: TestFolder, index: FrameIndex? = nil
    ) async throws -> [MeasuredFrames] {
        var frames = index
        if frames == nil { frames = try await Self.index(source) }
        return try await NativeMeter(runner: runner()).measure(
            request, reference: SourceReader(path: source, video: video, seek: .container),
            index: try #require(frames), in: folder.path, progress: { _ in })
    }
}
