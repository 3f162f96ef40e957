import MezzCore

/// Characters that no text should hold, and directional marks that are not closed.
enum CharacterCheck {
    static func check(_ cue: TextCue, _ findings: inout TextFindings) {
        var scan = Scan()
        for piece in cue.pieces {
            switch piece {
            case .run(let run):
                scan.read(run.text)
                if let annotation = run.annotation { scan.read(annotation) }
            case .lineBreak: break
            }
        }
        if let illegal = scan.illegal {
            findings.add(.character, "holds U+\(String(illegal.value, radix: 16, uppercase: true))", at: cue.start)
        }
        if scan.hasReplacement {
            findings.add(.replaced, "holds U+FFFD, which stands for what could not be decoded", at: cue.start)
        }
        if scan.isUnbalanced {
            findings.add(.direction, "directional marks are not closed, or close nothing", at: cue.start)
        }
    }

    private struct Scan {
        private(set) var illegal: Unicode.Scalar?
        private(set) var hasReplacement = false
        /// Open embeddings, overrides and isolates (Unicode Standard Annex 9, section 2).
        private var embeddings = 0
        private var isolates = 0
        private var closedTooMany = false

        var isUnbalanced: Bool { closedTooMany || embeddings != 0 || isolates != 0 }

        mutating func read(_ text: String) {
            for scalar in text.unicodeScalars {
                switch scalar.value {
                case 0xFFFD: hasReplacement = true
                case 0x202A, 0x202B, 0x202D, 0x202E: embeddings += 1
                case 0x202C: embeddings -= 1
                case 0x2066...0x2068: isolates += 1
                case 0x2069: isolates -= 1
                default: if illegal == nil, !TextCharacters.isAllowed(scalar) { illegal = scalar }
                }
                closedTooMany = closedTooMany || embeddings < 0 || isolates < 0
            }
        }
    }
}
