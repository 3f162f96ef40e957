import MezzCore

/// Reads WebVTT (section 6.1, "WebVTT file parsing").
struct WebVTTReader {
    private var findings = TextFindings()
    private var cues: [TextCue] = []
    private var sheet = StyleSheet()
    private var regions: [String: TextBox] = [:]
    private var classes: Set<String> = []
    private var hasTimestamps = false

    /// - Throws: `Failure` (`input`) when the file does not begin as WebVTT does.
    static func read(_ bytes: [UInt8], place: String) throws(Failure) -> TextReading {
        let lines = TextLines(bytes).lines
        guard let first = lines.first, first == "WEBVTT" || first.hasPrefix("WEBVTT ") || first.hasPrefix("WEBVTT\t")
        else {
            throw Failure(
                .input, what: "the first line is not WEBVTT", place: place,
                remedy: "if it is another format, name it with --from; else put WEBVTT on the first line")
        }
        var reader = WebVTTReader()
        reader.read(lines.dropFirst())
        reader.sayWhatIsLost()
        return TextReading(text: TimedText(cues: reader.cues), format: .vtt, findings: reader.findings.all)
    }

    private mutating func read(_ lines: ArraySlice<Substring>) {
        // What follows on the lines after the first, up to a blank one, is the header's.
        let isHeaderOnly = lines.first.map { !$0.isEmpty && !$0.contains("-->") } ?? false
        var rest = isHeaderOnly ? lines.drop { !$0.isEmpty && !$0.contains("-->") } : lines
        while !rest.isEmpty {
            rest = rest.drop(while: \.isEmpty)
            let block = Self.block(rest)
            rest = rest.dropFirst(block.count)
            if !block.isEmpty { read(block: block) }
            if cues.count >= TextLimit.cues {
                findings.add(.cueUnreadable, "more than \(TextLimit.cues) cues; the rest is left out")
                return
            }
        }
    }

    /// The lines up to a blank one, or to a second time line: two cues without a blank line between them are two.
    private static func block(_ lines: ArraySlice<Substring>) -> ArraySlice<Substring> {
        var times = 0
        var count = 0
        for line in lines {
            if line.isEmpty { break }
            if line.utf8.contains(UInt8(ascii: ">")), line.contains("-->") {
                times += 1
                if times > 1 || count > 1 { break }
            }
            count += 1
        }
        return lines.prefix(max(1, count))
    }

    private mutating func read(block: ArraySlice<Substring>) {
        guard let first = block.first else { return }
        if first.contains("-->") { return cue(id: nil, first, block.dropFirst()) }
        let rest = block.dropFirst()
        if let second = rest.first, second.contains("-->") {
            return cue(id: String(first.prefix(200)), second, rest.dropFirst())
        }
        if first.trimmed == "STYLE", cues.isEmpty {
            sheet.read(rest.joined(separator: "\n"))
        } else if first.trimmed == "REGION", cues.isEmpty {
            let settings = rest.joined(separator: " ")
            if let region = VTTRegion(settings) { regions[region.id] = region.box }
        } else if first != "NOTE", !first.hasPrefix("NOTE "), !first.hasPrefix("NOTE\t") {
            findings.add(.markup, "text that belongs to no cue: \"\(String(first.prefix(60)).printable)\"")
        }
    }

    private mutating func cue(id: String?, _ timing: Substring, _ body: ArraySlice<Substring>) {
        guard let arrow = timing.firstRange(of: "-->") else { return }
        let after = timing[arrow.upperBound...].trimmed
        let ending = after.prefix { $0 != " " && $0 != "\t" }
        guard let start = CueTime.read(timing[..<arrow.lowerBound].trimmed, isStrict: true),
            let end = CueTime.read(ending, isStrict: true)
        else {
            return findings.add(
                .cueUnreadable, "no times can be read in \"\(String(timing.prefix(80)).printable)\"")
        }
        let settings = CueSettingsReader(after[ending.endIndex...])
        for wrong in settings.wrong {
            findings.add(.setting, "no cue setting: \(String(wrong.prefix(40)).printable)", at: start)
        }
        var text = CueTextReader(styles: sheet.classes)
        text.read(body.joined(separator: "\n"))
        for wrong in text.wrong { findings.add(.markup, "no tag: \(String(wrong).printable)", at: start) }
        hasTimestamps = hasTimestamps || text.hasTimestamps
        if classes.count < 100 { classes.formUnion(text.classes) }
        var placement = settings.placement
        if let name = settings.region {
            if let box = regions[String(name)] {
                placement.anchor = .box(box)
            } else {
                findings.add(.setting, "there is no region \(String(name.prefix(40)).printable)", at: start)
            }
        }
        cues.append(TextCue(id: id, start: start, end: end, pieces: text.builder.pieces, placement: placement))
    }

    private mutating func sayWhatIsLost() {
        if hasTimestamps {
            findings.add(.lostAnimation, "text that appears word by word is shown at once")
        }
        if !sheet.lost.isEmpty { findings.add(.lostLook, "style rules not kept: \(Self.list(sheet.lost))") }
        if !classes.isEmpty { findings.add(.lostLook, "classes without a style in the file: \(Self.list(classes))") }
    }

    private static func list(_ names: Set<String>) -> String {
        names.sorted().prefix(12).joined(separator: " ").printable
    }
}
