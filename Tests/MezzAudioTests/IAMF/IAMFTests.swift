import Foundation
import MezzAudio
import MezzCore
import MezzMedia
import MezzTestKit
import Testing

@Suite("IAMF", .timeLimit(.minutes(5)))
struct IAMFTests {
    /// Loudspeakers in the order of a WAVE file's mask.
    private static let layouts: [(layout: ImmersiveLayout, mask: UInt32, names: [String])] = [
        (.sevenOneFour, 0x2D63F, ["FL", "FR", "FC", "LFE", "BL", "BR", "SL", "SR", "TFL", "TFR", "TBL", "TBR"]),
        (.fiveOneFour, 0x2D60F, ["FL", "FR", "FC", "LFE", "SL", "SR", "TFL", "TFR", "TBL", "TBR"]),
        (.fiveOne, 0x60F, ["FL", "FR", "FC", "LFE", "SL", "SR"]),
        (.stereo, 0x3, ["FL", "FR"]),
    ]

    /// A tone in each channel, each 2 dB under the one before; on the grid of 24 bits, so that FLAC keeps it exactly. A
    /// tone of 1000 Hz would repeat every 192 bytes, which FFmpeg takes for an MPEG transport stream.
    private static func wave(_ channels: Int, mask: UInt32) -> Signal {
        let sound = (0..<channels).map { number in
            Make.tone(-8 - 2 * Double(number), seconds: 1.01, hertz: 997).map { ($0 * 8_388_608).rounded() / 8_388_608 }
        }
        return Signal(channels: sound, mask: mask)
    }

    /// The loudspeakers of each substream, in the order that IAMF 1.1 prescribes.
    private static func substreams(_ names: [String]) -> [[String]] {
        [["FL", "FR"], ["SL", "SR"], ["BL", "BR"], ["TFL", "TFR"], ["TBL", "TBR"], ["FC"], ["LFE"]]
            .filter { $0.allSatisfy(names.contains) }
    }

    /// Samples of one stream of a file, interleaved, by FFmpeg.
    private static func samples(_ path: String, stream: Int) async throws -> [Float] {
        let data = try await Signal.runner().collect(
            ToolCommand(
                .ffmpeg,
                [
                    "-v", "error", "-i", "file:" + path, "-map", "0:\(stream)", "-c:a", "pcm_f32le", "-f", "f32le",
                    "pipe:1",
                ],
                subject: path))
        return data.withUnsafeBytes { bytes in
            (0..<bytes.count / 4).map { bytes.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self) }
        }
    }

    private static func encode(
        _ number: Int, _ codec: IAMFCodec, _ name: String, in folder: TestFolder
    ) async throws -> IAMFDelivery {
        let known = layouts[number]
        let source = try folder.write(wave(known.names.count, mask: known.mask).wave, to: "in.wav")
        return try await IAMFEncoder(runner: Signal.runner())
            .encode(source, layout: known.layout, codec: codec, into: folder(name), in: folder.path)
    }

    @Test("FLAC substreams hold every sample of every channel", arguments: 0..<4, ["iamf", "mp4"])
    func lossless(_ number: Int, _ kind: String) async throws {
        try await TestFolder.with { folder in
            let known = Self.layouts[number]
            _ = try await Self.encode(number, .flac, "out." + kind, in: folder)
            let source = Self.wave(known.names.count, mask: known.mask).channels
            for (stream, speakers) in Self.substreams(known.names).enumerated() {
                let decoded = try await Self.samples(folder("out." + kind), stream: stream)
                for (place, speaker) in speakers.enumerated() {
                    let channel = stride(from: place, to: decoded.count, by: speakers.count).map { decoded[$0] }
                    let isSame = channel == source[try #require(known.names.firstIndex(of: speaker))]
                    #expect(isSame, "\(speaker)")
                }
            }
        }
    }

    @Test("Opus substreams keep layout, length and each channel's level", arguments: 0..<4, ["iamf", "mp4"])
    func lossy(_ number: Int, _ kind: String) async throws {
        try await TestFolder.with { folder in
            let known = Self.layouts[number]
            _ = try await Self.encode(number, .opus, "out." + kind, in: folder)
            for (stream, speakers) in Self.substreams(known.names).enumerated() {
                let decoded = try await Self.samples(folder("out." + kind), stream: stream)
                // FFmpeg does not tell where in the last frame of 20 ms the sound ends.
                #expect(48_480...48_480 + 960 ~= decoded.count / speakers.count)
                for (place, speaker) in speakers.enumerated() {
                    let number = try #require(known.names.firstIndex(of: speaker))
                    let middle = stride(from: place, to: decoded.count, by: speakers.count).map { decoded[$0] }[
                        4800..<43200]
                    let power = middle.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(middle.count)
                    #expect(abs(10 * log10(power) - (-11.01 - 2 * Double(number))) < 0.5, "\(speaker)")
                }
            }
        }
    }

    @Test("the mix presentation tells what was measured")
    func loudness() async throws {
        try await TestFolder.with { folder in
            let delivery = try await Self.encode(2, .opus, "out.iamf", in: folder)
            let own = try await LoudnessMeter(runner: Signal.runner())
                .survey(folder("in.wav"), stream: 0, seeksDialogue: false).loudness
            #expect(delivery.loudness == own && delivery.stereo != own)
            // The bytes after the two layouts: information type 1 (true peak), then loudness in 1/256 LU, big-endian.
            let bytes = Array(try folder.data("out.iamf").prefix(400))
            for measured in [delivery.stereo, delivery.loudness] {
                let values = [measured.integrated, measured.samplePeak, measured.truePeak].compactMap(\.self)
                let words = values.map { Int(($0 * 256).rounded()) }
                let expected: [UInt8] =
                    [1] + words.flatMap { [UInt8(truncatingIfNeeded: $0 >> 8), UInt8(truncatingIfNeeded: $0)] }
                #expect(Self.contains(bytes, expected), "\(words)")
            }
        }
    }

    /// Whether the bytes stand somewhere, each number at most 1 off: the writer cuts off what it cannot hold.
    private static func contains(_ bytes: [UInt8], _ wanted: [UInt8]) -> Bool {
        func number(_ bytes: ArraySlice<UInt8>, _ place: Int) -> Int {
            Int(
                Int16(
                    truncatingIfNeeded: Int(bytes[bytes.startIndex + place]) << 8
                        | Int(bytes[bytes.startIndex + place + 1])))
        }
        return (0...bytes.count - wanted.count).contains { start in
            let part = bytes[start..<start + wanted.count]
            return part.first == wanted.first
                && stride(from: 1, to: wanted.count, by: 2).allSatisfy {
                    abs(number(part, $0) - number(wanted[...], $0)) <= 1
                }
        }
    }

    @Test("silence has a loudness that can be written")
    func silence() async throws {
        try await TestFolder.with { folder in
            let source = try folder.write(Signal(Make.silence(1)).wave, to: "in.wav")
            let delivery = try await IAMFEncoder(runner: Signal.runner())
                .encode(source, layout: .stereo, codec: .opus, into: folder("out.iamf"), in: folder.path)
            #expect(delivery.loudness.integrated == nil)
            // FFmpeg stops reading where less is left than its longest header takes, and silence is short.
            #expect(try await Self.samples(folder("out.iamf"), stream: 0).count >= 2 * 40_000)
        }
    }

    @Test("FLAC says when it cuts off what is over full scale; Opus keeps it", arguments: [IAMFCodec.flac, .opus])
    func clipped(_ codec: IAMFCodec) async throws {
        try await TestFolder.with { folder in
            let source = try folder.write(Signal(Make.tone(3, seconds: 1, hertz: 997)).wave, to: "in.wav")
            let delivery = try await IAMFEncoder(runner: Signal.runner())
                .encode(source, layout: .stereo, codec: codec, into: folder("out.iamf"), in: folder.path)
            #expect(delivery.findings.map(\.code) == (codec == .flac ? ["adm.iamf.clipped"] : []))
            let peak = try await Self.samples(folder("out.iamf"), stream: 0).map(abs).max() ?? 0
            #expect(codec == .flac ? peak <= 1 : peak > 1.3)
        }
    }

    @Test("sound with other channels than the layout's is refused")
    func channels() async throws {
        try await TestFolder.with { folder in
            let source = try folder.write(Signal(Make.silence(0.1)).wave, to: "in.wav")
            let failure = await #expect(throws: Failure.self) {
                try await IAMFEncoder(runner: Signal.runner())
                    .encode(source, layout: .fiveOne, into: folder("out.iamf"), in: folder.path)
            }
            #expect(failure?.status == .input)
        }
    }

    @Test("what this FFmpeg cannot write is unavailable: AAC in IAMF, or IAMF at all")
    func unavailable() async throws {
        try await TestFolder.with { folder in
            let failure = await #expect(throws: Failure.self) { try await Self.encode(3, .aac, "out.iamf", in: folder) }
            #expect(failure?.status == .unavailable && failure?.remedy.contains("opus") == true)
            let program = try folder.write(Data("#!/bin/sh\necho ' E  mp4  MP4'\n".utf8), to: "ffmpeg")
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
            let old = ToolRunner(tools: ToolSet([FoundTool(tool: .ffmpeg, path: program, version: "5", features: [])]))
            let second = await #expect(throws: Failure.self) {
                try await IAMFEncoder(runner: old)
                    .encode(folder("in.wav"), layout: .stereo, into: folder("o.iamf"), in: folder.path)
            }
            #expect(second?.status == .unavailable && second?.what.contains("IAMF") == true)
        }
    }
}
