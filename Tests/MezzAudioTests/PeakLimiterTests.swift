import Foundation
import MezzAudio
import MezzMedia
import MezzTestKit
import Testing

@Suite("The peak limiter", .timeLimit(.minutes(2)))
struct PeakLimiterTests {
    /// Bursts over a quiet bed, whose peaks lie between the samples.
    private static let bursts: [Float] = (0..<384_000).map { place in
        let time = Double(place) / 48_000
        let burst = place % 24_000 < 2_400 ? 0.9 * sin(2 * .pi * 12_000 * time + .pi / 4) : 0
        return Float(burst + 0.02 * sin(2 * .pi * 300 * time))
    }

    @Test("holds true peaks under its ceiling after a gain of 12 dB, and moves nothing", arguments: [-1.0, -2, -6])
    func holds(_ ceiling: Double) async throws {
        let filters = ["volume=12dB:precision=float"] + PeakLimiter(ceiling: ceiling).filters(sampleRate: 48_000)
        let (before, after) = try await Self.measure(filters)
        #expect(try #require(before.loudness.truePeak) > -1)
        let peak = try #require(after.loudness.truePeak)
        #expect(peak <= ceiling && peak > ceiling - 1, "\(peak)")
        #expect(after.frames == before.frames)
    }

    @Test("leaves what is under its ceiling as it is")
    func leaves() async throws {
        let quieter = ["volume=-6dB:precision=float"]
        let (_, before) = try await Self.measure(quieter)
        let (_, after) = try await Self.measure(quieter + PeakLimiter(ceiling: -1).filters(sampleRate: 48_000))
        let (left, right) = (try #require(before.loudness.integrated), try #require(after.loudness.integrated))
        #expect(abs(left - right) < 0.05)
    }

    private static func measure(_ filters: [String]) async throws -> (before: SoundSurvey, after: SoundSurvey) {
        try await TestFolder.with { folder in
            let path = try folder.write(Signal(bursts).wave, to: "bursts.wav")
            let meter = LoudnessMeter(runner: try Signal.runner())
            return (
                try await meter.survey(path, stream: 0, seeksDialogue: false),
                try await meter.survey(path, stream: 0, filters: filters, seeksDialogue: false)
            )
        }
    }
}
