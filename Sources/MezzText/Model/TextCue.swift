/// A text that appears and disappears as a whole.
package struct TextCue: Hashable, Sendable {
    /// What the file calls it; `nil` when it has no name.
    package var id: String?
    /// Milliseconds from the start of the picture. May be negative before an offset is applied.
    package var start: Int
    /// Milliseconds from the start of the picture; the cue is gone then.
    package var end: Int
    package var pieces: [TextPiece]
    package var placement: TextPlacement
    package var isForced: Bool

    package init(
        id: String? = nil, start: Int, end: Int, pieces: [TextPiece], placement: TextPlacement = TextPlacement(),
        isForced: Bool = false
    ) {
        self.id = id
        self.start = start
        self.end = end
        self.pieces = pieces
        self.placement = placement
        self.isForced = isForced
    }

    /// Milliseconds that it is shown.
    package var duration: Int { end - start }

    /// What is read, line by line, without ruby annotations.
    package var lines: [String] {
        var lines = [""]
        for piece in pieces {
            switch piece {
            case .run(let run): lines[lines.count - 1] += run.text
            case .lineBreak: lines.append("")
            }
        }
        return lines
    }

    /// What is read, with line feeds between the lines.
    package var text: String { lines.joined(separator: "\n") }

    /// Whether nothing of it would be seen.
    package var isEmpty: Bool { lines.allSatisfy { $0.allSatisfy(\.isWhitespace) } }
}

/// A part of a cue.
package enum TextPiece: Hashable, Sendable {
    case run(TextRun)
    case lineBreak
}

/// Text in one style.
package struct TextRun: Hashable, Sendable {
    package var text: String
    package var style: TextStyle
    /// Ruby: what is written small beside `text`.
    package var annotation: String?

    package init(_ text: String, style: TextStyle = TextStyle(), annotation: String? = nil) {
        self.text = text
        self.style = style
        self.annotation = annotation
    }
}
