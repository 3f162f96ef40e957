import MezzCore
import MezzText
import Testing

@Suite("TTML")
struct TTMLTests {
    @Test(
        "time expressions are read to the millisecond",
        arguments: [
            ("", "00:00:01.5", 1500), ("", "01:02:03", 3_723_000), ("", "1.2345s", 1235), ("", "90m", 5_400_000),
            ("", "250ms", 250), ("", "0.5h", 1_800_000), ("ttp:frameRate=\"25\"", "00:00:01:05", 1200),
            ("ttp:frameRate=\"25\"", "50f", 2000), ("ttp:tickRate=\"10000000\"", "15000000t", 1500),
            ("ttp:frameRate=\"24\" ttp:frameRateMultiplier=\"1000 1001\"", "00:00:10:12", 10501),
            ("ttp:frameRate=\"30\" ttp:frameRateMultiplier=\"1000 1001\"", "30f", 1001),
            (
                "ttp:timeBase=\"smpte\" ttp:frameRate=\"30\" ttp:frameRateMultiplier=\"1000 1001\"", "00:01:00:00",
                60060
            ),
            (
                "ttp:timeBase=\"smpte\" ttp:dropMode=\"dropNTSC\" ttp:frameRate=\"30\" "
                    + "ttp:frameRateMultiplier=\"1000 1001\"", "01:00:00:00", 3_599_996
            ),
            (
                "ttp:timeBase=\"smpte\" ttp:dropMode=\"dropPAL\" ttp:frameRate=\"30\" "
                    + "ttp:frameRateMultiplier=\"1000 1001\"", "00:05:00:00", 300_033
            ),
        ])
    func clock(_ attributes: String, _ time: String, _ milliseconds: Int) throws {
        let reading = try Sample.ttml(
            Sample.document(
                attributes: attributes, body: "<body><div><p begin=\"\(time)\" dur=\"1h\">x</p></div></body>"))
        #expect(reading.text.cues.map(\.start) == [milliseconds])
    }

    @Test("times count from the element around, ends are cut to it, and sequences follow each other")
    func nesting() throws {
        let reading = try Sample.ttml(
            Sample.document(
                body: """
                    <body begin="10s" end="30s"><div begin="1s"><p begin="1s" end="2s">a</p><p begin="2s" dur="99s">b</p>
                    </div><div timeContainer="seq"><p dur="1s">c</p><p begin="1s" dur="2s">d</p></div></body>
                    """))
        let cues = reading.text.cues
        #expect(cues.map(\.text) == ["a", "b", "c", "d"])
        #expect(cues.map(\.start) == [12000, 13000, 10000, 12000])
        #expect(cues.map(\.end) == [13000, 30000, 11000, 14000])
    }

    @Test("spans with times of their own make a cue for each stretch")
    func timedSpans() throws {
        let reading = try Sample.ttml(
            Sample.document(
                body:
                    "<body><div><p><span begin=\"2s\" end=\"7s\">1<br/></span><span begin=\"3s\" end=\"7s\">2</span></p>"
                    + "<p begin=\"20s\">open</p></div></body>"))
        let cues = reading.text.cues
        #expect(cues.map(\.text) == ["1", "1\n2", "open"])
        #expect(cues.map(\.start) == [2000, 3000, 20000])
        #expect(cues.map(\.end) == [3000, 7000, 30000])
        #expect(reading.codes(.warning) == ["text.cue.open"])
    }

    @Test("styles come from references, from above and from the region, the nearest last")
    func styles() throws {
        let head = """
            <styling><style xml:id="a" tts:color="red" tts:fontStyle="italic"/>
            <style xml:id="b" style="a" tts:color="#00ff0080"/><style xml:id="x" style="y"/><style xml:id="y" style="x"/>
            </styling><layout><region xml:id="r" tts:fontWeight="bold" tts:origin="10% 10%" tts:extent="80% 80%" \
            tts:displayAlign="after" tts:textAlign="center"/></layout>
            """
        let cue = try #require(
            try Sample.paragraph(
                "one <span tts:color=\"lime\" tts:fontStyle=\"normal\" tts:backgroundColor=\"rgba(1,2,3,4)\">two</span>"
                    + "<span style=\"x\" tts:textDecoration=\"underline\"> three</span>",
                attributes: "style=\"b\" region=\"r\"", head: head))
        #expect(cue.text == "one two three")
        #expect(cue.runs[0].style.color == TextColor(red: 0, green: 255, blue: 0, alpha: 128))
        #expect(cue.runs.map(\.style.isItalic) == [true, false, true])
        #expect(cue.runs.map(\.style.isBold) == [true, true, true])
        #expect(cue.runs[1].style.color == TextColor(red: 0, green: 255, blue: 0))
        #expect(cue.runs[1].style.background == TextColor(red: 1, green: 2, blue: 3, alpha: 4))
        #expect(cue.runs[2].style.isUnderlined)
        #expect(cue.placement == TextPlacement())
    }

    @Test("blanks are joined, and kept where asked")
    func spaces() throws {
        #expect(try Sample.paragraph("\n  a\t <span> b </span>\n <br/>  c  ")?.lines == ["a b", "c"])
        #expect(try Sample.paragraph("  a  b ", attributes: "xml:space=\"preserve\"")?.lines == ["  a  b "])
        #expect(try Sample.paragraph("<br/><br/> \n") == nil)
    }

    @Test("ruby is read in both shapes")
    func ruby() throws {
        let cue = try #require(
            try Sample.paragraph(
                "<span tts:ruby=\"container\"><span tts:ruby=\"base\">漢</span><span tts:ruby=\"text\">かん</span></span>"
                    + "<span tts:ruby=\"container\"><span tts:ruby=\"baseContainer\"><span tts:ruby=\"base\">字</span>"
                    + "</span><span tts:ruby=\"textContainer\"><span tts:ruby=\"text\">じ</span></span></span>"))
        #expect(cue.text == "漢字")
        #expect(cue.runs.map(\.annotation) == ["かん", "じ"])
    }

    @Test(
        "regions place text, in every unit and by position",
        arguments: [
            ("tts:origin=\"64px 36px\" tts:extent=\"320px 180px\"", 10.0, 10.0, 50.0, 50.0),
            ("tts:origin=\"4c 3c\" tts:extent=\"16c 6c\"", 10.0, 10.0, 40.0, 20.0),
            ("tts:origin=\"5rw 5rh\" tts:extent=\"50% 20%\"", 5.0, 5.0, 50.0, 20.0),
            ("tts:position=\"center\" tts:extent=\"50% 20%\"", 25.0, 40.0, 50.0, 20.0),
            ("tts:position=\"right 10% bottom 10%\" tts:extent=\"50% 20%\"", 45.0, 72.0, 50.0, 20.0),
            ("tts:position=\"bottom left\" tts:extent=\"50% 20%\"", 0.0, 80.0, 50.0, 20.0),
            ("tts:position=\"25% 50%\" tts:extent=\"60% 20%\"", 10.0, 40.0, 60.0, 20.0),
            ("", 0.0, 0.0, 100.0, 100.0),
        ])
    func regions(_ attributes: String, _ left: Double, _ top: Double, _ width: Double, _ height: Double) throws {
        let reading = try Sample.ttml(
            Sample.document(
                attributes: "tts:extent=\"640px 360px\" ttp:cellResolution=\"40 30\"",
                head: "<layout><region xml:id=\"r\" \(attributes)/></layout>",
                body: "<body region=\"r\"><div><p begin=\"0s\" end=\"1s\">x</p></div></body>"))
        guard case .box(let box)? = reading.text.cues.first?.placement.anchor else {
            return #expect(Bool(false), "no box")
        }
        for (found, wanted) in zip([box.left, box.top, box.width, box.height], [left, top, width, height]) {
            #expect(abs(found - wanted) < 1e-6, "\(box)")
        }
    }

    @Test("vertical text, forced narratives and hidden text are told")
    func special() throws {
        let reading = try Sample.ttml(
            Sample.document(
                head: "<layout><region xml:id=\"v\" tts:writingMode=\"tbrl\" tts:displayAlign=\"before\"/></layout>",
                body: """
                    <body region="v"><div><p begin="0s" end="1s" itts:forcedDisplay="true">a</p>
                    <p begin="1s" end="2s"><span tts:visibility="hidden">b</span>c</p>
                    <p begin="2s" end="3s" tts:display="none">d</p></div></body>
                    """))
        #expect(reading.text.cues.map(\.text) == ["a", "c"])
        #expect(reading.text.cues.map(\.isForced) == [true, false])
        #expect(reading.text.cues.allSatisfy { $0.placement.writing == .verticalRightToLeft })
        #expect(reading.text.forcedNarratives.cues.map(\.text) == ["a"])
    }

    @Test("what is lost is said")
    func losses() throws {
        let reading = try Sample.ttml(
            Sample.document(
                body: """
                    <body><div><p begin="0s" end="1s" tts:textEmphasis="filled dot" tts:fontFamily="serif">
                    <set tts:color="red"/>a</p><image src="x.png"/></div></body>
                    """))
        #expect(
            Set(reading.codes()) == [
                "text.lost.style", "text.lost.look", "text.lost.animation", "text.lost.image",
            ])
    }

    @Test("other prefixes and old namespaces mean the same")
    func prefixes() throws {
        let reading = try Sample.ttml(
            "<x:tt xmlns:x=\"http://www.w3.org/2006/10/ttaf1\" xmlns:y=\"http://www.w3.org/2006/10/ttaf1#styling\">"
                + "<x:body><x:div><x:p begin=\"0s\" end=\"1s\" y:fontStyle=\"italic\">a</x:p></x:div></x:body></x:tt>")
        #expect(reading.text.cues.first?.runs.map(\.style.isItalic) == [true])
    }
}
