import Foundation
import MezzCore
import MezzTestKit
import MezzText
import Testing

@Suite("Checks of text")
struct TextCheckerTests {
    private static func cue(_ text: String, _ start: Int = 0, _ end: Int = 5000) -> TextCue {
        var pieces: [TextPiece] = []
        for line in text.split(separator: "|", omittingEmptySubsequences: false) {
            if !pieces.isEmpty { pieces.append(.lineBreak) }
            pieces.append(.run(TextRun(String(line))))
        }
        return TextCue(start: start, end: end, pieces: pieces)
    }

    private static func codes(_ cues: [TextCue], language: String? = "en", duration: Int? = nil) -> [String] {
        TextChecker(duration: duration).check(TimedText(cues: cues, language: language)).map(\.code)
    }

    static let faults: [(String, [TextCue])] = [
        ("text.cue.duration", [cue("a", 2000, 2000)]), ("text.cue.duration", [cue("a", 2000, 1000)]),
        ("text.cue.empty", [cue(" |\u{A0}")]), ("text.cue.overlap", [cue("a", 0, 2000), cue("b", 1999, 3000)]),
        ("text.cue.order", [cue("a", 5000, 6000), cue("b", 0, 1000)]), ("text.empty", []),
        ("text.start-code", [cue("a", 36_000_000, 36_005_000)]),
        ("text.reading-speed", [cue("twenty-one characters", 0, 1000)]), ("text.lines", [cue("a|b|c")]),
        ("text.line-length", [cue(String(repeating: "a", count: 43))]), ("text.character", [cue("a\u{1}b")]),
        ("text.character", [cue("a\u{FFFE}")]), ("text.character.replaced", [cue("a\u{FFFD}")]),
        ("text.direction", [cue("\u{202B}a")]), ("text.direction", [cue("a\u{2069}")]),
    ]

    @Test("each fault is found, and it alone", arguments: faults)
    func fault(_ code: String, _ cues: [TextCue]) {
        #expect(Self.codes(cues) == [code])
    }

    @Test("what keeps the rules is without findings")
    func clean() {
        let cues = [
            Self.cue("twenty characters ok", 0, 1000), Self.cue(String(repeating: "a", count: 42) + "|b", 1000, 5000),
            Self.cue("\u{2067}a\u{2069}\u{202A}b\u{202C}", 5000, 7000),
        ]
        #expect(Self.codes(cues, duration: 7000) == [])
    }

    @Test("text after the picture's end is an error, text into it a warning")
    func late() {
        let findings = TextChecker(duration: 4000).check(
            TimedText(cues: [Self.cue("a", 3000, 4001), Self.cue("b", 4001, 5000)], language: "en"))
        #expect(findings.map(\.code) == ["text.cue.late", "text.cue.late"])
        #expect(findings.map(\.severity) == [.warning, .error])
        #expect(findings.map(\.place.seconds) == [3, 4.001])
    }

    @Test("two places on the picture do not overlap, and one outside it is found")
    func places() {
        var high = Self.cue("high")
        high.placement.anchor = .box(TextBox(left: 10, top: 0, width: 80, height: 20, align: .before))
        #expect(Self.codes([Self.cue("low"), high]) == [])
        #expect(Self.codes([high, high]) == ["text.cue.overlap"])
        high.placement.anchor = .box(TextBox(left: 10, top: 90, width: 80, height: 20, align: .before))
        #expect(Self.codes([high]) == ["text.off-screen"])
    }

    @Test(
        "languages are tags",
        arguments: [
            ("en", true), ("pt-BR", true), ("zh-Hans-CN", true), ("x-klingon", true), ("und", true), ("e", false),
            ("en_US", false), ("", false), ("english language", false), ("en-", false), ("en-a", false), ("12", false),
        ])
    func language(_ tag: String, _ isTag: Bool) {
        #expect((LanguageTag(tag) != nil) == isTag)
        #expect(Self.codes([Self.cue("a")], language: tag) == (isTag ? [] : ["text.language"]))
    }

    @Test("the guide can be changed")
    func guide() {
        let text = TimedText(cues: [Self.cue("a|b|c"), Self.cue("eighteen letters..", 5000, 6000)], language: "en")
        #expect(
            TextChecker(guide: TextGuide(charactersPerSecond: 17, lines: 3)).check(text).map(\.code) == [
                "text.reading-speed"
            ])
    }

    @Test("of each kind, fifty findings are told and the rest counted")
    func many() {
        let cues = (0..<500).map { Self.cue("a|b|c", $0 * 6000, $0 * 6000 + 5000) }
        let findings = TextChecker().check(TimedText(cues: cues, language: "en"))
        #expect(findings.count == 51)
        #expect(findings.last?.message == "450 more of this kind")
    }

    @Test("docs/findings.md says of every code what it is and how bad")
    func table() throws {
        let text = try String(contentsOfFile: TestTools.root + "/docs/findings.md", encoding: .utf8)
        for rule in TextRule.allCases {
            #expect(text.contains("| `\(rule.rawValue)` | \(rule.severity.rawValue)"), "\(rule.rawValue)")
        }
        #expect(text.matches(of: #/\| `text\.[a-z.-]+`/#).count == TextRule.allCases.count)
    }
}
