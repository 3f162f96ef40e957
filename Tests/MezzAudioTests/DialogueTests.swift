import Foundation
import MezzAudio
import MezzTestKit
import Testing

@Suite("Dialogue", .timeLimit(.minutes(4)))
struct DialogueTests {
    /// Share of a survey's length that is of this kind.
    private static func share(_ survey: SoundSurvey, _ kind: SoundSegment.Kind) -> Double {
        survey.segments.filter { $0.kind == kind }.reduce(0) { $0 + $1.end - $1.start } / survey.seconds
    }

    @Test("a made voice is speech, whatever its pitch", arguments: [90.0, 120, 160, 220])
    func voice(_ pitch: Double) async throws {
        let survey = try await Signal(Voice.speech(seconds: 20, pitch: pitch, seed: 3)).survey(seeksDialogue: true)
        #expect(Self.share(survey, .speech) > 0.8, "\(survey.segments)")
    }

    @Test("made music is not speech", arguments: 1...4)
    func music(_ seed: UInt64) async throws {
        let survey = try await Signal(Voice.music(seconds: 20, seed: seed)).survey(seeksDialogue: true)
        #expect(Self.share(survey, .speech) < 0.1 && Self.share(survey, .music) > 0.8, "\(survey.segments)")
        #expect(try #require(survey.loudness.dialogue).share < 0.15)
    }

    @Test("noise and tones are neither")
    func noise() async throws {
        for samples in [Make.noise(-20, seconds: 12), Make.tone(-20, seconds: 12)] {
            let survey = try await Signal(samples).survey(seeksDialogue: true)
            #expect(Self.share(survey, .speech) < 0.1)
        }
    }

    @Test("dialogue is measured where someone speaks, without the loud music around it")
    func gated() async throws {
        let (voice, music) = (Voice.speech(seconds: 20, pitch: 120, seed: 5), Voice.music(seconds: 20, seed: 2))
        let alone = try await Signal(voice).survey(seeksDialogue: true)
        let between = try await Signal(music.map { $0 * 3 } + voice + music.map { $0 * 3 }).survey(seeksDialogue: true)
        let (expected, dialogue) = (try #require(alone.loudness.dialogue), try #require(between.loudness.dialogue))
        let (wanted, found) = (try #require(expected.integrated), try #require(dialogue.integrated))
        #expect(abs(found - wanted) < 1.5)
        #expect(abs(dialogue.share - 1 / 3) < 0.06)
        #expect(try #require(between.loudness.integrated) > found + 3)
    }

    @Test("speech under music 10 dB quieter is found")
    func mixed() async throws {
        let voice = Voice.speech(seconds: 20, pitch: 130, seed: 7)
        let music = Voice.music(seconds: 20, seed: 3)
        let survey = try await Signal(zip(voice, music).map { $0 + 0.316 * $1 }).survey(seeksDialogue: true)
        #expect(Self.share(survey, .speech) > 0.6, "\(survey.segments)")
    }

    @Test("the centre channel is listened to before the others")
    func center() async throws {
        let voice = Voice.speech(seconds: 20, pitch: 120, seed: 9).map { $0 * 0.5 }
        let music = Voice.music(seconds: 20, seed: 4).map { $0 * 4 }
        let quiet = Make.silence(20)
        let mixed = Signal(channels: [music, music, voice, quiet, quiet, quiet], mask: Signal.fiveOne)
        #expect(Self.share(try await mixed.survey(seeksDialogue: true), .speech) > 0.8)
        let empty = Signal(channels: [voice, voice, quiet, quiet, quiet, quiet], mask: Signal.fiveOne)
        #expect(Self.share(try await empty.survey(seeksDialogue: true), .speech) > 0.8)
    }

    @Test("what is found does not depend on the level or the sample rate")
    func invariant() async throws {
        let base = Voice.speech(seconds: 15, pitch: 120, seed: 11)
        let first = try await Signal(base).survey(seeksDialogue: true)
        let quiet = try await Signal(base.map { $0 * 0.03 }).survey(seeksDialogue: true)
        let wide = zip(base, base.dropFirst() + [0]).flatMap { [$0, ($0 + $1) / 2] }
        let other = try await Signal(wide, sampleRate: 96_000).survey(seeksDialogue: true)
        #expect(abs(Self.share(first, .speech) - Self.share(quiet, .speech)) < 0.1)
        #expect(abs(Self.share(first, .speech) - Self.share(other, .speech)) < 0.1)
    }

    @Test("segments follow one another without holes from the first sample to the last")
    func cover() async throws {
        let survey = try await Signal(Make.silence(3.3) + Voice.speech(seconds: 5, pitch: 110, seed: 1)).survey(
            seeksDialogue: true)
        #expect(survey.segments.first?.start == 0)
        #expect(abs(try #require(survey.segments.last?.end) - 8.3) < 1e-9)
        for (left, right) in zip(survey.segments, survey.segments.dropFirst()) {
            #expect(left.end == right.start && left.kind != right.kind)
        }
    }
}

@Suite(
    "Dialogue in real recordings", .timeLimit(.minutes(2)),
    .enabled("no ../shared/media beside the checkout") { RealSound.areHere })
struct RealDialogueTests {
    @Test("a recorded dialogue is mostly speech, and a film without words is not")
    func recordings() async throws {
        let meter = LoudnessMeter(runner: try Signal.runner())
        let dialogue = try await meter.survey(RealSound.path("audio3d/dialog_clip_stereo.wav"), stream: 0)
        #expect(try #require(dialogue.loudness.dialogue).share > 0.6)
        let film = try await meter.survey(RealSound.path("clips/bbb_opening_480p24_aac51.mp4"), stream: 1)
        #expect(try #require(film.loudness.dialogue).share < 0.15)
    }
}

private enum RealSound {
    static func path(_ name: String) -> String {
        (ProcessInfo.processInfo.environment["MEZZ_TEST_MEDIA"] ?? TestTools.root + "/../shared/media") + "/" + name
    }

    static var areHere: Bool { FileManager.default.fileExists(atPath: path("audio3d/dialog_clip_stereo.wav")) }
}
