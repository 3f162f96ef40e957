/// The texts of one track with their times, whatever file they came from.
package struct TimedText: Hashable, Sendable {
    /// In the order of the file.
    package var cues: [TextCue]
    /// A BCP 47 tag; `nil` when nobody said.
    package var language: String?
    /// Whether the whole track is of forced narratives: texts that are shown although subtitles are off.
    package var isForced: Bool

    package init(cues: [TextCue], language: String? = nil, isForced: Bool = false) {
        self.cues = cues
        self.language = language
        self.isForced = isForced
    }

    /// The forced cues alone, as a track of its own.
    package var forcedNarratives: TimedText {
        TimedText(cues: isForced ? cues : cues.filter(\.isForced), language: language, isForced: true)
    }
}
