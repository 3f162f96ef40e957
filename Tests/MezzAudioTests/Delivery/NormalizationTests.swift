import MezzAudio
import MezzCore
import Testing

@Suite("Rules for loudness")
struct NormalizationTests {
    private static func loudness(
        _ integrated: Double?, peak: Double? = -10, dialogue: Double? = nil, share: Double = 0
    ) -> Loudness {
        Loudness(
            integrated: integrated, range: 8, truePeak: peak,
            dialogue: DialogueLoudness(integrated: dialogue, range: 5, share: share))
    }

    @Test(
        "Netflix's rule goes by the dialogue where it fills 15%, else by the programme",
        arguments: [
            (0.15, LoudnessRule.Anchor.dialogue, -27.0), (0.9, .dialogue, -27), (0.149, .programme, -24),
            (0, .programme, -24),
        ])
    func anchor(_ share: Double, _ anchor: LoudnessRule.Anchor, _ target: Double) throws {
        let rule = try #require(LoudnessSpec.netflix.rule)
        let found = rule.anchor(of: Self.loudness(-25, dialogue: -30, share: share))
        #expect(found.anchor == anchor && found.goal == LoudnessRule.Goal(target, tolerance: 2))
    }

    @Test("without a search for dialogue the programme counts")
    func noDialogue() throws {
        let rule = try #require(LoudnessSpec.netflix.rule)
        #expect(rule.anchor(of: Loudness(integrated: -20, range: 1, truePeak: -3)).anchor == .programme)
    }

    @Test(
        "the gain reaches the target, pushes no peak over the limit and leaves silence alone",
        arguments: [
            (.netflix, loudness(-25, peak: -12, dialogue: -30, share: 0.5), 3, 3),
            (.netflix, loudness(-25, peak: -4, dialogue: -30, share: 0.5), 2, 3),
            (.netflix, loudness(-30, peak: -20, dialogue: -35, share: 0.1), 6, 6),
            (.ebuR128, loudness(-26, peak: -9), 3, 3), (.ebuR128, loudness(-26, peak: -3), 2, 3),
            (.atscA85, loudness(-18, peak: 0), -6, -6), (.off, loudness(-18, peak: 3), 0, 0),
            (.netflix, loudness(nil, peak: nil), 0, 0), (.ebuR128, loudness(-26, peak: nil), 3, 3),
        ] as [(LoudnessSpec, Loudness, Double, Double)])
    func gain(_ spec: LoudnessSpec, _ measured: Loudness, _ gain: Double, _ wanted: Double) {
        let result = Normalization(measured, rule: spec.rule)
        #expect(abs(result.gain - gain) < 1e-9 && abs(result.wanted - wanted) < 1e-9)
        #expect(result.isPeakLimited == (gain < wanted))
    }

    @Test("another target moves whatever counts")
    func target() throws {
        let rule = try #require(LoudnessSpec.netflix.rule).targeting(-20)
        #expect(rule.programme.loudness == -20 && rule.dialogue?.loudness == -20 && rule.truePeak == -2)
    }

    @Test(
        "a track keeps or misses its rule",
        arguments: [
            (.ebuR128, loudness(-23.5), []), (.ebuR128, loudness(-23.54), []),
            (.ebuR128, loudness(-23.6), ["audio.loudness"]),
            (.ebuR128, loudness(-23, peak: -0.9), ["audio.true-peak"]), (.ebuR128, loudness(-23, peak: -1), []),
            (.atscA85, loudness(-22), []), (.atscA85, loudness(-21.9), ["audio.loudness"]),
            (.netflix, loudness(-20, dialogue: -28, share: 0.6), []),
            (.netflix, loudness(-20, dialogue: -28, share: 0.1), ["audio.loudness"]),
            (.netflix, loudness(-15, peak: 0, dialogue: -20, share: 0.6), ["audio.loudness", "audio.true-peak"]),
            (.atscA85, loudness(nil, peak: nil), []),
        ] as [(LoudnessSpec, Loudness, [String])])
    func findings(_ spec: LoudnessSpec, _ measured: Loudness, _ codes: [String]) throws {
        let rule = try #require(spec.rule)
        #expect(rule.findings(measured, stream: 1).map(\.code) == codes)
    }

    @Test("off asks for nothing")
    func off() {
        #expect(LoudnessSpec.off.rule == nil)
        #expect(Normalization(Self.loudness(-18), rule: nil).gain == 0)
    }
}
