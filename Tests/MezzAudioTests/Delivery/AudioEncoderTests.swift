import Foundation
import MezzAudio
import MezzCore
import MezzMedia
import MezzTestKit
import Testing

@Suite("Encoding sound", .timeLimit(.minutes(2)))
struct AudioEncoderTests {
    /// A voice-like programme: a tone whose level comes and goes.
    private static func programme(level: Double, seconds: Double = 6) -> String {
        "aevalsrc=\(level)*sin(2*PI*440*t)*(0.6+0.4*sin(2*PI*0.7*t)):s=48000:c=stereo:d=\(seconds)"
    }

    @Test("a quiet programme is raised to the target, measured after the decode")
    func quiet() async throws {
        let (_, encoded) = try await Self.encode(Self.programme(level: 0.022), seconds: 6)
        #expect(abs((encoded.source.integrated ?? 0) + 35) < 3)
        #expect(abs((encoded.delivered.integrated ?? 0) + 24) < 0.5)
        #expect((encoded.delivered.truePeak ?? 0) <= -2)
        #expect(encoded.findings.isEmpty)
    }

    @Test("a hot programme is lowered to the target")
    func hot() async throws {
        let (_, encoded) = try await Self.encode(Self.programme(level: 1), seconds: 6)
        #expect((encoded.source.truePeak ?? -9) > -0.5)
        #expect(abs((encoded.delivered.integrated ?? 0) + 24) < 0.5)
        #expect((encoded.delivered.truePeak ?? 0) <= -2)
    }

    @Test("peaks keep their limit where the target cannot be reached, and a finding says so")
    func peaks() async throws {
        // Clicks of full scale over a quiet tone.
        let source = "aevalsrc=0.01*sin(2*PI*300*t)+0.98*lt(mod(t\\,1)\\,0.0005)*sin(2*PI*2000*t):s=48000:c=stereo:d=6"
        let (_, encoded) = try await Self.encode(source, seconds: 6)
        #expect((encoded.delivered.truePeak ?? 0) <= -2)
        #expect((encoded.delivered.integrated ?? 0) < -24.5)
        #expect(encoded.findings.map(\.code) == ["audio.peak-limited-gain"])
    }

    @Test("silence stays silent, and a finding says so")
    func silence() async throws {
        let (_, encoded) = try await Self.encode("anullsrc=r=48000:cl=stereo:d=2", seconds: 2)
        #expect(encoded.gain == 0 && encoded.delivered.integrated == nil)
        #expect(encoded.findings.map(\.code) == ["audio.silent"])
    }

    @Test(
        "the track lasts as long as the picture, whether the sound is longer or shorter", arguments: [0.5, 2.0, 3.003])
    func duration(_ seconds: Double) async throws {
        let (samples, _) = try await Self.encode(Self.programme(level: 0.1, seconds: 2), seconds: seconds)
        // AAC frames hold 1024 samples; the last one may be padded.
        #expect(abs(samples.count - Int((seconds * 48000).rounded())) < 1024)
    }

    @Test("an impulse stays on its picture, whenever the sound starts", arguments: [0, 0.25, -0.25, 1.001, -0.6])
    func sync(_ start: Double) async throws {
        // The impulse stands one second into the sound, so at one second and the start on the picture's clock.
        let source = "aevalsrc=0.5*between(t\\,1\\,1.002)*sin(2*PI*1000*(t-1)):s=48000:c=stereo:d=2"
        let (samples, _) = try await Self.encode(source, seconds: 3, start: start)
        let peak = samples.indices.max { abs(samples[$0]) < abs(samples[$1]) } ?? 0
        let expected = Int((1.001 + start) * 48000)
        #expect(abs(peak - expected) < 1024, "\(peak) is not \(expected)")
    }

    @Test("sound of another rate and layout becomes 48 kHz stereo", arguments: ["mono", "5.1"])
    func layouts(_ layout: String) async throws {
        let source = "aevalsrc=0.1*sin(2*PI*440*t):s=44100:d=2,aformat=channel_layouts=\(layout)"
        let (samples, encoded) = try await Self.encode(source, seconds: 2, channels: layout == "5.1" ? 6 : 1)
        #expect(abs(samples.count - 96000) < 1024)
        #expect(abs((encoded.delivered.integrated ?? 0) + 24) < 0.6)
    }

    @Test("two runs give the same bytes")
    func repeatable() async throws {
        try await TestFolder.with { folder in
            let runner = try Self.runner()
            let path = try await Self.source(Self.programme(level: 0.1, seconds: 1), in: folder)
            for name in ["a.mp4", "b.mp4"] {
                _ = try await AudioEncoder(runner: runner).encode(
                    try Self.track(), recipe: AudioRecipe(seconds: 1), stream: "a", into: name, in: folder.path
                ) { _ in path }
            }
            let (a, b) = (try folder.data("a.mp4"), try folder.data("b.mp4"))
            #expect(a == b)
        }
    }

    /// - Returns: The first channel after the decode, and what the encoder said.
    private static func encode(
        _ source: String, seconds: Double, start: Double = 0, channels: Int = 2
    ) async throws -> (samples: [Float], encoded: EncodedAudio) {
        try await TestFolder.with { folder in
            let runner = try Self.runner()
            let path = try await Self.source(source, in: folder)
            let encoded = try await AudioEncoder(runner: runner).encode(
                try Self.track(start: start, channels: channels), recipe: AudioRecipe(seconds: seconds), stream: "a",
                into: "out.mp4",
                in: folder.path
            ) { _ in path }
            let data = try await runner.collect(
                ToolCommand(
                    .ffmpeg,
                    FFmpegCommand.preamble + FFmpegCommand.input(folder("out.mp4"))
                        + ["-af", "pan=mono|c0=c0", "-ar", "48000", "-f", "f32le", "pipe:1"], subject: "out.mp4"))
            let samples = data.withUnsafeBytes { bytes in
                (0..<bytes.count / 4).map { bytes.loadUnaligned(fromByteOffset: $0 * 4, as: Float.self) }
            }
            return (samples, encoded)
        }
    }

    private static func source(_ graph: String, in folder: TestFolder) async throws -> String {
        try await MediaMaker(in: folder).make("source.wav", ["-f", "lavfi", "-i", graph, "-c:a", "pcm_s24le"])
    }

    private static func track(start: Double = 0, channels: Int = 2) throws -> TrackSource {
        try TrackSource(
            parts: [TrackSource.Part(stream: 0, channels: channels, startSeconds: start)], speakers: nil, place: "test")
    }

    private static func runner() throws -> ToolRunner {
        let ffmpeg = FoundTool(tool: .ffmpeg, path: try TestTools().ffmpeg, version: "test", features: ["aac"])
        return ToolRunner(tools: ToolSet([ffmpeg]))
    }
}
