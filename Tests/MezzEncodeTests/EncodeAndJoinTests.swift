import Foundation
import MezzCore
import MezzEncode
import MezzMedia
import MezzPixels
import MezzTestKit
import Testing

@Suite("Chunks encoded and joined", .timeLimit(.minutes(3)))
struct EncodeAndJoinTests {
    /// Three seconds in three chunks, each with its own CRF; a key frame inside one of them.
    private static let chunks = [(0, 20, 24.0), (20, 53, 38.0), (53, 72, 30.0)]
    private static let keyFrames = [0, 20, 44, 53]

    @Test("hold every frame at its time, and key frames where the plan has them", arguments: CodecFamily.allCases)
    func exact(_ codec: CodecFamily) async throws {
        try await Bench.with { bench in
            let packets = try await Self.joined(codec, into: "joined.mp4", bench)
            #expect(packets.bytes.count == 72)
            #expect(packets.keyFrames == Self.keyFrames)
            #expect(packets.gopBytes.reduce(0, +) == packets.bytes.reduce(0, +))
            let facts = try await StreamFacts.read(bench.folder("joined.mp4"), codec: codec, runner: bench.runner)
            #expect(facts.profile != "unknown" && facts.level != "unknown")
            // What is decoded is the source, frame for frame.
            let prints = try await bench.fingerprints("joined.mp4")
            #expect(prints.count == 72)
            for (number, print) in prints.enumerated() {
                let own = print.distance(to: bench.index.entries[number].fingerprint)
                #expect(own < 6, "frame \(number) is \(own) away")
            }
        }
    }

    @Test("two runs give the same bytes", arguments: CodecFamily.allCases)
    func repeatable(_ codec: CodecFamily) async throws {
        try await Bench.with { bench in
            _ = try await Self.joined(codec, into: "first.mp4", bench)
            _ = try await Self.joined(codec, into: "second.mp4", bench)
            let (first, second) = (try bench.folder.data("first.mp4"), try bench.folder.data("second.mp4"))
            #expect(first == second)
        }
    }

    @Test("several recipes of the source's own size and more bits leave the frames they read as they are")
    func ownSize() async throws {
        try await Bench.with { bench in
            let outputs = (0..<3).map {
                ChunkOutput(recipe: bench.recipe(.av1), crf: 30 + Double($0), file: "\($0).mp4")
            }
            try await bench.encode(FrameRange(first: 20, end: 30), keyFrames: [20], outputs)
        }
    }

    @Test("one decode feeds several recipes, and each is what it is alone")
    func together() async throws {
        try await Bench.with { bench in
            let outputs = [(CodecFamily.avc, 160), (.hevc, 160), (.avc, 96)].enumerated().map { number, item in
                var recipe = bench.recipe(item.0)
                recipe.resolution = Resolution(width: item.1, height: item.1 * 6 / 10 & ~1)
                return ChunkOutput(recipe: recipe, crf: 30, file: "\(number).mp4")
            }
            let range = FrameRange(first: 20, end: 40)
            try await bench.encode(range, keyFrames: [20], outputs)
            let alone = ChunkOutput(recipe: outputs[1].recipe, crf: 30, file: "alone.mp4")
            try await bench.encode(range, keyFrames: [20], [alone])
            let (first, second) = (try bench.folder.data("1.mp4"), try bench.folder.data("alone.mp4"))
            #expect(first == second)
        }
    }

    @Test("a frame that is not the index's is refused by its number")
    func wrongFrame() async throws {
        try await Bench.with { bench in
            var bench = bench
            bench.index.entries.swapAt(30, 31)
            let failure = await #expect(throws: Failure.self) {
                try await bench.encode(
                    FrameRange(first: 20, end: 40), keyFrames: [20],
                    [ChunkOutput(recipe: bench.recipe(.avc), crf: 30, file: "out.mp4")])
            }
            #expect(failure?.what == "frame 30 differs from the frame index")
        }
    }

    @Test("frames that the source does not have are missed by their number")
    func tooFewFrames() async throws {
        try await Bench.with { bench in
            var bench = bench
            bench.index.entries += bench.index.entries.prefix(5)
            let failure = await #expect(throws: Failure.self) {
                try await bench.encode(
                    FrameRange(first: 60, end: 77), keyFrames: [60],
                    [ChunkOutput(recipe: bench.recipe(.avc), crf: 30, file: "out.mp4")])
            }
            #expect(failure?.what == "frame 72 differs from the frame index")
        }
    }

    @Test("a join is refused when a frame or a key frame is out of place")
    func wrongJoin() async throws {
        try await Bench.with { bench in
            let outputs = [ChunkOutput(recipe: bench.recipe(.avc), crf: 30, file: "a.mp4")]
            try await bench.encode(FrameRange(first: 0, end: 20), keyFrames: [0, 10], outputs)
            for (frames, keys, words) in [
                (21, [0, 10], "20 frames, not 21"), (20, [0], "frame 10 is a key frame outside"),
                (20, [0, 5, 10], "frame 5 is not a key frame"),
            ] {
                let failure = await #expect(throws: Failure.self) {
                    _ = try await ChunkJoiner(runner: bench.runner).join(
                        [("a.mp4", frames)], codec: .avc, frameRate: Bench.rate, keyFrames: keys, into: "out.mp4",
                        in: bench.folder.path)
                }
                #expect(failure?.what.contains(words) == true, "\(failure?.what ?? "")")
            }
        }
    }

    @Test("slow presets keep their reference frames inside the level")
    func references() async throws {
        try await Bench.with { bench in
            var recipe = bench.recipe(.avc)
            recipe.preset = "veryslow"
            // Level 1.0 holds 396 macroblocks of reference pictures: six of 60.
            recipe.level = "1.0"
            try await bench.encode(
                FrameRange(first: 0, end: 3), keyFrames: [0], [ChunkOutput(recipe: recipe, crf: 40, file: "a.mp4")])
            let arguments =
                ["-hide_banner", "-nostdin"] + FFmpegCommand.input(bench.folder("a.mp4"))
                + ["-map", "0:v", "-c", "copy", "-frames:v", "1", "-bsf:v", "trace_headers", "-f", "null", "-"]
            let headers = try await MediaMaker(in: bench.folder).ffmpeg(arguments).errorText
            let line = headers.split(separator: "\n").first { $0.contains(" max_num_ref_frames ") }
            let references = try #require(line?.split(separator: " ").last.flatMap { Int($0) })
            #expect((1...6).contains(references))
        }
    }

    private static func joined(_ codec: CodecFamily, into name: String, _ bench: Bench) async throws -> PacketList {
        var pieces: [(file: String, frames: Int)] = []
        for (number, chunk) in chunks.enumerated() {
            let range = FrameRange(first: chunk.0, end: chunk.1)
            let file = "chunk-\(number).mp4"
            try await bench.encode(
                range, keyFrames: keyFrames.filter(range.contains),
                [ChunkOutput(recipe: bench.recipe(codec), crf: chunk.2, file: file)])
            pieces.append((file, range.count))
        }
        return try await ChunkJoiner(runner: bench.runner).join(
            pieces, codec: codec, frameRate: Bench.rate, keyFrames: keyFrames, into: name, in: bench.folder.path)
    }
}

/// A three-second source at film rate, with its index.
struct Bench: Sendable {
    static let rate = Rational(24000, 1001) ?? Rational(24)
    static let size = Resolution(width: 160, height: 96)

    let folder: TestFolder
    let runner: ToolRunner
    let reader: SourceReader
    var index = FrameIndex()

    static func with(_ body: (Bench) async throws -> Void) async throws {
        try await TestFolder.with { folder in
            let source = MediaRecipe.picture(MediaRecipe.pattern("160x96", rate: "24000/1001", seconds: 3))
            let path = try await MediaMaker(in: folder).make(
                "source.mp4", source + MediaRecipe.avc + ["-crf", "8", "-g", "30", "-bf", "2"])
            let tools = try TestTools()
            let runner = ToolRunner(
                tools: ToolSet([
                    FoundTool(tool: .ffmpeg, path: tools.ffmpeg, version: "test", features: []),
                    FoundTool(tool: .ffprobe, path: tools.ffprobe, version: "test", features: []),
                ]))
            let video = VideoStreamInfo(
                stream: 0, codec: "h264", coded: size, display: size, frameRate: rate, pixelFormat: "yuv420p",
                bitDepth: 8,
                color: ColorDescription(), filters: [], filtersLookBack: false, isVariableRate: false,
                firstFrameSeconds: 0, expectedFrames: 72)
            var bench = Bench(
                folder: folder, runner: runner, reader: SourceReader(path: path, video: video, seek: .container))
            bench.index = FrameIndex(
                entries: try await bench.thumbnails("source.mp4").map { thumbnail in
                    thumbnail.withUnsafeBytes {
                        FrameIndex.Entry(
                            hash: FrameHash.of($0), fingerprint: Fingerprint(luma: $0), lumaMean: 0, lumaDeviation: 0,
                            change: 0)
                    }
                })
            try await body(bench)
        }
    }

    func recipe(_ codec: CodecFamily) -> VideoRecipe {
        let driver = EncoderCatalog.driver(for: codec)
        return VideoRecipe(
            codec: codec, preset: driver.preset(named: "ultrafast") ?? driver.defaultPreset, resolution: Self.size,
            frameRate: Self.rate, bitDepth: driver.bitDepth(sourceBitDepth: 8), color: ColorDescription())
    }

    func encode(_ range: FrameRange, keyFrames: [Int], _ outputs: [ChunkOutput]) async throws {
        try await ChunkEncoder(runner: runner, reader: reader, index: index).encode(
            range, keyFrames: keyFrames, outputs: outputs, in: folder.path, progress: { _ in })
    }

    func fingerprints(_ file: String) async throws -> [Fingerprint] {
        try await thumbnails(file).map { $0.withUnsafeBytes { Fingerprint(luma: $0) } }
    }

    private func thumbnails(_ file: String) async throws -> [[UInt8]] {
        let arguments =
            FFmpegCommand.preamble + FFmpegCommand.input(folder(file))
            + ["-vf", Thumbnail.filters, "-fps_mode", "passthrough", "-f", "rawvideo", "pipe:1"]
        var assembler = FrameAssembler(frameBytes: Thumbnail.bytes)
        var frames: [[UInt8]] = []
        try await runner.run(ToolCommand(.ffmpeg, arguments, subject: file)) { bytes in
            assembler.append(bytes) { _, frame in frames.append(Array(frame)) }
        }
        return frames
    }
}
