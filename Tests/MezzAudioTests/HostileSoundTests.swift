import Foundation
import MezzAudio
import MezzCore
import MezzMedia
import MezzTestKit
import Testing

@Suite("Sound that is not as it should be", .timeLimit(.minutes(3)))
struct HostileSoundTests {
    @Test("digital silence has neither loudness nor peaks, and a finding says so")
    func silence() async throws {
        let survey = try await Signal(Make.silence(5)).survey(seeksDialogue: true)
        let dialogue = DialogueLoudness(integrated: nil, range: 0, share: 0)
        #expect(survey.loudness == Loudness(integrated: nil, range: 0, truePeak: nil, dialogue: dialogue))
        #expect(survey.findings.map(\.code) == ["audio.silent"])
        #expect(survey.segments == [SoundSegment(kind: .silence, start: 0, end: 5)])
    }

    @Test("samples over full scale are measured as they are, and a finding says so")
    func clipped() async throws {
        let survey = try await Signal(Make.tone(6, seconds: 3)).survey()
        #expect(abs(try #require(survey.loudness.truePeak) - 6) < 0.2)
        #expect(survey.findings.map(\.code) == ["audio.clipped"])
    }

    @Test("samples that are no numbers count as silence and spoil nothing after them")
    func notNumbers() async throws {
        var samples = Make.tone(-23, seconds: 10)
        let bad: [Float] = [.nan, .infinity, -.infinity, .signalingNaN, .greatestFiniteMagnitude, -3e20]
        for (place, value) in bad.enumerated() { samples[9600 * place + 17] = value }
        let survey = try await Signal(samples).survey(seeksDialogue: true)
        #expect(abs(try #require(survey.loudness.integrated) + 23) < 0.1)
        #expect(try #require(survey.loudness.samplePeak) < -22)
        #expect(survey.findings.map(\.code) == ["audio.samples-spoiled"])
        #expect(survey.findings.first?.message.contains("12 samples") == true)
        let isFinite = survey.trace.energies.allSatisfy(\.isFinite)
        #expect(isFinite)
    }

    @Test("eight channels without labels are measured as 7.1, and a finding says so")
    func unlabelled() async throws {
        // Only what would be the low-frequency channel sounds.
        var channels = Array(repeating: Make.silence(4), count: 8)
        channels[3] = Make.tone(-10, seconds: 4)
        let survey = try await Signal(channels: channels, mask: 0).survey()
        #expect(survey.map.isAssumed && survey.map.text == "FL+FR+FC+LFE+BL+BR+SL+SR")
        #expect(survey.loudness.integrated == nil)
        #expect(survey.findings.map(\.code).contains("audio.layout-assumed"))
    }

    @Test("a count of channels without a usual layout weighs all alike")
    func seven() async throws {
        var channels = Array(repeating: Make.silence(4), count: 7)
        channels[6] = Make.tone(-20, seconds: 4)
        let survey = try await Signal(channels: channels, mask: 0).survey()
        #expect(survey.map.text == "?+?+?+?+?+?+?")
        #expect(abs(try #require(survey.loudness.integrated) + 23) < 0.1)
    }

    @Test("a file cut off within a sample is measured up to there")
    func truncated() async throws {
        try await TestFolder.with { folder in
            let data = Signal(Make.tone(-23, seconds: 10)).wave
            let path = try folder.write(data.prefix(data.count / 2 + 3), to: "cut.wav")
            let loudness = try await LoudnessMeter(runner: try Signal.runner()).measure(path, stream: 0)
            #expect(abs(try #require(loudness.integrated) + 23) < 0.1)
        }
    }

    @Test("less than a block has peaks but no loudness", arguments: [1, 100, 4_799, 12_000])
    func short(_ frames: Int) async throws {
        let survey = try await Signal(Array(repeating: 0.5, count: frames)).survey(seeksDialogue: true)
        #expect(survey.frames == frames)
        #expect(survey.loudness.integrated == nil && survey.loudness.range == 0)
        #expect(abs(try #require(survey.loudness.samplePeak) + 6.02) < 0.01)
    }

    @Test("no samples at all are an error")
    func empty() async throws {
        await #expect(throws: Failure.self) { try await Signal([]).survey() }
    }

    @Test("a file that is no sound is refused")
    func noSound() async throws {
        try await TestFolder.with { folder in
            let path = try folder.write(Data("no sound".utf8), to: "text.wav")
            let tracks = TrackList(runner: try Signal.runner())
            await #expect { try await tracks.read(path) } throws: { ($0 as? Failure)?.status == .input }
        }
    }

    @Test("channels that change on the way are measured in the first layout")
    func channelChange() async throws {
        try await TestFolder.with { folder in
            let maker = try MediaMaker(in: folder)
            for (name, layout) in [("a", "stereo"), ("b", "5.1")] {
                try await maker.make(
                    name + ".aac",
                    [
                        "-f", "lavfi", "-i", "sine=frequency=440:duration=3:sample_rate=48000", "-af",
                        "aformat=channel_layouts=\(layout)",
                    ]
                        + ["-c:a", "aac"])
            }
            let path = try folder.write(try folder.data("a.aac") + folder.data("b.aac"), to: "both.aac")
            let survey = try await LoudnessMeter(runner: try Signal.runner()).survey(path, stream: 0)
            #expect(survey.map.text == "FL+FR")
            #expect(abs(survey.seconds - 6) < 0.2)
            #expect(survey.loudness.integrated != nil)
        }
    }

    @Test("other rates are measured as they are", arguments: [8_000, 11_025, 22_050, 44_100, 96_000, 192_000])
    func rates(_ rate: Int) async throws {
        let samples = Make.tone(-23, seconds: 6, sampleRate: rate)
        let survey = try await Signal(samples, sampleRate: rate).survey(seeksDialogue: true)
        #expect(survey.sampleRate == rate)
        #expect(abs(try #require(survey.loudness.integrated) + 23) < 0.1)
        #expect(abs(try #require(survey.loudness.truePeak) + 23) < 0.2)
        #expect(survey.segments.last?.end == 6)
    }
}
