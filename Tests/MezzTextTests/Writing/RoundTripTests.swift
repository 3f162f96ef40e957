import MezzCore
import MezzText
import Testing

@Suite("Round trips")
struct RoundTripTests {
    /// The same cues as SubRip.
    private static func srt(_ cues: [TextCue]) -> String {
        func time(_ milliseconds: Int) -> String {
            let parts = [milliseconds / 3_600_000, milliseconds / 60_000 % 60, milliseconds / 1000 % 60]
            return parts.map { String($0 + 100).dropFirst() }.joined(separator: ":") + ","
                + String(milliseconds % 1000 + 1000).dropFirst()
        }
        return cues.enumerated().map { number, cue in
            "\(number + 1)\n\(time(cue.start)) --> \(time(cue.end))\n\(cue.text)\n"
        }.joined(separator: "\n")
    }

    @Test("a thousand cues keep their times and words from SubRip over IMSC and WebVTT to IMSC")
    func thousand() throws {
        let cues = Sample.cues(1000)
        let first = try Sample.srt(Self.srt(cues)).text
        let imsc = TextOutput.ttml.write(first).bytes
        let second = try TextReader.parse(imsc, as: .ttml, place: "second").text
        let third = try TextReader.parse(TextOutput.vtt.write(second).bytes, as: .vtt, place: "third").text
        let last = try TextReader.parse(TextOutput.ttml.write(third).bytes, as: .ttml, place: "last").text
        for text in [first, second, third, last] {
            #expect(text.cues.map(\.start) == cues.map(\.start))
            #expect(text.cues.map(\.end) == cues.map(\.end))
            #expect(text.cues.map(\.text) == cues.map(\.text))
        }
    }

    private static let colors: [TextColor?] = [
        nil, TextColor(red: 255, green: 255, blue: 0), TextColor(red: 1, green: 2, blue: 3),
    ]

    @Test("styles, colours, ruby, languages and forced narratives come back", arguments: TextOutput.allCases)
    func looks(_ target: TextOutput) throws {
        var cues = Sample.cues(40)
        for number in cues.indices {
            var style = TextStyle()
            style.isUnderlined = number % 2 == 0
            style.color = Self.colors[number % 3]
            style.background = number % 2 == 0 ? nil : TextColor(red: 0, green: 0, blue: 0, alpha: 128)
            style.language = number % 4 == 0 ? "ja" : nil
            cues[number].pieces.append(.run(TextRun("漢字", style: style, annotation: "かんじ")))
            cues[number].isForced = target == .ttml && number % 7 == 0
        }
        let (bytes, findings) = target.write(TimedText(cues: cues, language: "en"))
        let format: TextFormat = target == .vtt ? .vtt : .ttml
        let back = try TextReader.parse(bytes, as: format, place: "back")
        #expect(back.text.cues.map(\.runs) == cues.map(\.runs))
        #expect(back.text.cues.map(\.isForced) == cues.map(\.isForced))
        #expect(findings.isEmpty && back.findings.isEmpty)
        #expect(back.text.language == (target == .ttml ? "en" : nil))
    }

    @Test(
        "where a cue stands in IMSC, it stands after WebVTT and back",
        arguments: [
            TextPlacement.Writing.horizontal, .verticalRightToLeft, .verticalLeftToRight,
        ])
    func places(_ writing: TextPlacement.Writing) throws {
        for align in [TextBox.BlockAlignment.before, .center, .after] {
            for alignment in [TextPlacement.Alignment.start, .center, .end] {
                let box = TextBox(left: 20, top: 30, width: 50, height: 40, align: align)
                let cue = TextCue(
                    start: 0, end: 1000, pieces: [.run(TextRun("x"))],
                    placement: TextPlacement(anchor: .box(box), alignment: alignment, writing: writing))
                let text = TimedText(cues: [cue])
                let vtt = try TextReader.parse(TextOutput.vtt.write(text).bytes, as: .vtt, place: "v")
                #expect(vtt.findings.isEmpty)
                let imsc = try TextReader.parse(TextOutput.ttml.write(vtt.text).bytes, as: .ttml, place: "t")
                let placement = try #require(imsc.text.cues.first).placement
                #expect(placement.writing == writing && placement.alignment == alignment)
                guard case .box(let back) = placement.anchor else { return #expect(Bool(false), "no box") }
                // Along its lines the box is the same; across them the first line is where it was.
                let along = writing == .horizontal ? (back.left, back.width) : (back.top, back.height)
                #expect(along == (writing == .horizontal ? (20, 50) : (30, 40)))
                #expect(abs(Self.lineStart(back, writing) - Self.lineStart(box, writing)) < 0.02, "\(align) \(back)")
            }
        }
    }

    /// Where a single line of the usual height begins, from the top or the left, in percent.
    private static func lineStart(_ box: TextBox, _ writing: TextPlacement.Writing) -> Double {
        let line = 5.33
        let (start, extent) = writing == .horizontal ? (box.top, box.height) : (box.left, box.width)
        switch box.align {
        case .center: return start + (extent - line) / 2
        case .before: return writing == .verticalRightToLeft ? start + extent - line : start
        case .after: return writing == .verticalRightToLeft ? start : start + extent - line
        }
    }

    @Test("WebVTT's own settings are written as they were read")
    func settings() throws {
        let settings = "vertical:lr line:-3,end position:25.5%,line-left size:40% align:left"
        let text = "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000 \(settings)\nx\n"
        let reading = try Sample.vtt(text)
        #expect(String(decoding: TextOutput.vtt.write(reading.text).bytes, as: UTF8.self) == text)
    }
}
