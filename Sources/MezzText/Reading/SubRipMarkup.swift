/// The markup inside a SubRip cue.
struct SubRipMarkup {
    private(set) var builder = PieceBuilder()
    private(set) var placement = TextPlacement()
    /// Override tags of the kind `{\pos(…)}` that mean something and that nothing is made of.
    private(set) var unknown: [String] = []
    private var bold = 0
    private var italic = 0
    private var underline = 0
    private var colors: [TextColor?] = []

    /// Tags that have no effect if they are longer: no tag is.
    private static let longestTag = 200

    mutating func read(_ text: String) {
        var rest = text[...]
        var plain = ""
        // By bytes: in hostile text a million marks begin nothing.
        while let mark = rest.utf8.firstIndex(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "{") }) {
            plain += rest[..<mark]
            rest = rest[mark...]
            if let tag = Self.tag(at: rest), apply(tag.content, flushing: &plain) {
                rest = tag.rest
            } else {
                let next = rest.utf8.index(after: mark)
                plain += rest[..<next]
                rest = rest[next...]
            }
        }
        builder.add(plain + rest, style)
    }

    private static func tag(at text: Substring) -> (content: Substring, rest: Substring)? {
        let units = text.utf8
        let close = units.first == UInt8(ascii: "<") ? UInt8(ascii: ">") : UInt8(ascii: "}")
        guard let end = units.prefix(longestTag).firstIndex(of: close) else { return nil }
        return (text[..<end], text[units.index(after: end)...])
    }

    /// Whether the tag was one; otherwise it is text.
    private mutating func apply(_ tag: Substring, flushing plain: inout String) -> Bool {
        let before = style
        guard tag.first == "<" ? element(tag.dropFirst()) : override(tag.dropFirst()) else { return false }
        builder.add(plain, before)
        plain = ""
        return true
    }

    private mutating func element(_ tag: Substring) -> Bool {
        let isEnd = tag.first == "/"
        let content = isEnd ? tag.dropFirst() : tag
        switch content.prefix(while: \.isLetter).lowercased() {
        case "b": bold = max(0, bold + (isEnd ? -1 : 1))
        case "i": italic = max(0, italic + (isEnd ? -1 : 1))
        case "u": underline = max(0, underline + (isEnd ? -1 : 1))
        case "font":
            if isEnd { _ = colors.popLast() } else { colors.append(Self.color(in: content) ?? colors.last ?? nil) }
        default: return false
        }
        return true
    }

    private static func color(in tag: Substring) -> TextColor? {
        guard let match = tag.firstMatch(of: #/color\s*=\s*["']?([#\w]+)/#.ignoresCase()) else { return nil }
        return TextColor(text: String(match.1), hasByteAlpha: true) ?? TextColor(digits: match.1)
    }

    /// `{\an8}` places the cue as the digits of a keypad lie; `{\i1}` and its like switch; others are passed over.
    private mutating func override(_ tag: Substring) -> Bool {
        guard tag.first == "\\" else { return false }
        for part in tag.split(separator: "\\") {
            if part.hasPrefix("an"), let digit = part.dropFirst(2).first?.wholeNumberValue, (1...9).contains(digit) {
                place(keypad: digit)
            } else if let count = part.dropFirst().first?.wholeNumberValue, part.count == 2 {
                switch part.first {
                case "b": bold = count
                case "i": italic = count
                case "u": underline = count
                default: pass(over: part)
                }
            } else {
                pass(over: part)
            }
        }
        return true
    }

    private mutating func pass(over part: Substring) {
        if unknown.count < TextFindings.most { unknown.append("{\\\(part.prefix(40))}") }
    }

    private mutating func place(keypad digit: Int) {
        let column = (digit - 1) % 3
        placement.alignment = [.start, .center, .end][column]
        let align: TextBox.BlockAlignment = [.after, .center, .before][(digit - 1) / 3]
        // The usual place needs no words.
        var box = TextBox.usual
        box.align = align
        placement.anchor = digit == 2 ? .automatic : .box(box)
    }

    private var style: TextStyle {
        var style = TextStyle()
        style.isBold = bold > 0
        style.isItalic = italic > 0
        style.isUnderlined = underline > 0
        style.color = colors.last ?? nil
        return style
    }
}
