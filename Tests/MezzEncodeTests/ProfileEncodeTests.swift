import Foundation
import MezzCore
import MezzEncode
import MezzMedia
import MezzPixels
import MezzTestKit
import Testing

@Suite("What profiles ask of the encoders", .timeLimit(.minutes(3)))
struct ProfileEncodeTests {
    private static let range = FrameRange(first: 0, end: 40)

    @Test(
        "every bitstream profile is the one in the stream",
        arguments: [
            (CodecFamily.avc, BitstreamProfile.constrainedBaseline, 8, "Constrained Baseline"),
            (.avc, .main, 8, "Main"),
            (.avc, .high, 8, "High"), (.hevc, .main, 8, "Main"), (.hevc, .main10, 10, "Main 10"),
            (.av1, .main, 10, "Main"),
        ])
    func profiles(_ codec: CodecFamily, _ profile: BitstreamProfile, _ bitDepth: Int, _ name: String) async throws {
        try await Bench.with { bench in
            var recipe = bench.recipe(codec)
            (recipe.profile, recipe.bitDepth) = (profile, bitDepth)
            // The fastest preset uses nothing that Main does not have.
            recipe.preset = codec == .av1 ? "12" : "veryfast"
            try await bench.encode(Self.range, keyFrames: [0], [ChunkOutput(recipe: recipe, crf: 30, file: "a.mp4")])
            let facts = try await StreamFacts.read(bench.folder("a.mp4"), codec: codec, runner: bench.runner)
            #expect(facts.profile == name)
        }
    }

    @Test(
        "two passes hit their bitrate nearer than one, and give the same bytes again",
        arguments: [CodecFamily.avc, .hevc])
    func twoPasses(_ codec: CodecFamily) async throws {
        try await Bench.with { bench in
            func bits(_ isTwoPass: Bool, _ file: String) async throws -> Double {
                var recipe = bench.recipe(codec)
                recipe.preset = "veryfast"
                (recipe.targetBps, recipe.isTwoPass) = (120_000, isTwoPass)
                let output = ChunkOutput(recipe: recipe, crf: 0, file: file)
                try await bench.encode(FrameRange(first: 0, end: 72), keyFrames: [0], [output])
                let packets = try await PacketList.read(
                    bench.folder(file), frames: 72, scale: TimeScale(frameRate: Bench.rate), runner: bench.runner)
                return Double(packets.bytes.reduce(0, +)) * 8 / Bench.rate.seconds(ofFrame: 72)
            }
            let (one, two) = (try await bits(false, "one.mp4"), try await bits(true, "two.mp4"))
            #expect(abs(two / 120_000 - 1) < 0.1, "\(two)")
            #expect(abs(two / 120_000 - 1) < abs(one / 120_000 - 1), "\(one), \(two)")
            _ = try await bits(true, "again.mp4")
            #expect(try bench.folder.data("two.mp4") == bench.folder.data("again.mp4"))
            #expect(!bench.folder.names().contains { $0.hasPrefix("0.") })
        }
    }

    @Test("beside one of two passes a CRF encode is what it is alone")
    func mixed() async throws {
        try await Bench.with { bench in
            var aimed = bench.recipe(.avc)
            (aimed.targetBps, aimed.isTwoPass) = (100_000, true)
            let plain = bench.recipe(.hevc)
            try await bench.encode(
                Self.range, keyFrames: [0],
                [
                    ChunkOutput(recipe: aimed, crf: 0, file: "aimed.mp4"),
                    ChunkOutput(recipe: plain, crf: 30, file: "plain.mp4"),
                ])
            try await bench.encode(
                Self.range, keyFrames: [0], [ChunkOutput(recipe: plain, crf: 30, file: "alone.mp4")])
            #expect(try bench.folder.data("plain.mp4") == bench.folder.data("alone.mp4"))
        }
    }

    @Test("an HDR master's codecs get two pictures from one decode: its own, and a tone-mapped one")
    func toneMapped() async throws {
        try await Bench.with { bench in
            let pq = ColorDescription(primaries: "bt2020", transfer: "smpte2084", matrix: "bt2020nc", range: "tv")
            var (standard, high) = (bench.recipe(.avc), bench.recipe(.hevc))
            standard.toneMap = try #require(ToneMap(of: pq))
            standard.color = ToneMap.result
            (high.color, high.bitDepth, high.profile) = (pq, 10, .main10)
            try await bench.encode(
                Self.range, keyFrames: [0],
                [
                    ChunkOutput(recipe: standard, crf: 10, file: "standard.mp4"),
                    ChunkOutput(recipe: high, crf: 10, file: "high.mp4"),
                ])
            let (sdr, hdr) = (try await bench.fingerprints("standard.mp4"), try await bench.fingerprints("high.mp4"))
            #expect(sdr.count == 40 && hdr.count == 40)
            for number in 0..<40 {
                let source = bench.index.entries[number].fingerprint
                // Thumbnails are made of tagged and untagged luma alike, but for the matrix.
                #expect(hdr[number].distance(to: source) < 12)
                #expect(sdr[number].distance(to: source) > 18, "another picture")
            }
        }
    }
}
