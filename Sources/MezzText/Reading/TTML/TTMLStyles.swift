/// The styles of a document: what an element says itself, and what the styles that it names say (TTML 2, section
/// 10.4.1).
struct TTMLStyles {
    private var named: [String: [String: String]] = [:]
    private var sources: [String: TTMLElement] = [:]
    /// What holds where nobody says anything: `initial` elements.
    private(set) var initial: [String: String] = [:]

    /// Chains of styles that name styles end here.
    private static let deepest = 16

    init(_ root: TTMLElement) {
        guard let styling = root.first("head")?.first("styling") else { return }
        for element in styling.children {
            if element.name == "initial" { initial.merge(Self.own(element)) { _, later in later } }
            if element.name == "style", let id = element["xml:id"] { sources[id] = element }
        }
        for id in sources.keys.sorted() { _ = resolve(id, depth: 0) }
    }

    private mutating func resolve(_ id: String, depth: Int) -> [String: String] {
        if let known = named[id] { return known }
        guard let element = sources[id], depth < Self.deepest else { return [:] }
        // Styles that name each other in a circle end where the circle closes.
        named[id] = [:]
        var result: [String: String] = [:]
        for parent in Self.references(element) {
            result.merge(resolve(parent, depth: depth + 1)) { _, later in later }
        }
        result.merge(Self.own(element)) { _, own in own }
        named[id] = result
        return result
    }

    /// Everything that is specified for an element, without what it inherits.
    func specified(_ element: TTMLElement) -> [String: String] {
        var result: [String: String] = [:]
        for id in Self.references(element) { result.merge(named[id] ?? [:]) { _, later in later } }
        for child in element.content {
            guard case .element(let child) = child, child.name == "style" else { continue }
            for id in Self.references(child) { result.merge(named[id] ?? [:]) { _, later in later } }
            result.merge(Self.own(child)) { _, own in own }
        }
        result.merge(Self.own(element)) { _, own in own }
        return result
    }

    private static func references(_ element: TTMLElement) -> [String] {
        (element["style"] ?? "").split(whereSeparator: \.isWhitespace).prefix(32).map(String.init)
    }

    private static func own(_ element: TTMLElement) -> [String: String] {
        element.attributes.filter { name, _ in known.contains(name) }
    }

    /// Every style property of IMSC 1.1 text profile (section 8) and of EBU-TT-D.
    private static let known: Set<String> = [
        "tts:backgroundColor", "tts:color", "tts:direction", "tts:disparity", "tts:display", "tts:displayAlign",
        "tts:extent", "tts:fontFamily", "tts:fontKerning", "tts:fontShear", "tts:fontSize", "tts:fontStyle",
        "tts:fontVariant", "tts:fontWeight", "tts:letterSpacing", "tts:lineHeight", "tts:lineShear",
        "tts:luminanceGain", "tts:opacity", "tts:origin", "tts:overflow", "tts:padding", "tts:position", "tts:ruby",
        "tts:rubyAlign", "tts:rubyPosition", "tts:rubyReserve", "tts:shear", "tts:showBackground", "tts:textAlign",
        "tts:textCombine", "tts:textDecoration", "tts:textEmphasis", "tts:textOrientation", "tts:textOutline",
        "tts:textShadow", "tts:unicodeBidi", "tts:visibility", "tts:wrapOption", "tts:writingMode", "tts:zIndex",
        "itts:fillLineGap", "itts:forcedDisplay", "ebutts:linePadding", "ebutts:multiRowAlign",
    ]
}
