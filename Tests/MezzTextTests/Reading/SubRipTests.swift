import MezzCore
import MezzText
import Testing

@Suite("SubRip")
struct SubRipTests {
    @Test("times, names, lines and markup are read")
    func plain() throws {
        let reading = try Sample.srt(
            "1\r\n00:00:01,002 --> 00:00:03,004\r\n<i>Hello</i> <b>wo<u>rl</u>d</b>\r\nsecond\r\n\r\n"
                + "2\r\n01:00:00,000 --> 01:00:01,500 X1:0 X2:10\r\n<font color=\"#ff8800\">orange</font>\r\n")
        let cues = reading.text.cues
        #expect(cues.map(\.start) == [1002, 3_600_000])
        #expect(cues.map(\.end) == [3004, 3_601_500])
        #expect(cues.map(\.id) == ["1", "2"])
        #expect(cues[0].lines == ["Hello world", "second"])
        #expect(cues[0].runs.map(\.style.isItalic) == [true, false, false, false, false, false])
        #expect(cues[0].runs.map(\.style.isBold) == [false, false, true, true, true, false])
        #expect(cues[0].runs.map(\.style.isUnderlined) == [false, false, false, true, false, false])
        #expect(cues[1].runs.first?.style.color == TextColor(red: 255, green: 136, blue: 0))
        #expect(reading.findings.isEmpty)
    }

    @Test(
        "the keypad's digits place the text",
        arguments: zip(
            1...9,
            [
                "start after", "center after", "end after", "start center", "center center", "end center",
                "start before",
                "center before", "end before",
            ]))
    func keypad(_ digit: Int, _ words: String) throws {
        let cue = try #require(
            try Sample.srt("1\n00:00:00,000 --> 00:00:01,000\n{\\an\(digit)}x").text.cues.first)
        #expect(cue.text == "x")
        let align: String =
            if case .box(let box) = cue.placement.anchor { box.align.rawValue } else { "after" }
        #expect("\(cue.placement.alignment.rawValue) \(align)" == words)
    }

    @Test("cues without a blank line between them, blank lines within them and numbers as text are told apart")
    func separation() throws {
        let reading = try Sample.srt(
            "1\n00:00:01,000 --> 00:00:02,000\nfirst\n\nstill first\n2\n00:00:03,000 --> 00:00:04,000\n42\n\n"
                + "3\n00:00:05,000 --> 00:00:06,000\nthird")
        #expect(reading.text.cues.map(\.text) == ["first\n\nstill first\n2", "42", "third"])
    }

    @Test("what is no markup stays text, and what is no time is named")
    func odd() throws {
        let reading = try Sample.srt(
            "1\n0:0:1,5 --> 0:0:2,25\n<laughs> {sic} 1 < 2\n\n2\n00:00:0x,000 --> 00:00:04,000\nlost\n\n"
                + "3\n00:61:00,000 --> 00:62:00,000\nlost too")
        #expect(reading.text.cues.map(\.text) == ["<laughs> {sic} 1 < 2"])
        #expect(reading.text.cues.map(\.start) == [1500])
        #expect(reading.text.cues.map(\.end) == [2250])
        #expect(reading.codes() == ["text.cue.unreadable", "text.cue.unreadable"])
    }

    @Test("a file without cues is refused")
    func nothing() {
        #expect(throws: Failure.self) { try Sample.srt("no subtitles at all") }
    }
}
