import Foundation
import MezzCore
import MezzMedia
import MezzTestKit
import MezzText

/// Texts that tests read.
enum Sample {
    static func srt(_ text: String) throws -> TextReading {
        try TextReader.parse(Array(text.utf8), as: .srt, place: "test.srt")
    }

    static func vtt(_ text: String) throws -> TextReading {
        try TextReader.parse(Array(text.utf8), as: .vtt, place: "test.vtt")
    }

    static func ttml(_ text: String) throws -> TextReading {
        try TextReader.parse(Array(text.utf8), as: .ttml, place: "test.ttml")
    }

    /// A TTML document around a body.
    static func document(
        attributes: String = "", head: String = "", body: String, language: String = "en"
    ) -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" \
        xmlns:tts="http://www.w3.org/ns/ttml#styling" \
        xmlns:itts="http://www.w3.org/ns/ttml/profile/imsc1#styling" xml:lang="\(language)" \(attributes)>
        <head>\(head)</head>\(body)</tt>
        """
    }

    /// A TTML document of one paragraph.
    static func paragraph(_ text: String, attributes: String = "", head: String = "") throws -> TextCue? {
        let body = "<body><div><p begin=\"1s\" end=\"2s\" \(attributes)>\(text)</p></div></body>"
        return try ttml(document(head: head, body: body)).text.cues.first
    }

    /// Cues with changing lengths, gaps and looks, the same for the same seed.
    static func cues(_ count: Int, seed: UInt64 = 7) -> [TextCue] {
        var random = Seeded(state: seed)
        var time = 0
        return (0..<count).map { number in
            let start = time + Int.random(in: 0...900, using: &random)
            time = start + Int.random(in: 800...6000, using: &random)
            var style = TextStyle()
            style.isItalic = number % 3 == 0
            style.isBold = number % 5 == 0
            return TextCue(
                id: "c\(number + 1)", start: start, end: time,
                pieces: [
                    .run(TextRun("Line \(number)", style: style)), .lineBreak, .run(TextRun("a < b & \"c\"")),
                ])
        }
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014): the same numbers everywhere.
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}

extension TextCue {
    /// Its runs, without the breaks between lines.
    var runs: [TextRun] {
        pieces.compactMap { if case .run(let run) = $0 { run } else { nil } }
    }
}

extension TextReading {
    func codes(_ severity: Finding.Severity? = nil) -> [String] {
        findings.filter { severity == nil || $0.severity == severity }.map(\.code)
    }
}

/// What is not everywhere.
enum TextTestTools {
    /// Real files.
    static let media =
        (ProcessInfo.processInfo.environment["MEZZ_TEST_MEDIA"] ?? TestTools.root + "/../shared/media")

    static let mediaIsHere: Bool = {
        let isHere = FileManager.default.fileExists(atPath: media + "/text")
        if !isHere { print("no ../shared/media beside the checkout: tests of real text files are skipped") }
        return isHere
    }()

    private static let discovery: ToolDiscovery = {
        var environment = ProcessInfo.processInfo.environment
        if environment["MEZZ_TOOLS", default: ""].isEmpty { environment["MEZZ_TOOLS"] = TestTools.root + "/.tools" }
        return ToolDiscovery(environment: environment, cache: nil)
    }()

    static let ttconvIsHere: Bool = {
        let isHere = discovery.locate(.ttconv) != nil
        if !isHere { print("no ttconv: run scripts/setup; tests of SCC and EBU STL are skipped") }
        return isHere
    }()

    static func runner() async throws -> ToolRunner {
        ToolRunner(tools: ToolSet([try await discovery.find(.ttconv)]))
    }

    static let chromium: String? = {
        let programs = ClientRunner(path: ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin")
        let found = programs.locate("chromium")
        if found == nil { print("no chromium: tests in a browser are skipped") }
        return found
    }()
}
