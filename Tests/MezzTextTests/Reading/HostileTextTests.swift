import Foundation
import MezzCore
import MezzTestKit
import MezzText
import Testing

@Suite("Hostile text", .timeLimit(.minutes(5)))
struct HostileTextTests {
    static let bombs: [(String, String)] = [
        ("a DOCTYPE", "<!DOCTYPE tt [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><tt>&b;</tt>"),
        ("an external entity", "<!DOCTYPE tt SYSTEM \"file:///etc/passwd\"><tt/>"),
        ("an empty instruction", "<?x?><tt/>"), ("another encoding", "<?xml version=\"1.0\" encoding=\"UTF-7\"?><tt/>"),
        ("no end", "<tt xmlns=\"http://www.w3.org/ns/ttml\"><body>"), ("another root", "<html/>"), ("nothing", ""),
        ("depth", String(repeating: "<div>", count: 100_000)),
        ("elements", "<tt>" + String(repeating: "<p/>", count: 400_000) + "</tt>"),
        ("attributes", "<tt><p " + (0..<200_000).map { "a\($0)='>'" }.joined(separator: " ") + "/></tt>"),
        ("prefixes", "<tt " + (0..<200).map { "xmlns:a\($0)=\"u\"" }.joined(separator: " ") + "><p/></tt>"),
        (
            "the time of the day",
            "<tt xmlns=\"http://www.w3.org/ns/ttml\" "
                + "xmlns:ttp=\"http://www.w3.org/ns/ttml#parameter\" ttp:timeBase=\"clock\"/>"
        ),
    ]

    @Test("XML that is built to harm is refused", arguments: bombs)
    func bomb(_ name: String, _ text: String) {
        let failure = #expect(throws: Failure.self) { try Sample.ttml(text) }
        #expect(failure?.status == .input)
        #expect(failure?.remedy.isEmpty == false)
    }

    @Test("styles in circles and in fans end")
    func styles() throws {
        // Each style names all that follow it: followed naively, 2^300 steps.
        let fan = (0..<300).map { number in
            "<style xml:id=\"s\(number)\" style=\"\(((number + 1)..<min(300, number + 30)).map { "s\($0)" }.joined(separator: " "))\"/>"
        }
        let circle = "<style xml:id=\"a\" style=\"b\" tts:color=\"red\"/><style xml:id=\"b\" style=\"a\"/>"
        let cue = try Sample.paragraph(
            "x", attributes: "style=\"s0 a\"", head: "<styling>\(fan.joined())\(circle)</styling>")
        #expect(cue?.text == "x")
        #expect(cue?.runs.first?.style.color == TextColor(red: 255, green: 0, blue: 0))
    }

    @Test(
        "giant and impossible times cost their cue alone",
        arguments: [
            "99999999999999999999h", "1e300s", "-5s", "00:99:00", "nan", "9999999999t", "", "1:2:3:4:5", "٣s",
        ])
    func times(_ time: String) throws {
        let reading = try Sample.ttml(
            Sample.document(
                body: "<body><div><p begin=\"\(time)\" end=\"10h\">a</p><p begin=\"1s\" end=\"2s\">b</p></div></body>"))
        #expect(reading.text.cues.map(\.text) == ["b"])
        #expect(reading.codes(.error) == ["text.cue.unreadable"])
    }

    @Test("sequences that add up beyond any title end")
    func sequence() throws {
        let body = String(repeating: "<p dur=\"999h\">x</p>", count: 4000)
        let reading = try Sample.ttml(Sample.document(body: "<body><div timeContainer=\"seq\">\(body)</div></body>"))
        #expect(reading.text.cues.count < 10)
        #expect(!reading.codes(.error).isEmpty)
    }

    @Test("spans that all change at different times are not written over and over")
    func stretches() throws {
        let spans = (0..<3000).map { "<span begin=\"\($0)ms\" end=\"\(10_000 - $0)ms\">word</span>" }.joined()
        let reading = try Sample.ttml(Sample.document(body: "<body><div><p>\(spans)</p></div></body>"))
        #expect(reading.text.cues.count == 1)
    }

    @Test("many pieces, deep tags and endless lines end soon", arguments: [TextFormat.srt, .vtt])
    func long(_ format: TextFormat) throws {
        let texts = [
            String(repeating: "<b>", count: 50_000), String(repeating: "<b>x</b>", count: 20_000),
            String(repeating: "&", count: 100_000), String(repeating: "<", count: 100_000),
            String(repeating: "{\\an8}", count: 10_000), String(repeating: "a", count: 400_000),
            String(repeating: "<ruby>a<rt>b", count: 10_000), String(repeating: "\u{301}", count: 100_000),
            String(repeating: "-->", count: 50_000), String(repeating: "\u{202E}", count: 10_000),
        ]
        let head = format == .srt ? "1\n00:00:00,000 --> 00:00:01,000\n" : "WEBVTT\n\n00:00.000 --> 00:01.000\n"
        for text in texts {
            let clock = ContinuousClock.now
            let bytes = Array((head + text).utf8)
            let reading = try TextReader.parse(bytes, as: format, place: "test")
            #expect(reading.findings.count <= 200)
            for target in TextOutput.allCases { #expect(target.write(reading.text).bytes.count < 64 << 20) }
            #expect(ContinuousClock.now - clock < .seconds(20), "\(text.prefix(12))")
        }
    }

    @Test("a hundred megabytes are refused unread")
    func large() async throws {
        try await TestFolder.with { folder in
            let path = try folder.write(Data("WEBVTT\n".utf8), to: "large.vtt")
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
            try handle.truncate(atOffset: 100 << 20)
            try handle.close()
            let reader = TextReader { throw Failure(.unavailable, what: "none", place: "", remedy: "") }
            let failure = await #expect(throws: Failure.self) { try await reader.read(path) }
            #expect(failure?.status == .input)
            #expect(failure?.what.contains("100 MiB") == true)
            for path in [folder("absent.vtt"), folder.path, "/dev/zero"] {
                let failure = await #expect(throws: Failure.self) { try await reader.read(path) }
                #expect(failure?.status == .input)
            }
        }
    }

    @Test("spoiled bytes are read or refused, and what is written can be read again", arguments: 0..<8)
    func spoiled(_ seed: Int) throws {
        var random = Seeded(state: UInt64(seed))
        let text = TimedText(cues: Sample.cues(12), language: "en")
        let sources: [(TextFormat, [UInt8])] = [
            (.vtt, TextOutput.vtt.write(text).bytes), (.ttml, TextOutput.ttml.write(text).bytes),
            (.srt, Array("1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<i>a</i> <font color=red>b\n".utf8)),
            (
                .ttml,
                Array(
                    Sample.document(
                        attributes: "ttp:frameRate=\"25\"",
                        head: "<styling><style xml:id=\"a\" tts:color=\"red\"/></styling><layout><region xml:id=\"r\" "
                            + "tts:origin=\"10% 10%\" tts:position=\"center\"/></layout>",
                        body: "<body><div><p begin=\"1s\" end=\"00:00:02:05\" style=\"a\" region=\"r\"><!-- c -->x"
                            + "<![CDATA[y]]>&amp;&#65;<span begin=\"0.5s\">z</span></p></div></body>"
                    ).utf8)
            ),
        ]
        for (format, bytes) in sources {
            for _ in 0..<400 {
                let spoiled = Self.spoil(bytes, &random)
                guard let reading = try? TextReader.parse(spoiled, as: format, place: "spoiled") else { continue }
                for (target, format) in [(TextOutput.vtt, TextFormat.vtt), (.ttml, .ttml)] {
                    let written = target.write(reading.text).bytes
                    let again = try TextReader.parse(written, as: format, place: "again")
                    let shown = reading.text.cues.filter { $0.end > $0.start && !$0.isEmpty }
                    #expect(again.text.cues.map(\.start) == shown.map(\.start).sorted())
                }
            }
        }
    }

    private static func spoil(_ bytes: [UInt8], _ random: inout Seeded) -> [UInt8] {
        var bytes = bytes
        for _ in 0...Int.random(in: 0...3, using: &random) {
            guard let place = bytes.indices.randomElement(using: &random) else { break }
            switch Int.random(in: 0...5, using: &random) {
            case 0: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
            case 1: bytes[place] = Array("<>&\"'=/:-. \n?!{}0".utf8).randomElement(using: &random) ?? 0
            case 2: bytes.remove(at: place)
            case 3: bytes.removeLast(min(bytes.count - 1, Int.random(in: 0...40, using: &random)))
            case 4: bytes.insert(bytes[place], at: place)
            default: bytes[place] = UInt8.random(in: 0...255, using: &random)
            }
        }
        return bytes
    }
}
