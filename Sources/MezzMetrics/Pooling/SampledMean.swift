/// Finds a title's mean score from as few frames as are needed: a first draw from every part, then more until the 95%
/// confidence interval is narrow enough.
///
/// Measure what `wanted` says, hand it to `take`, and go on until `wanted` is empty.
package struct SampledMean: Sendable {
    /// Frames to measure next, ascending; empty when the answer is good enough.
    package private(set) var wanted: [Int] = []
    /// What is known so far; `nil` before the first draw was measured.
    package private(set) var estimate: MeanEstimate?

    private let frames: Int
    private let limit: Double
    private var draw: StratifiedDraw
    private var scores: [Int: Double] = [:]

    /// - Parameters:
    ///   - frames: Frames of the title, at least 1.
    ///   - limit: Half the width of the interval that is good enough, in points.
    package init(frames: Int, within limit: Double, seed: UInt64 = 1) {
        self.frames = frames
        self.limit = limit
        let strata = max(1, min(Self.mostStrata, max(Self.fewestStrata, frames / 24), frames / 2))
        draw = StratifiedDraw(frames: frames, strata: strata, seed: seed)
        wanted = draw.grow(to: Self.firstDraw)
    }

    private static let mostStrata = 64
    private static let fewestStrata = 16
    /// Two frames of a part already show its spread; the third makes a rare bad frame harder to miss.
    private static let firstDraw = 3

    /// Takes the scores of the wanted frames, in their order.
    package mutating func take(_ values: [Double]) {
        precondition(values.count == wanted.count, "a score of each wanted frame")
        for (frame, value) in zip(wanted, values) { scores[frame] = value }
        let known = scores
        let estimate = MeanEstimate(draw) { known[$0] ?? 0 }
        self.estimate = estimate
        wanted = estimate.halfWidth <= limit ? [] : draw.grow(to: target(after: estimate))
    }

    /// Frames per part that should suffice, from the spread seen so far and a margin for its own error.
    private func target(after estimate: MeanEstimate) -> Int {
        let all = Double(frames)
        let ratio = limit / estimate.halfWidth
        let needed = 1 / (1 / all + ratio * ratio * (1 / Double(estimate.measured) - 1 / all))
        let target = Int((1.1 * needed / Double(draw.strata.count)).rounded(.up))
        return max(target, draw.perStratum + 1)
    }
}
