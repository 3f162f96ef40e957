import MezzCore

/// Reads SubRip. There is no standard; this follows what players agree on: a cue begins at its time line, a number
/// before it is its name, `<i> <b> <u> <font color>` and `{\anN}` are markup.
struct SubRipReader {
    private var findings = TextFindings()
    private var cues: [TextCue] = []

    static func read(_ bytes: [UInt8]) -> TextReading {
        var reader = SubRipReader()
        reader.read(TextLines(bytes).lines)
        return TextReading(text: TimedText(cues: reader.cues), format: .srt, findings: reader.findings.all)
    }

    private mutating func read(_ lines: [Substring]) {
        var open: (start: Int, end: Int, id: String?)?
        var body: [Substring] = []
        for line in lines {
            guard line.utf8.contains(0x3E), let arrow = line.firstRange(of: "-->") else {
                body.append(line)
                continue
            }
            let id = Self.takeNumber(from: &body)
            if let open { close(open, body) }
            body = []
            open = nil
            guard cues.count < TextLimit.cues else {
                findings.add(.cueUnreadable, "more than \(TextLimit.cues) cues; the rest is left out")
                return
            }
            let ending = line[arrow.upperBound...].trimmed.prefix { $0 != " " && $0 != "\t" }
            if let start = CueTime.read(line[..<arrow.lowerBound].trimmed, isStrict: false),
                let end = CueTime.read(ending, isStrict: false)
            {
                open = (start, end, id)
            } else {
                findings.add(.cueUnreadable, "no times can be read in \"\(String(line.prefix(80)).printable)\"")
            }
        }
        if let open { close(open, body) }
    }

    /// The number that stands before a time line, taken off the text of the cue before it.
    private static func takeNumber(from body: inout [Substring]) -> String? {
        guard let last = body.last?.trimmed, !last.isEmpty, last.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            body.count == 1 || body[body.count - 2].trimmed.isEmpty
        else { return nil }
        body.removeLast()
        return String(last.prefix(20))
    }

    private mutating func close(_ open: (start: Int, end: Int, id: String?), _ body: [Substring]) {
        var lines = body[...]
        while let last = lines.last, last.trimmed.isEmpty { lines.removeLast() }
        while let first = lines.first, first.trimmed.isEmpty { lines.removeFirst() }
        var markup = SubRipMarkup()
        markup.read(lines.joined(separator: "\n"))
        if !markup.unknown.isEmpty {
            findings.add(
                .markup, "not understood: \(markup.unknown.prefix(3).joined(separator: " ").printable)", at: open.start)
        }
        cues.append(
            TextCue(
                id: open.id, start: open.start, end: open.end, pieces: markup.builder.pieces,
                placement: markup.placement))
    }
}
