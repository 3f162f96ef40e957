import MezzCore
import MezzText
import Testing

@Suite("Writing text")
struct WriterTests {
    private func cue(_ text: String, _ start: Int = 0, _ end: Int = 1000, id: String? = nil) -> TextCue {
        TextCue(id: id, start: start, end: end, pieces: [.run(TextRun(text))])
    }

    private func written(_ text: TimedText, _ target: TextOutput) -> String {
        String(decoding: target.write(text).bytes, as: UTF8.self)
    }

    @Test("IMSC names its profile, its language and media time")
    func head() {
        let text = written(TimedText(cues: [cue("x")], language: "pt-BR", isForced: true), .ttml)
        #expect(text.contains("ttp:contentProfiles=\"http://www.w3.org/ns/ttml/profile/imsc1.1/text\""))
        #expect(text.contains("xml:lang=\"pt-BR\""))
        #expect(text.contains("<body itts:forcedDisplay=\"true\">"))
        #expect(text.contains("begin=\"00:00:00.000\" end=\"00:00:01.000\""))
        #expect(!written(TimedText(cues: [cue("x")], language: "\"><evil/>"), .ttml).contains("evil"))
    }

    @Test("what is no character and what is markup cannot leave a cue", arguments: TextOutput.allCases)
    func escaping(_ target: TextOutput) throws {
        let evil = "a\u{0}b\u{1B}[2J --> \u{FFFE}</p><c></tt>&amp;\r\n\nNOTE"
        let ids = ["NOTE x", "a --> b", "x\ny", "", "\u{7}", "ok"]
        let cues = ids.enumerated().map { cue(evil, $0 * 1000, $0 * 1000 + 1000, id: $1) }
        let bytes = target.write(TimedText(cues: cues, language: "en")).bytes
        let back = try TextReader.parse(bytes, as: target == .vtt ? .vtt : .ttml, place: "x")
        #expect(back.text.cues.map(\.text) == Array(repeating: "ab[2J --> </p><c></tt>&amp;  NOTE", count: 6))
        #expect(back.codes(.error).isEmpty)
    }

    @Test("cues that cannot be shown are left out and the others sorted", arguments: TextOutput.allCases)
    func order(_ target: TextOutput) throws {
        let cues = [cue("c", 3000, 4000), cue("back", 2000, 1000), cue(" \n", 0, 1000), cue("a", 1000, 2000)]
        let bytes = target.write(TimedText(cues: cues)).bytes
        let back = try TextReader.parse(bytes, as: target == .vtt ? .vtt : .ttml, place: "x")
        #expect(back.text.cues.map(\.text) == ["a", "c"])
    }

    @Test("an empty line within a cue does not end it")
    func emptyLine() throws {
        let cue = TextCue(
            start: 0, end: 1000, pieces: [.run(TextRun("a")), .lineBreak, .lineBreak, .run(TextRun("b"))])
        let back = try TextReader.parse(TextOutput.vtt.write(TimedText(cues: [cue])).bytes, as: .vtt, place: "x")
        #expect(back.text.cues.map(\.lines) == [["a", "\u{A0}", "b"]])
    }

    @Test("what WebVTT and IMSC cannot carry is said")
    func losses() {
        var style = TextStyle()
        style.size = 8
        style.voice = "Ann"
        var forced = TextCue(start: 0, end: 1, pieces: [.run(TextRun("x", style: style))])
        forced.isForced = true
        let text = TimedText(cues: [forced, cue("y")], language: "en")
        #expect(Set(TextOutput.vtt.write(text).findings.map(\.code)) == ["text.lost.look", "text.lost.forced"])
        #expect(TextOutput.ttml.write(text).findings.map(\.code) == ["text.lost.voice"])
    }

    @Test("a suffix names the target")
    func suffix() {
        #expect(TextOutput(path: "a/b.VTT") == .vtt)
        #expect(TextOutput(path: "a.ttml") == .ttml)
        #expect(TextOutput(path: "/dev/null") == nil)
    }
}
