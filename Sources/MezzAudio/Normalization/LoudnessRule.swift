/// What a deliverable's loudness must be: a published rule, or one of its own.
package struct LoudnessRule: Codable, Hashable, Sendable {
    /// A loudness and how far from it is still right.
    package struct Goal: Codable, Hashable, Sendable {
        /// LKFS.
        package var loudness: Double
        /// LU to either side.
        package var tolerance: Double

        package init(_ loudness: Double, tolerance: Double) {
            self.loudness = loudness
            self.tolerance = tolerance
        }
    }

    /// What a loudness was measured on.
    package enum Anchor: String, Codable, Sendable {
        case dialogue
        case programme
    }

    /// Of the whole programme, with the gates of BS.1770.
    package var programme: Goal
    /// Of the dialogue, which counts instead when there is enough of it.
    package var dialogue: Goal?
    /// Share of the programme's length from which dialogue is enough, 0…1.
    package var leastDialogue: Double
    /// Greatest true peak, dBTP.
    package var truePeak: Double

    package init(programme: Goal, dialogue: Goal? = nil, leastDialogue: Double = 0.15, truePeak: Double) {
        self.programme = programme
        self.dialogue = dialogue
        self.leastDialogue = leastDialogue
        self.truePeak = truePeak
    }

    /// Which loudness counts for a programme, what it is (`nil` for silence) and what it should be.
    package func anchor(of loudness: Loudness) -> (anchor: Anchor, measured: Double?, goal: Goal) {
        if let goal = dialogue, let heard = loudness.dialogue, let measured = heard.integrated,
            heard.share >= leastDialogue
        {
            return (.dialogue, measured, goal)
        }
        return (.programme, loudness.integrated, programme)
    }

    /// The same with another target for whichever loudness counts.
    package func targeting(_ loudness: Double) -> LoudnessRule {
        var rule = self
        rule.programme.loudness = loudness
        rule.dialogue?.loudness = loudness
        return rule
    }
}

/// The rules that have a name.
package enum LoudnessSpec: String, Codable, Sendable, CaseIterable {
    /// −27 LKFS ± 2 LU over the dialogue (BS.1770-1 with speech detection); with dialogue under 15% −24 LKFS ± 2 LU over
    /// the programme; peaks up to −2 dBTP: Netflix Sound Mix Specifications & Best Practices.
    case netflix
    /// −23 LUFS ± 0.5 LU, peaks up to −1 dBTP: EBU R 128.
    case ebuR128 = "ebu-r128"
    /// −24 LKFS ± 2 dB, peaks up to −2 dBTP: ATSC A/85.
    case atscA85 = "atsc-a85"
    /// Nothing is asked of the loudness and nothing done to it.
    case off

    /// `nil` for `off`.
    package var rule: LoudnessRule? {
        switch self {
        case .netflix:
            LoudnessRule(
                programme: .init(-24, tolerance: 2), dialogue: .init(-27, tolerance: 2), leastDialogue: 0.15,
                truePeak: -2)
        case .ebuR128: LoudnessRule(programme: .init(-23, tolerance: 0.5), truePeak: -1)
        case .atscA85: LoudnessRule(programme: .init(-24, tolerance: 2), truePeak: -2)
        case .off: nil
        }
    }
}

extension LoudnessRule {
    /// What an encode is brought to when nobody asks for a rule: −24 LKFS over the programme, peaks up to −2 dBTP.
    package static let standard = LoudnessRule(programme: Goal(-24, tolerance: 0.5), truePeak: -2)
}
