/// What a rule `::cue(.name)` of a WebVTT file sets.
struct ClassStyle: Hashable {
    var color: TextColor?
    var background: TextColor?
    var isBold: Bool?
    var isItalic: Bool?
    var isUnderlined: Bool?

    func apply(to style: inout TextStyle) {
        if let color { style.color = color }
        if let background { style.background = background }
        if let isBold { style.isBold = isBold }
        if let isItalic { style.isItalic = isItalic }
        if let isUnderlined { style.isUnderlined = isUnderlined }
    }
}

/// The `STYLE` blocks of a WebVTT file: of CSS the rules `::cue` and `::cue(.class)` with colours, weight, slant and
/// underline. The rest is named in `lost`.
struct StyleSheet {
    /// By class; the rule for all cues under the empty name.
    private(set) var classes: [String: ClassStyle] = [:]
    private(set) var lost: Set<String> = []

    private static let mostRules = 4096

    mutating func read(_ text: String) {
        var rest = Self.withoutComments(text)[...]
        while let open = rest.firstIndex(of: "{"), classes.count < Self.mostRules {
            let body = rest[rest.index(after: open)...]
            let close = body.firstIndex(of: "}") ?? body.endIndex
            let selectors = rest[..<open].split(separator: ",").map { $0.filter { !$0.isWhitespace } }
            for selector in selectors { apply(selector, body[..<close]) }
            rest = close < body.endIndex ? body[body.index(after: close)...] : body[body.endIndex...]
        }
    }

    private mutating func apply(_ selector: String, _ body: Substring) {
        let name: String
        if selector == "::cue" {
            name = ""
        } else if let match = selector.wholeMatch(of: #/::cue\((?:c)?\.([\w-]+)\)/#) {
            name = String(match.1)
        } else {
            lost.insert(String(selector.prefix(40)))
            return
        }
        for declaration in body.split(separator: ";") {
            let parts = declaration.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            let property = parts[0].filter { !$0.isWhitespace }.lowercased()
            let value = parts[1].drop(while: \.isWhitespace).lowercased()
            let words = value.split(whereSeparator: \.isWhitespace).map(String.init)
            if !set(property, value, words, &classes[name, default: ClassStyle()]) {
                lost.insert(String(property.prefix(40)))
            }
        }
    }

    private func set(_ property: String, _ value: String, _ words: [String], _ style: inout ClassStyle) -> Bool {
        switch property {
        case "color":
            style.color = TextColor(text: value, hasByteAlpha: false)
            return style.color != nil
        case "background-color", "background":
            style.background = TextColor(text: value, hasByteAlpha: false)
            return style.background != nil
        case "font-weight": style.isBold = words.first == "bold" || (words.first.flatMap { Int($0) } ?? 0) >= 600
        case "font-style": style.isItalic = words.first == "italic" || words.first == "oblique"
        case "text-decoration", "text-decoration-line": style.isUnderlined = words.contains("underline")
        default: return false
        }
        return true
    }

    private static func withoutComments(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let open = rest.firstRange(of: "/*") {
            result += rest[..<open.lowerBound]
            guard let close = rest[open.upperBound...].firstRange(of: "*/") else { return result }
            rest = rest[close.upperBound...]
        }
        return result + rest
    }
}
