/// A piece of HTML. Written as a string literal; a string interpolated into it is escaped, another piece is not, so
/// that text from outside cannot become markup.
struct Markup: Sendable, ExpressibleByStringInterpolation {
    private(set) var html: String

    init() { html = "" }

    init(stringLiteral value: String) { html = value }

    init(stringInterpolation: Interpolation) { html = stringInterpolation.html }

    /// Text from this program that is markup already: the style sheet, the script, path data.
    init(verbatim html: String) { self.html = html }

    static func += (left: inout Markup, right: Markup) { left.html += right.html }

    var isEmpty: Bool { html.isEmpty }

    struct Interpolation: StringInterpolationProtocol {
        fileprivate var html = ""

        init(literalCapacity: Int, interpolationCount: Int) {
            html.reserveCapacity(literalCapacity + interpolationCount * 8)
        }

        mutating func appendLiteral(_ literal: String) { html += literal }

        mutating func appendInterpolation(_ text: String) { html += Markup.escape(text) }

        mutating func appendInterpolation(_ number: Int) { html += String(number) }

        mutating func appendInterpolation(_ markup: Markup) { html += markup.html }

        mutating func appendInterpolation(_ list: [Markup]) {
            for markup in list { html += markup.html }
        }
    }

    /// The text for element content and quoted attributes. Control characters, which neither HTML nor XML may hold,
    /// and those that turn the direction of the text around them become U+FFFD.
    static func escape(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: needsEscape) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\n", "\t": result.unicodeScalars.append(scalar)
            case _ where needsEscape(scalar): result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x22, 0x26, 0x27, 0x3C, 0x3E: true
        case 0..<0x20, 0x7F..<0xA0: true
        case 0x202A...0x202E, 0x2066...0x2069: true
        case 0xFFFE, 0xFFFF: true
        default: false
        }
    }
}

extension Sequence<Markup> {
    func joined() -> Markup {
        var result = Markup()
        for piece in self { result += piece }
        return result
    }
}
