/// The gain that brings a programme to its rule.
package struct Normalization: Codable, Hashable, Sendable {
    /// dB.
    package let gain: Double
    /// dB that the rule asks for; more than `gain` where peaks would have gone over their limit.
    package let wanted: Double
    package let anchor: LoudnessRule.Anchor
    /// LKFS after the gain, on the anchor; `nil` for silence.
    package let expected: Double?

    /// Whether peaks kept the gain under what the rule asks for.
    package var isPeakLimited: Bool { gain < wanted - 1e-9 }

    /// - Parameter rule: `nil` leaves the sound as it is.
    package init(_ loudness: Loudness, rule: LoudnessRule?) {
        guard let rule else {
            self.init(gain: 0, wanted: 0, anchor: .programme, expected: loudness.integrated)
            return
        }
        let (anchor, measured, goal) = rule.anchor(of: loudness)
        guard let measured else {
            // Silence stays as it is: no gain makes it loud.
            self.init(gain: 0, wanted: 0, anchor: anchor, expected: nil)
            return
        }
        let wanted = goal.loudness - measured
        let allowed = loudness.truePeak.map { rule.truePeak - $0 } ?? wanted
        let gain = min(wanted, allowed)
        self.init(gain: gain, wanted: wanted, anchor: anchor, expected: measured + gain)
    }

    private init(gain: Double, wanted: Double, anchor: LoudnessRule.Anchor, expected: Double?) {
        self.gain = gain
        self.wanted = wanted
        self.anchor = anchor
        self.expected = expected
    }
}
