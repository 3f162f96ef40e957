import Foundation
import MezzAudio
import MezzCore
import MezzMedia
import MezzTestKit
import Testing

@Suite("Loudness")
struct LoudnessTests {
    @Test(
        "the gain reaches the target, but pushes no peak over the limit, and leaves silence alone",
        arguments: [
            (-24, -10, 0), (-30, -20, 6), (-14, -1, -10), (-35, -30, 11), (-35, -8, 6), (-30, -2, 0), (-30, 0, -2),
            (-24, nil, 0), (-40, nil, 16), (nil, nil, 0), (nil, -3, 0),
        ] as [(Double?, Double?, Double)])
    func gain(_ integrated: Double?, _ peak: Double?, _ expected: Double) {
        let measured = Loudness(integrated: integrated, range: 5, truePeak: peak)
        #expect(abs(LoudnessTarget().gain(for: measured) - expected) < 1e-9)
    }

    @Test("the target is another where another is asked for")
    func target() {
        let measured = Loudness(integrated: -23, range: 5, truePeak: -6)
        #expect(LoudnessTarget(integrated: -16, truePeak: -1).gain(for: measured) == 5)
    }

    static let recorded = """
        [Parsed_ebur128_0 @ 0x55] Summary:

          Integrated loudness:
            I:         INTEGRATED LUFS
            Threshold: -33.3 LUFS

          Loudness range:
            LRA:         4.2 LU
            Threshold: -43.2 LUFS
            LRA low:   -26.0 LUFS
            LRA high:  -21.8 LUFS

          True peak:
            Peak:       PEAK dBFS
        """

    @Test(
        "FFmpeg's summary is read, silence and digital silence too",
        arguments: [
            ("-23.1", "-3.4", -23.1, -3.4), ("-70.0", "-inf", nil, nil), ("-70.0", "-91.2", nil, -91.2),
            ("-69.8", "0.3", -69.8, 0.3), ("-inf", "-inf", nil, nil), ("nan", "nan", nil, nil),
        ] as [(String, String, Double?, Double?)])
    func summary(_ integrated: String, _ peak: String, _ loudness: Double?, _ truePeak: Double?) async throws {
        let text = Self.recorded.replacingOccurrences(of: "INTEGRATED", with: integrated)
            .replacingOccurrences(of: "PEAK", with: peak)
        let measured = try await Self.measure(printing: text)
        #expect(measured == Loudness(integrated: loudness, range: 4.2, truePeak: truePeak))
    }

    @Test("no summary is an error", arguments: ["", "Summary:", "I: -23.0 LUFS", "[x] Summary:\n  I:  x LUFS"])
    func noSummary(_ text: String) async {
        await #expect(throws: Failure.self) { try await Self.measure(printing: text) }
    }

    /// What the meter reads when FFmpeg prints `text` to standard error.
    private static func measure(printing text: String) async throws -> Loudness {
        try await TestFolder.with { folder in
            let path = try folder.write(Data("#!/bin/sh\ncat >&2 <<'END'\n\(text)\nEND\n".utf8), to: "ffmpeg")
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
            let tool = FoundTool(tool: .ffmpeg, path: path, version: "0", features: [])
            return try await LoudnessMeter(runner: ToolRunner(tools: ToolSet([tool])))
                .measure("film.mov", stream: 1, filters: [])
        }
    }
}
