/// Puts a cue together from text in changing styles.
struct PieceBuilder {
    private(set) var pieces: [TextPiece] = []

    /// Line feeds in the text become line breaks; text in the style of the run before it joins that run.
    mutating func add(_ text: String, _ style: TextStyle, annotation: String? = nil) {
        var rest = text[...]
        while let feed = rest.utf8.firstIndex(of: 0x0A) {
            addRun(rest[..<feed], style, annotation)
            addBreak()
            rest = Substring(rest.utf8[rest.utf8.index(after: feed)...])
        }
        addRun(rest, style, annotation)
    }

    mutating func addBreak() {
        guard pieces.count < TextLimit.pieces else { return }
        pieces.append(.lineBreak)
    }

    private mutating func addRun(_ text: Substring, _ style: TextStyle, _ annotation: String?) {
        guard !text.isEmpty else { return }
        if annotation == nil, case .run(var last)? = pieces.last, last.style == style, last.annotation == nil {
            pieces.removeLast()
            last.text += text
            pieces.append(.run(last))
        } else if pieces.count < TextLimit.pieces {
            pieces.append(.run(TextRun(String(text), style: style, annotation: annotation)))
        }
    }

    /// Whether something had to be left out because a cue has so many pieces.
    var isFull: Bool { pieces.count >= TextLimit.pieces }
}
