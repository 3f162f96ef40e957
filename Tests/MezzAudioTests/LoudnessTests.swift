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
        #expect(abs(Normalization(measured, rule: .standard).gain - expected) < 1e-9)
    }

    @Test("the target is another where another is asked for")
    func target() {
        let measured = Loudness(integrated: -23, range: 5, truePeak: -6)
        #expect(Normalization(measured, rule: LoudnessRule.standard.targeting(-16)).gain == 4)
    }

    @Test(
        "a tool that writes something else than samples is an error",
        arguments: ["", "RIFF", "no WAVE at all, but long enough"])
    func noSamples(_ text: String) async {
        await #expect(throws: Failure.self) { try await Self.measure(printing: text) }
    }

    /// What the meter reads when FFmpeg writes `text`.
    private static func measure(printing text: String) async throws -> Loudness {
        try await TestFolder.with { folder in
            let path = try folder.write(Data("#!/bin/sh\nprintf '%s' '\(text)'\n".utf8), to: "ffmpeg")
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
            let tool = FoundTool(tool: .ffmpeg, path: path, version: "0", features: [])
            return try await LoudnessMeter(runner: ToolRunner(tools: ToolSet([tool])))
                .measure("film.mov", stream: 1)
        }
    }
}
