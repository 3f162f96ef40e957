/// A ladder and what had to be done differently from what was asked.
package struct LadderResult: Hashable, Codable, Sendable {
    /// Best first.
    package let rungs: [LadderRung]
    /// Sentences for a person: what was dropped, lowered or out of reach. Empty when all is as
    /// asked; for an audience, what it gets on average.
    package let notes: [String]
}

/// A ladder in the making.
struct LadderDraft {
    /// Best first.
    var rungs: [LadderRung] = []
    var notes: [String] = []

    /// Bits per second of all rungs together.
    var totalBps: Double { rungs.reduce(0) { $0 + $1.bps } }
}
