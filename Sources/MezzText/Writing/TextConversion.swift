package import MezzCore

/// A text on its way into a title: read, put into the title's time, checked and written.
package struct TextConversion: Hashable, Sendable {
    package var timing: TextTiming
    /// Replaces the language that the file names; `nil` keeps it.
    package var language: String?
    /// Whether the track is to be of forced narratives: of a file that marks cues as forced, those alone.
    package var isForced: Bool
    package var guide: TextGuide

    package init(
        timing: TextTiming = TextTiming(), language: String? = nil, isForced: Bool = false,
        guide: TextGuide = TextGuide()
    ) {
        self.timing = timing
        self.language = language
        self.isForced = isForced
        self.guide = guide
    }

    /// The text as the title has it, with every finding so far: of reading, of the new times, and of the checks.
    package func apply(to reading: TextReading) -> (text: TimedText, findings: [Finding]) {
        var text = reading.text
        if let language { text.language = language }
        if isForced {
            text = text.cues.contains(where: \.isForced) ? text.forcedNarratives : text
            text.isForced = true
        }
        let (moved, findings) = timing.apply(to: text)
        return (moved, reading.findings + findings + TextChecker(guide: guide, duration: timing.duration).check(moved))
    }
}
