import ArgumentParser
import MezzCore
import MezzPipeline
import MezzText

/// What timed text is delivered.
struct TextTrackOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            Deliver a timed text (SubRip, WebVTT, TTML/IMSC, SCC, EBU STL) in this language; after it captions or \
            forced, default, name=. Repeatable.
            """, valueName: "file:lang,…"))
    var text: [String] = []

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Added to all times of the texts; may be negative.", valueName: "seconds"))
    var textOffset: SecondsValue?

    @Option(
        help: ArgumentHelp(
            "The frame rate that the texts were timed for and the picture's own, such as 25:24000/1001.",
            valueName: "from:to"))
    var textRate: RateChangeValue?

    func validate() throws {
        if text.isEmpty, textOffset != nil || textRate != nil {
            throw ValidationError("--text-offset and --text-rate move texts: name some with --text")
        }
    }

    /// Reads each text once, so that none is refused after hours of encoding.
    func wishes() async throws -> (wishes: [TextWish], files: [SideFile]) {
        var wishes: [TextWish] = []
        var files: [SideFile] = []
        for argument in text {
            let entry = try TextEntry(argument)
            _ = try await TextTools.reader.read(entry.path)
            let side = try SideFile(entry.path)
            files.append(side)
            wishes.append(
                TextWish(
                    file: side.hash, name: String(entry.path.split(separator: "/").last ?? "text"),
                    language: entry.language, kind: entry.kind, title: entry.name, isDefault: entry.isDefault,
                    offset: textOffset?.value ?? Rational(0), factor: textRate?.factor ?? Rational(1)))
        }
        guard wishes.filter(\.isDefault).count <= 1 else {
            throw Failure(
                .usage, what: "more than one text is the default", place: "--text", remedy: "name one at most")
        }
        return (wishes, files)
    }
}

/// `FILE:LANG[,kind][,default][,name=…]` in its parts.
private struct TextEntry {
    let path: String
    let language: String
    private(set) var kind = TextKind.subtitles
    private(set) var isDefault = false
    private(set) var name: String?

    init(_ argument: String) throws(Failure) {
        func refuse(_ what: String, _ remedy: String) -> Failure {
            Failure(.usage, what: what, place: "--text \(argument.printable)", remedy: remedy)
        }
        guard let colon = argument.lastIndex(of: ":"), colon > argument.startIndex else {
            throw refuse("the text names no language", "write FILE:LANG, such as film.srt:en")
        }
        path = String(argument[..<colon])
        var words = argument[argument.index(after: colon)...].split(separator: ",", omittingEmptySubsequences: false)
        let tag = words.isEmpty ? "" : String(words.removeFirst())
        guard LanguageTag(tag) != nil, LanguageCode.known(tag) != nil else {
            throw refuse(
                "\"\(tag.printable)\" is no language of ISO 639", "write such as film.srt:en or film.srt:pt-BR")
        }
        language = tag
        for word in words {
            if let kind = TextKind(rawValue: String(word)) {
                self.kind = kind
            } else if word == "default" {
                isDefault = true
            } else if word.hasPrefix("name="), word.count > 5 {
                name = String(word.dropFirst(5))
            } else {
                throw refuse(
                    "the text has a word that means nothing: \(String(word).printable)",
                    "after the language stand \(TextKind.allCases.map(\.rawValue).joined(separator: ", ")), default, name="
                )
            }
        }
    }
}
