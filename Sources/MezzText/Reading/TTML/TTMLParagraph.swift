/// The text of a `p` element, with the times of its parts.
struct TTMLParagraph {
    enum Kind {
        case text(String)
        case lineBreak
        case ruby(base: String, annotation: String)
    }

    struct Part {
        let kind: Kind
        let look: TTMLLook
        let span: TTMLSpan

        var isBlank: Bool {
            if case .text(let text) = kind { text.unicodeScalars.allSatisfy(TTMLParagraph.isBlank) } else { false }
        }
    }

    let span: TTMLSpan
    private(set) var parts: [Part] = []

    init(span: TTMLSpan) {
        self.span = span
    }

    mutating func add(_ kind: Kind, _ look: TTMLLook, _ span: TTMLSpan) {
        guard parts.count < TextLimit.pieces, !look.isHidden else { return }
        parts.append(Part(kind: kind, look: look, span: span))
    }

    /// When it is gone: its own end, or the last of its parts' when they all have one.
    /// - Parameter openLength: Nanoseconds that parts without an end are shown.
    func end(openLength: Int) -> (time: Int, isOpen: Bool) {
        if let end = span.end { return (end, false) }
        let seen = parts.filter { !$0.isBlank }
        let last = seen.compactMap(\.span.end).max() ?? span.begin
        guard let open = seen.filter({ $0.span.end == nil }).map(\.span.begin).max() else { return (last, false) }
        return (max(last, open + openLength), true)
    }

    /// The stretches of time in which the same parts are shown, with these parts.
    /// - Parameter end: When the paragraph is gone, in nanoseconds.
    func stretches(until end: Int) -> [(start: Int, end: Int, parts: [Part])] {
        let whole = (start: span.begin, end: end)
        var marks: Set<Int> = [whole.start, whole.end]
        for part in parts {
            for mark in [part.span.begin, part.span.end ?? whole.end] where mark > whole.start && mark < whole.end {
                marks.insert(mark)
            }
        }
        let sorted = marks.sorted()
        // Parts that all change at different times would be written over and over.
        guard sorted.count > 2, sorted.count * parts.count < 1 << 18 else { return [(whole.start, whole.end, parts)] }
        return zip(sorted, sorted.dropFirst()).map { start, end in
            (start, end, parts.filter { $0.span.begin < end && ($0.span.end ?? whole.end) > start })
        }
    }

    /// The pieces of a cue, blanks treated as `xml:space` asks (TTML 2, section 8.2.3 and appendix on white space).
    static func pieces(of parts: [Part]) -> [TextPiece] {
        var builder = PieceBuilder()
        var isLineStart = true
        var hasSpace = false
        for part in parts {
            switch part.kind {
            case .lineBreak:
                builder.addBreak()
                (isLineStart, hasSpace) = (true, false)
            case .ruby(let base, let annotation):
                if hasSpace { builder.add(" ", part.look.style) }
                builder.add(base, part.look.style, annotation: annotation.isEmpty ? nil : annotation)
                (isLineStart, hasSpace) = (false, false)
            case .text(let text) where part.look.keepsSpaces:
                if hasSpace { builder.add(" ", part.look.style) }
                builder.add(text, part.look.style)
                (isLineStart, hasSpace) = (text.hasSuffix("\n"), false)
            case .text(let text):
                var plain = ""
                for scalar in text.unicodeScalars {
                    if Self.isBlank(scalar) {
                        hasSpace = !isLineStart
                    } else {
                        if hasSpace { plain.unicodeScalars.append(" ") }
                        plain.unicodeScalars.append(scalar)
                        (isLineStart, hasSpace) = (false, false)
                    }
                }
                builder.add(plain, part.look.style)
            }
        }
        return trimmed(builder.pieces)
    }

    static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r"
    }

    /// Without line breaks at either end.
    private static func trimmed(_ pieces: [TextPiece]) -> [TextPiece] {
        var pieces = pieces[...]
        while pieces.first == .lineBreak { pieces.removeFirst() }
        while pieces.last == .lineBreak { pieces.removeLast() }
        return Array(pieces)
    }
}

/// When an element is active, in nanoseconds of the document.
struct TTMLSpan: Hashable {
    var begin: Int
    /// `nil`: as long as the document.
    var end: Int?

    /// The span of an element inside this one (TTML 2, section 12.3, after SMIL).
    /// - Parameter reference: What the element's times count from.
    /// - Returns: `nil` when its times cannot be read.
    func inner(_ element: TTMLElement, from reference: Int, _ clock: TTMLClock) -> TTMLSpan? {
        var times: [Int?] = []
        for name in ["begin", "dur", "end"] {
            guard let text = element[name], text != "indefinite" else {
                times.append(nil)
                continue
            }
            guard let time = clock.read(text) else { return nil }
            times.append(time)
        }
        // Each in a sequence may begin late; all together must not overflow.
        guard reference <= TTMLClock.latest else { return nil }
        let start = reference + (times[0] ?? 0)
        let ends = [times[1].map { start + $0 }, times[2].map { reference + $0 }, end].compactMap(\.self)
        return TTMLSpan(begin: max(begin, start), end: ends.min())
    }
}
