import MezzCore
import MezzText
import Testing

@Suite("WebVTT")
struct WebVTTTests {
    @Test("cues with names, hours or none, and text are read")
    func plain() throws {
        let reading = try Sample.vtt(
            "\u{FEFF}WEBVTT - title\nKind: captions\n\nNOTE\na remark\n\nintro\n00:01.002 --> 00:03.004\n"
                + "<v.loud Ann><i>Hi</i></v> &lt;&amp;&nbsp;&#x41;&unknown;\n\n01:00:00.000 --> 100:00:00.001\nlate\n")
        let cues = reading.text.cues
        #expect(cues.map(\.start) == [1002, 3_600_000])
        #expect(cues.map(\.end) == [3004, 360_000_001])
        #expect(cues.map(\.id) == ["intro", nil])
        #expect(cues[0].text == "Hi <&\u{A0}A&unknown;")
        #expect(cues[0].runs.first?.style.voice == "Ann")
        #expect(cues[0].runs.map(\.style.isItalic) == [true, false])
        #expect(reading.codes() == ["text.lost.look"])
    }

    @Test("settings are read, and wrong ones named")
    func settings() throws {
        let reading = try Sample.vtt(
            """
            WEBVTT

            00:00.000 --> 00:01.000 vertical:rl line:10%,end position:25.5%,line-left size:40% align:left
            a

            00:01.000 --> 00:02.000 line:-3 align:middle
            b

            00:02.000 --> 00:03.000 line:110% position:x size:101% align:top vertical:up colour:red
            c
            """)
        let cues = reading.text.cues
        var settings = CueSettings()
        settings.line = .percent(10)
        settings.lineAlignment = .end
        settings.position = 25.5
        settings.positionAlignment = .lineLeft
        settings.size = 40
        #expect(
            cues[0].placement
                == TextPlacement(anchor: .settings(settings), alignment: .left, writing: .verticalRightToLeft))
        settings = CueSettings()
        settings.line = .row(-3)
        #expect(cues[1].placement == TextPlacement(anchor: .settings(settings)))
        #expect(cues[2].placement == TextPlacement())
        #expect(reading.codes() == Array(repeating: "text.setting", count: 6))
    }

    @Test("style blocks and the colours of classes are applied")
    func styles() throws {
        let reading = try Sample.vtt(
            """
            WEBVTT

            STYLE
            ::cue { background-color: rgba(0, 0, 0, 0.5) }
            ::cue(.note), ::cue(c.aside) { color: #f80; font-style: italic /* slanted */; text-shadow: none }
            ::cue(b) { color: red }

            00:00.000 --> 00:01.000
            <c.note>x</c><c.yellow.bg_blue>y</c><c.mystery>z</c>
            """)
        let runs = try #require(reading.text.cues.first).runs
        #expect(runs.map(\.text) == ["x", "y", "z"])
        #expect(runs[0].style.color == TextColor(red: 255, green: 136, blue: 0))
        #expect(runs[0].style.isItalic)
        #expect(runs[0].style.background == TextColor(red: 0, green: 0, blue: 0, alpha: 128))
        #expect(runs[1].style.color == TextColor(red: 255, green: 255, blue: 0))
        #expect(runs[1].style.background == TextColor(red: 0, green: 0, blue: 255))
        #expect(reading.codes() == ["text.lost.look", "text.lost.look"])
    }

    @Test("ruby, regions and languages are read; words that appear one by one are said to be lost")
    func extras() throws {
        let reading = try Sample.vtt(
            """
            WEBVTT

            REGION
            id:low width:40% lines:3 regionanchor:0%,100% viewportanchor:10%,90%

            00:00.000 --> 00:01.000 region:low
            <lang ja><ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby></lang> <00:00.500>later

            00:01.000 --> 00:02.000 region:none
            <ruby>a<rt>b</ruby>c</i>
            """)
        let cues = reading.text.cues
        #expect(cues[0].runs.map(\.annotation) == ["かん", "じ", nil])
        #expect(cues[0].runs.map(\.style.language) == ["ja", "ja", nil])
        #expect(cues[0].text == "漢字 later")
        guard case .box(let box) = cues[0].placement.anchor else { return #expect(Bool(false), "no box") }
        #expect(box.left == 10 && box.width == 40 && abs(box.top + box.height - 90) < 0.01)
        #expect(cues[1].runs.map(\.annotation) == ["b", nil])
        #expect(Set(reading.codes()) == ["text.lost.animation", "text.setting", "text.markup"])
    }

    @Test(
        "a time line that cannot be read costs its cue alone",
        arguments: [
            "00:00:01.00 --> 00:00:02.000", "00:00:01,000 --> 00:00:02,000", "0:01.000 --> 00:02.000",
            "00:60.000 --> 01:00.000", "-00:01.000 --> 00:02.000", "9999999:00:00.000 --> 9999999:00:01.000",
        ])
    func badTimes(_ line: String) throws {
        let reading = try Sample.vtt("WEBVTT\n\n\(line)\nlost\n\n00:03.000 --> 00:04.000\nkept\n")
        #expect(reading.text.cues.map(\.text) == ["kept"])
        #expect(reading.codes(.error) == ["text.cue.unreadable"])
    }

    @Test("another first line is refused", arguments: ["", "webvtt\n", "WEBVTTX\n", "1\n00:01.000 --> 00:02.000\nx"])
    func header(_ text: String) {
        #expect(throws: Failure.self) { try Sample.vtt(text) }
    }

    @Test("two cues without a blank line between them are two, and NUL becomes U+FFFD")
    func crowded() throws {
        let reading = try Sample.vtt("WEBVTT\n\n00:01.000 --> 00:02.000\na\0b\n00:02.000 --> 00:03.000\nc")
        #expect(reading.text.cues.map(\.text) == ["a\u{FFFD}b", "c"])
    }
}
