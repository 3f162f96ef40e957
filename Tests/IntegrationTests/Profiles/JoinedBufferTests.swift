import Foundation
import MezzAnalysis
import MezzCore
import MezzEncode
import MezzIngest
import MezzMedia
import MezzPipeline
import MezzQC
import MezzTestKit
import Testing

/// Titles of six shots with a random CRF each, encoded under a tight buffer and joined: behind a shot that emptied the
/// buffer the next one may find too little. With `MEZZ_BENCH=vbv` it makes 50 of them and prints what it took.
@Suite("The buffer of joined titles", .serialized, .timeLimit(.minutes(60)))
struct JoinedBufferTests {
    private static let isBench = ProcessInfo.processInfo.environment["MEZZ_BENCH"] == "vbv"
    private static let rounds = 6

    /// What one title took.
    private struct Outcome {
        let chunks: Int
        /// Chunks in which the joined stream first ran dry.
        let dry: Int
        /// Encodes that were made again.
        let encodes: Int
        let rounds: Int
        let isFixed: Bool
    }

    @Test("never runs dry after chunks were encoded again with what they find of it", .tags(.slow))
    func holds() async throws {
        var outcomes: [Outcome] = []
        for seed in 0..<(Self.isBench ? 50 : 2) {
            let codec: CodecFamily = seed % 2 == 0 ? .avc : .hevc
            let outcome = try await Self.title(codec, seed: UInt64(seed) + 1)
            #expect(outcome.isFixed, "\(codec) title of seed \(seed + 1)")
            if Self.isBench { print("title \(seed + 1), \(codec):", outcome) }
            outcomes.append(outcome)
        }
        guard Self.isBench else { return }
        let dry = outcomes.filter { $0.dry > 0 }
        print(
            "\(outcomes.count) titles, \(outcomes.reduce(0) { $0 + $1.chunks }) chunks: \(dry.count) ran dry, in",
            outcomes.reduce(0) { $0 + $1.dry }, "chunks at first;", outcomes.reduce(0) { $0 + $1.encodes },
            "encodes again, \(outcomes.map(\.rounds).max() ?? 0) rounds at most;",
            outcomes.count { !$0.isFixed }, "titles still run dry")
        #expect(!dry.isEmpty, "the titles are too easy")
    }

    private static func title(_ codec: CodecFamily, seed: UInt64) async throws -> Outcome {
        try await TestFolder.with { folder in
            var random = SeededDice(seed: seed)
            let bench = try await JoinedTitle(codec, in: folder, &random)
            var fixes: [Int: BufferFix] = [:]
            var dry = 0
            var encodes = 0
            for round in 0...rounds {
                let parts = try await bench.joined(fixes)
                let changes = BufferFix.changes(parts, known: fixes, codec: codec)
                if round == 0 { dry = changes.count }
                if changes.isEmpty || round == rounds {
                    return Outcome(
                        chunks: parts.count, dry: dry, encodes: encodes, rounds: round, isFixed: changes.isEmpty)
                }
                for chunk in changes.keys.sorted() { try await bench.encode(chunk, changes[chunk]) }
                encodes += changes.count
                fixes.merge(changes) { _, new in new }
            }
            return Outcome(chunks: 0, dry: dry, encodes: encodes, rounds: rounds, isFixed: false)
        }
    }
}

/// One title with its encodes.
private struct JoinedTitle {
    private static let rate = Rational(25)
    private static let sights = [
        "testsrc2=s=256x144:r=25", "mandelbrot=s=256x144:r=25:start_scale=2", "life=s=256x144:r=25:mold=10:ratio=0.3",
        "color=gray:s=256x144:r=25,noise=alls=60:allf=t", "color=navy:s=256x144:r=25,noise=alls=12:allf=t",
        "gradients=s=256x144:r=25:speed=0.05",
    ]

    private let folder: TestFolder
    private let runner: ToolRunner
    private let encoder: ChunkEncoder
    private let recipe: VideoRecipe
    private let crfs: [Double]
    private let chunks: [FrameRange]

    init(_ codec: CodecFamily, in folder: TestFolder, _ random: inout SeededDice) async throws {
        self.folder = folder
        let tools = try TestTools()
        runner = ToolRunner(
            tools: ToolSet([
                FoundTool(tool: .ffmpeg, path: tools.ffmpeg, version: "test", features: []),
                FoundTool(tool: .ffprobe, path: tools.ffprobe, version: "test", features: []),
            ]))
        var ranges: [FrameRange] = []
        var inputs: [String] = []
        for number in 0..<6 {
            let frames = Int.random(in: 25...60, using: &random)
            let first = ranges.last?.end ?? 0
            ranges.append(FrameRange(first: first, end: first + frames))
            let sight = Self.sights.randomElement(using: &random) ?? Self.sights[0]
            inputs.append("\(sight),trim=end_frame=\(frames),format=yuv420p[s\(number)]")
        }
        chunks = ranges
        crfs = ranges.map { _ in Double.random(in: 16...34, using: &random).rounded() }
        let graph = inputs.joined(separator: ";") + ";[s0][s1][s2][s3][s4][s5]concat=n=6:v=1"
        let path = try await MediaMaker(in: folder).make(
            "source.mkv", ["-filter_complex", graph, "-c:v", "ffv1", "-g", "1"])
        let video = try await Inspector(runner: runner).inspect(path).video
        let indexed = try await Indexer(runner: runner).index(path, video: video) { _ in }
        encoder = ChunkEncoder(
            runner: runner, reader: SourceReader(path: path, video: video, seek: indexed.seek), index: indexed.index)
        let rate = Int.random(in: 300...900, using: &random) * 1000
        recipe = VideoRecipe(
            codec: codec, preset: "veryfast", resolution: video.display, frameRate: video.frameRate, bitDepth: 8,
            color: video.color, level: "3.1", maximumBps: rate,
            bufferBits: rate / 1000 * Int.random(in: 800...1500, using: &random))
        for chunk in chunks.indices { try await encode(chunk, nil) }
    }

    func encode(_ chunk: Int, _ fix: BufferFix?) async throws {
        let range = chunks[chunk]
        try await encoder.encode(
            range, keyFrames: [range.first],
            outputs: [
                ChunkOutput(recipe: fix?.applied(to: recipe) ?? recipe, crf: crfs[chunk], file: "chunk-\(chunk).mp4")
            ], in: folder.path, progress: { _ in })
    }

    /// How each chunk of the joined stream passes through the buffer.
    func joined(_ fixes: [Int: BufferFix]) async throws -> [BufferPace.Part] {
        let packets = try await ChunkJoiner(runner: runner).join(
            chunks.enumerated().map { ("chunk-\($0).mp4", $1.count) }, codec: recipe.codec, frameRate: Self.rate,
            keyFrames: chunks.map(\.first), into: "joined.mp4", in: folder.path)
        return BufferPace(rate: recipe.maximumBps ?? 0, size: recipe.bufferBits ?? 0).parts(
            bytes: packets.decodeBytes, counts: chunks.map(\.count), frameSeconds: Self.rate.seconds(ofFrame: 1))
    }
}
