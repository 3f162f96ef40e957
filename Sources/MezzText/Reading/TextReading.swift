package import MezzCore

/// What came out of a file.
package struct TextReading: Sendable {
    package var text: TimedText
    package let format: TextFormat
    /// What was passed over, corrected or lost while reading.
    package let findings: [Finding]

    package init(text: TimedText, format: TextFormat, findings: [Finding]) {
        self.text = text
        self.format = format
        self.findings = findings
    }
}

/// Far more than any title has.
enum TextLimit {
    /// Bytes of a file: a feature film's subtitles with full styling take a tenth of it.
    static let bytes = 16 << 20
    static let cues = 100_000
    /// Characters of all cues together.
    static let characters = 16 << 20
    /// Pieces of one cue.
    static let pieces = 4096
}
