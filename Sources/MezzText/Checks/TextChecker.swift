package import MezzCore

/// What `TextChecker` holds texts against.
package struct TextGuide: Hashable, Sendable {
    /// Characters a second, blanks included: 20 for adults' programmes in English by Netflix's Timed Text Style Guide
    /// (English, section "Reading Speed Limits"; 17 for children's).
    package var charactersPerSecond: Double
    /// Two, by the same guide ("Line Treatment").
    package var lines: Int
    /// 42, by the same guide ("Character Limitation").
    package var charactersPerLine: Int

    package init(charactersPerSecond: Double = 20, lines: Int = 2, charactersPerLine: Int = 42) {
        self.charactersPerSecond = charactersPerSecond
        self.lines = lines
        self.charactersPerLine = charactersPerLine
    }
}

/// Checks a text, whatever file it came from.
package struct TextChecker: Sendable {
    private let guide: TextGuide
    /// Milliseconds of the picture.
    private let duration: Int?

    /// - Parameter duration: Milliseconds of the picture; `nil` when nobody knows.
    package init(guide: TextGuide = TextGuide(), duration: Int? = nil) {
        self.guide = guide
        self.duration = duration
    }

    /// All findings, in the order of the cues and, for each cue, of the rules.
    package func check(_ text: TimedText) -> [Finding] {
        var findings = TextFindings()
        language(of: text, &findings)
        guard !text.cues.isEmpty else {
            findings.add(.noCues, "there is no cue")
            return findings.all
        }
        startCode(of: text, &findings)
        for cue in text.cues {
            times(of: cue, &findings)
            reading(of: cue, &findings)
            CharacterCheck.check(cue, &findings)
            place(of: cue, &findings)
        }
        OverlapCheck.check(text.cues, &findings)
        return findings.all
    }

    private func language(of text: TimedText, _ findings: inout TextFindings) {
        guard let language = text.language else { return findings.add(.language, "no language is named") }
        if LanguageTag(language) == nil {
            findings.add(.language, "\"\(String(language.prefix(40)).printable)\" is no language tag")
        }
    }

    /// Tapes begin at an hour of their own, and some files count as the tape did.
    private func startCode(of text: TimedText, _ findings: inout TextFindings) {
        guard let first = text.cues.map(\.start).min(), first >= 3_600_000 else { return }
        let hours = first / 3_600_000
        findings.add(
            .startCode, "the first cue comes after \(hours) h: --text-offset -\(hours * 3600) takes \(hours) h off",
            at: first)
    }

    private func times(of cue: TextCue, _ findings: inout TextFindings) {
        if cue.end <= cue.start {
            findings.add(
                .cueDuration, "lasts \(TextTiming.seconds(cue.duration)) s", at: cue.start)
        }
        if cue.isEmpty { findings.add(.cueEmpty, "has no text", at: cue.start) }
        guard let duration else { return }
        let end = TextTiming.seconds(duration)
        if cue.start >= duration {
            findings.add(.cueLate, "begins after the picture has ended (\(end) s)", at: cue.start)
        } else if cue.end > duration {
            findings.add(.cueLate, "ends after the picture (\(end) s)", at: cue.start, severity: .warning)
        }
    }

    private func reading(of cue: TextCue, _ findings: inout TextFindings) {
        let lengths = cue.lines.map(\.count)
        let characters = lengths.reduce(0, +)
        // What is shown for less than a tenth of a second is judged by its duration alone.
        if cue.duration >= 100, Double(characters) * 1000 > guide.charactersPerSecond * Double(cue.duration) {
            let speed = WebVTTWriter.number(Double(characters) * 1000 / Double(cue.duration))
            findings.add(
                .readingSpeed,
                "\(speed) characters a second; \(WebVTTWriter.number(guide.charactersPerSecond)) can be read",
                at: cue.start)
        }
        if lengths.count > guide.lines { findings.add(.lineCount, "\(lengths.count) lines", at: cue.start) }
        if let longest = lengths.max(), longest > guide.charactersPerLine {
            findings.add(.lineLength, "\(longest) characters in a line", at: cue.start)
        }
    }

    private func place(of cue: TextCue, _ findings: inout TextFindings) {
        guard case .box(let box) = cue.placement.anchor, !box.isOnPicture else { return }
        let number = WebVTTWriter.number
        findings.add(
            .offScreen,
            "at \(number(box.left))% \(number(box.top))%, \(number(box.width))% by \(number(box.height))% large",
            at: cue.start)
    }
}
