import MezzCore
import MezzText
import Testing

@Suite("Times of text")
struct TimingTests {
    private func text(_ times: [(Int, Int)]) -> TimedText {
        TimedText(cues: times.map { TextCue(start: $0, end: $1, pieces: [.run(TextRun("x"))]) })
    }

    @Test("25 to 23.976 is 1001/960, exactly")
    func rate() throws {
        let film = try #require(Rational(24000, 1001))
        let factor = try #require(TextTiming.factor(from: Rational(25), to: film))
        #expect(factor == Rational(1001, 960))
        let there = TextTiming(factor: factor)
        let back = TextTiming(factor: try #require(Rational(960, 1001)))
        let times = [(0, 1), (40, 960), (960, 1920), (3_600_000, 7_200_000), (9_999_999, 10_000_000)]
        let moved = there.apply(to: text(times)).text
        #expect(moved.cues.map(\.start) == [0, 42, 1001, 3_753_750, 10_427_082])
        #expect(moved.cues.map(\.end) == [1, 1001, 2002, 7_507_500, 10_427_083])
        let again = back.apply(to: moved).text
        for (cue, (start, end)) in zip(again.cues, times) {
            #expect(abs(cue.start - start) <= 1 && abs(cue.end - end) <= 1)
        }
        #expect(TextTiming.factor(from: Rational(0), to: Rational(25)) == nil)
    }

    @Test("an offset may push cues out before the picture, or partly")
    func offset() throws {
        let timing = TextTiming(offset: try #require(Rational(-3, 2)))
        let (moved, findings) = timing.apply(to: text([(0, 1500), (1000, 2000), (1500, 2500)]))
        #expect(moved.cues.map(\.start) == [0, 0])
        #expect(moved.cues.map(\.end) == [500, 1000])
        #expect(findings.map(\.code) == ["text.cue.early", "text.cue.cut"])
    }

    @Test("text after the end of the picture is cut or left out")
    func end() {
        let (cut, findings) = TextTiming(duration: 2000).apply(to: text([(0, 2000), (1000, 3000), (2000, 3000)]))
        #expect(cut.cues.map(\.end) == [2000, 2000])
        #expect(findings.map(\.code) == ["text.cue.cut", "text.cue.late"])
        #expect(findings.map(\.severity) == [.warning, .error])
    }

    @Test("a forced track takes the forced cues alone, or all where none is marked")
    func forced() throws {
        var texts = text([(0, 1000), (1000, 2000)])
        let conversion = TextConversion(language: "de", isForced: true)
        var reading = TextReading(text: texts, format: .vtt, findings: [])
        #expect(conversion.apply(to: reading).text.cues.count == 2)
        texts.cues[1].isForced = true
        reading = TextReading(text: texts, format: .ttml, findings: [])
        let result = conversion.apply(to: reading).text
        #expect(result.cues.map(\.start) == [1000])
        #expect(result.isForced && result.language == "de")
    }
}
