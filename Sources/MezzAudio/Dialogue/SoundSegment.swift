/// What is heard over a stretch of a programme.
package struct SoundSegment: Hashable, Codable, Sendable {
    package enum Kind: String, Codable, Sendable, CaseIterable {
        /// Someone speaks, whatever else is heard.
        case speech
        case music
        /// Effects, noise, atmosphere.
        case other
        case silence
    }

    package let kind: Kind
    /// Seconds from the programme's first sample.
    package let start: Double
    package let end: Double

    package init(kind: Kind, start: Double, end: Double) {
        self.kind = kind
        self.start = start
        self.end = end
    }
}
