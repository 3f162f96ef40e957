/// A model's map from the regression's score to the one that is reported: a parabola, then straight pieces through
/// knots, then limits against the score itself.
struct ScoreTransform: Sendable, Hashable {
    /// Coefficients of 1, y and y²; missing ones are `nil`. If all are missing the score passes.
    var p0: Double?
    var p1: Double?
    var p2: Double?
    /// Points that the straight pieces join, x rising; none leave the score alone.
    var knots: [SIMD2<Double>] = []
    /// The result is at most the score that came in.
    var isAtMostInput = false
    /// The result is at least the score that came in.
    var isAtLeastInput = false

    init() {}

    /// Reads parts such as `p1=1.5`, `knot=2,3` and `out_gte_in`.
    init(parts: [Substring]) {
        for part in parts {
            let pair = part.split(separator: "=")
            let values = pair.dropFirst().first?.split(separator: ",").compactMap { Double($0) } ?? []
            switch pair[0] {
            case "p0": p0 = values.first
            case "p1": p1 = values.first
            case "p2": p2 = values.first
            case "knot": knots.append(SIMD2(values[0], values[1]))
            case "out_lte_in": isAtMostInput = true
            case "out_gte_in": isAtLeastInput = true
            default: preconditionFailure("no part of a transform: \(part)")
            }
        }
    }

    func callAsFunction(_ score: Double) -> Double {
        var result = alongKnots(parabola(score))
        if isAtMostInput { result = min(result, score) }
        if isAtLeastInput { result = max(result, score) }
        return result
    }

    private func parabola(_ score: Double) -> Double {
        guard p0 != nil || p1 != nil || p2 != nil else { return score }
        var result = p0 ?? 0
        if let p1 { result += p1 * score }
        if let p2 { result += p2 * score * score }
        return result
    }

    /// The first and last piece go on beyond their ends; at an inner knot the piece to its right holds.
    private func alongKnots(_ x: Double) -> Double {
        guard knots.count > 1 else { return x }
        let piece = (0..<knots.count - 1).first { x < knots[$0 + 1].x } ?? knots.count - 2
        let (from, to) = (knots[piece], knots[piece + 1])
        if from.y == to.y { return from.y }
        let slope = from.x == 0 ? (to.y - from.y) / to.x : (to.y - from.y) / (to.x - from.x)
        let offset = from.x == 0 ? from.y : from.y - from.x * slope
        return slope * x + offset
    }
}
