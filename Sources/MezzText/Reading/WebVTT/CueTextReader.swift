/// The text of a WebVTT cue with its tags (section 6.4, "WebVTT cue text parsing rules").
struct CueTextReader {
    private(set) var builder = PieceBuilder()
    /// Whether there were time stamps that let the text appear word by word.
    private(set) var hasTimestamps = false
    /// Classes that no style sheet of the file colours.
    private(set) var classes: Set<String> = []
    /// Tags that are none, or that end nothing.
    private(set) var wrong: [Substring] = []

    private let styles: [String: ClassStyle]
    private var open: [(name: Substring, style: TextStyle)] = []
    private var style: TextStyle
    private var base = ""
    private var annotation: String?

    /// Tags nest deeper in no text.
    private static let deepest = 64

    init(styles: [String: ClassStyle]) {
        self.styles = styles
        style = TextStyle()
        styles[""]?.apply(to: &style)
    }

    mutating func read(_ text: String) {
        var rest = text[...]
        while let mark = rest.utf8.firstIndex(of: UInt8(ascii: "<")) {
            add(rest[..<mark])
            guard let end = rest.utf8[mark...].firstIndex(of: UInt8(ascii: ">")) else {
                // What does not end is a tag up to the end of the cue.
                pass(over: rest[mark...].prefix(40))
                rest = rest[rest.endIndex...]
                break
            }
            tag(Substring(rest.utf8[rest.utf8.index(after: mark)..<end]))
            rest = Substring(rest.utf8[rest.utf8.index(after: end)...])
        }
        add(rest)
        closeRuby()
    }

    private mutating func add(_ text: Substring) {
        guard !text.isEmpty else { return }
        let plain = Self.unescaped(text)
        guard open.contains(where: { $0.name == "ruby" }) else { return builder.add(plain, style) }
        if annotation != nil { annotation? += plain } else { base += plain }
    }

    private mutating func tag(_ tag: Substring) {
        if let first = tag.utf8.first, (0x30...0x39).contains(first) {
            hasTimestamps = true
        } else if tag.hasPrefix("/") {
            end(tag.dropFirst().trimmed)
        } else {
            begin(tag)
        }
    }

    private mutating func begin(_ tag: Substring) {
        let head = tag.prefix { $0 != " " && $0 != "\t" && $0 != "\n" }
        let rest = tag[head.endIndex...].trimmed
        let parts = head.split(separator: ".", omittingEmptySubsequences: false)
        let name = parts.first ?? ""
        guard ["c", "i", "b", "u", "v", "lang", "ruby", "rt"].contains(name), open.count < Self.deepest,
            name != "rt" || open.last?.name == "ruby"
        else {
            pass(over: "<\(tag.prefix(40))>")
            return
        }
        if name == "ruby" { closeRuby() }
        if name == "rt" { annotation = "" }
        open.append((name, style))
        switch name {
        case "i": style.isItalic = true
        case "b": style.isBold = true
        case "u": style.isUnderlined = true
        case "v": style.voice = Self.unescaped(rest)
        case "lang": style.language = rest.isEmpty ? nil : String(rest)
        default: break
        }
        for part in parts.dropFirst() where !part.isEmpty { apply(part) }
    }

    private mutating func apply(_ name: Substring) {
        if let known = styles[String(name)] {
            known.apply(to: &style)
        } else if let color = TextColor.webVTTClasses[String(name)] {
            style.color = color
        } else if name.hasPrefix("bg_"), let color = TextColor.webVTTClasses[String(name.dropFirst(3))] {
            style.background = color
        } else {
            classes.insert(String(name.prefix(40)))
        }
    }

    private mutating func end(_ name: Substring) {
        guard let last = open.last else {
            pass(over: "</\(name.prefix(40))>")
            return
        }
        if last.name == name {
            if name == "rt" { closeRuby() }
            if name == "ruby" { closeRuby() }
            style = last.style
            open.removeLast()
        } else if name == "ruby", last.name == "rt", open.count >= 2 {
            closeRuby()
            open.removeLast()
            style = open.removeLast().style
        } else {
            pass(over: "</\(name.prefix(40))>")
        }
    }

    private mutating func pass(over tag: Substring) {
        if wrong.count < TextFindings.most { wrong.append(tag) }
    }

    /// Hands on a base with what stands beside it.
    private mutating func closeRuby() {
        if !base.isEmpty {
            builder.add(base, style, annotation: annotation.flatMap { $0.isEmpty ? nil : $0 })
        } else if let annotation, !annotation.isEmpty {
            builder.add(annotation, style)
        }
        base = ""
        annotation = nil
    }

    private static let entities: [Substring: String] = [
        "amp": "&", "lt": "<", "gt": ">", "lrm": "\u{200E}", "rlm": "\u{200F}", "nbsp": "\u{A0}", "quot": "\"",
        "apos": "'",
    ]

    /// Character references replaced: those that WebVTT names, and numbers.
    static func unescaped(_ text: Substring) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return String(text) }
        var result = ""
        var rest = text
        while let mark = rest.firstIndex(of: "&") {
            result += rest[..<mark]
            let after = rest[rest.index(after: mark)...]
            if let end = after.prefix(12).firstIndex(of: ";"), let character = character(after[..<end]) {
                result += character
                rest = after[after.index(after: end)...]
            } else {
                result += "&"
                rest = after
            }
        }
        return result + rest
    }

    private static func character(_ name: Substring) -> String? {
        if let known = entities[name] { return known }
        guard name.hasPrefix("#") else { return nil }
        let digits = name.dropFirst()
        let isHex = digits.hasPrefix("x") || digits.hasPrefix("X")
        guard let code = UInt32(isHex ? digits.dropFirst() : digits, radix: isHex ? 16 : 10),
            let scalar = Unicode.Scalar(code), code != 0
        else { return nil }
        return String(scalar)
    }
}
