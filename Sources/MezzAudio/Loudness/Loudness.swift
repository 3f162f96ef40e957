/// Loudness of a programme by ITU-R BS.1770-5, EBU Tech 3341 and EBU Tech 3342.
package struct Loudness: Codable, Hashable, Sendable {
    /// Integrated loudness, LKFS; `nil` for silence (everything under the absolute gate of −70).
    package let integrated: Double?
    /// Loudness range, LU.
    package let range: Double
    /// True peak, dBTP; `nil` for digital silence.
    package let truePeak: Double?
    /// Greatest loudness of 400 ms, LKFS; `nil` for silence and where the programme is shorter.
    package let momentaryMaximum: Double?
    /// Greatest loudness of 3 s, LKFS; `nil` for silence and where the programme is shorter.
    package let shortTermMaximum: Double?
    /// Greatest sample, dBFS; `nil` for digital silence.
    package let samplePeak: Double?
    /// Of its dialogue; `nil` where nobody looked for dialogue.
    package let dialogue: DialogueLoudness?

    package init(
        integrated: Double?, range: Double, truePeak: Double?, momentaryMaximum: Double? = nil,
        shortTermMaximum: Double? = nil, samplePeak: Double? = nil, dialogue: DialogueLoudness? = nil
    ) {
        self.integrated = integrated
        self.range = range
        self.truePeak = truePeak
        self.momentaryMaximum = momentaryMaximum
        self.shortTermMaximum = shortTermMaximum
        self.samplePeak = samplePeak
        self.dialogue = dialogue
    }
}

/// Loudness of the dialogue in a programme: everything that sounds while someone speaks.
package struct DialogueLoudness: Codable, Hashable, Sendable {
    /// LKFS of the programme's mix over the stretches with speech, without level gates (the first edition of BS.1770);
    /// `nil` when nobody speaks.
    package let integrated: Double?
    /// Loudness range of these stretches set one after another, LU.
    package let range: Double
    /// Share of the programme's length that holds speech, 0…1.
    package let share: Double

    package init(integrated: Double?, range: Double, share: Double) {
        self.integrated = integrated
        self.range = range
        self.share = share
    }
}
