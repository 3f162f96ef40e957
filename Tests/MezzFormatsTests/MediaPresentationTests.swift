import MezzCore
import MezzFormats
import Testing

@Suite("DASH manifests")
struct MediaPresentationTests {
    private func read(_ text: String) throws -> MediaPresentation { try MediaPresentation.read(Array(text.utf8)) }

    @Test("A manifest on demand")
    func onDemand() throws {
        let presentation = try read(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <MPD type="static" mediaPresentationDuration="PT1H2M4.004S" minBufferTime="PT2S">
              <Period id="0"><AdaptationSet contentType="video" width="640" height="360" frameRate="30000/1001"
                  subsegmentAlignment="true">
                <Representation id="0" bandwidth="1833959" codecs="avc1.4d401e" mimeType="video/mp4">
                  <BaseURL> video/a&amp;b.mp4 </BaseURL>
                  <SegmentBase indexRange="869-924" timescale="30000"><Initialization range="0-868"/></SegmentBase>
                </Representation></AdaptationSet></Period>
            </MPD>
            """)
        #expect(presentation.durationSeconds == 3724.004)
        #expect(presentation.minBufferSeconds == 2)
        let set = try #require(presentation.periods.first?.adaptationSets.first)
        #expect(set.subsegmentAlignment && !set.segmentAlignment)
        let one = try #require(set.representations.first)
        #expect(one.baseURLs == ["video/a&b.mp4"])
        #expect(one.width == 640 && one.height == 360 && one.bandwidth == 1_833_959)
        #expect(one.frameRate == Rational(30_000, 1001))
        #expect(one.segmentBase?.indexRange == 869..<925)
        #expect(one.segmentBase?.initialization == 0..<869)
    }

    @Test("A timeline is expanded")
    func timeline() throws {
        let presentation = try read(
            """
            <MPD><Period><AdaptationSet mimeType="audio/mp4"><Representation id="a">
            <SegmentTemplate timescale="48000" initialization="i.mp4" media="$RepresentationID$/$Number%05d$.m4s" startNumber="5">
            <SegmentTimeline><S t="10" d="20" r="2"/><S d="7"/></SegmentTimeline>
            </SegmentTemplate></Representation></AdaptationSet></Period></MPD>
            """)
        let set = try #require(presentation.periods.first?.adaptationSets.first)
        #expect(set.contentType == nil || set.contentType == "audio")
        let template = try #require(set.representations.first?.segmentTemplate)
        #expect(template.timeline.map(\.time) == [10, 30, 50, 70])
        #expect(template.timeline.map(\.number) == [5, 6, 7, 8])
        let media = try #require(template.media)
        #expect(SegmentTemplate.name(media, representation: "a", bandwidth: nil, number: 6) == "a/00006.m4s")
    }

    @Test(
        "Patterns",
        arguments: [
            ("$Number$.m4s", "7.m4s"), ("$$$Time$", "$90"), ("$Bandwidth%06d$", "000123"), ("$Number", nil),
            ("$Other$", nil), ("$Number%5x$", nil), ("$Number%0999999999d$", nil),
        ] as [(String, String?)])
    func patterns(_ pattern: String, _ expected: String?) {
        #expect(
            SegmentTemplate.name(pattern, representation: "r", bandwidth: 123, number: 7, time: 90) == expected)
    }

    @Test(
        "Hostile or broken manifests are refused",
        arguments: [
            "", "<MPD>", "<HTML/>", "<MPD/><MPD/>",
            "<!DOCTYPE MPD SYSTEM \"file:///etc/passwd\"><MPD/>", "<!doctype MPD><MPD/>",
            "<!DOCTYPE m [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><MPD>&b;</MPD>",
            "<?xml version=\"1.0\" encoding=\"UTF-7\"?><MPD/>", "<MPD>\u{0}</MPD>",
            // Foundation's parser ends the process at an instruction without content.
            "<?x?><MPD/>", "<MPD><?x?></MPD>", "<MPD/><?x?>",
            "\u{FEFF}<?xml version=\"1.0\" encoding=\"UTF-7\"?><MPD/>",
            "<?xml version=\"1.0\"" + String(repeating: " ", count: 300) + "encoding=\"UTF-7\"?><MPD/>",
            String(repeating: "<MPD>", count: 500) + String(repeating: "</MPD>", count: 500),
            "<MPD><Period><AdaptationSet><Representation><SegmentTemplate><SegmentTimeline><S d=\"1\" r=\"4294967295\"/>"
                + "</SegmentTimeline></SegmentTemplate></Representation></AdaptationSet></Period></MPD>",
            "<MPD><Period><AdaptationSet><Representation><SegmentTemplate><SegmentTimeline><S t=\"9223372036854775807\" d=\"9\"/>"
                + "</SegmentTimeline></SegmentTemplate></Representation></AdaptationSet></Period></MPD>",
        ])
    func refused(_ text: String) {
        #expect(throws: FormatError.self) { try read(text) }
    }

    @Test("A shared timeline cannot be multiplied beyond memory")
    func multiplied() {
        let text =
            "<MPD><Period><AdaptationSet><SegmentTemplate><SegmentTimeline><S d=\"1\" r=\"400000\"/></SegmentTimeline>"
            + "</SegmentTemplate>" + String(repeating: "<Representation/>", count: 1000)
            + "</AdaptationSet></Period></MPD>"
        #expect(throws: FormatError.self) { try read(text) }
    }
}
