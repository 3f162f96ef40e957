/// A piecewise cubic through monotone knots that is itself monotone and continues in straight lines.
///
/// Cubic Hermite form with limited tangents: F. N. Fritsch, R. E. Carlson, "Monotone Piecewise Cubic
/// Interpolation", SIAM J. Numer. Anal. 17 (1980).
struct MonotoneCubic: Sendable {
    /// Where the tangents come from before they are limited.
    enum TangentRule {
        /// The parabola through three neighbours: two knots give a line, three a quadratic while it is monotone.
        case parabola
        /// The weighted harmonic mean of F. N. Fritsch, J. Butland (1984): the usual PCHIP.
        case harmonic
    }

    let x: [Double]
    let y: [Double]
    private let tangent: [Double]

    /// Interpolates `y` over strictly increasing `x`; nil with fewer than two knots or unordered ones.
    init?(x: [Double], y: [Double], rule: TangentRule) {
        guard x.count >= 2, x.count == y.count else { return nil }
        let widths = zip(x.dropFirst(), x).map { $0 - $1 }
        guard widths.allSatisfy({ $0 > 0 }) else { return nil }
        let slopes = zip(zip(y.dropFirst(), y), widths).map { ($0.0 - $0.1) / $1 }
        self.x = x
        self.y = y
        tangent =
            switch rule {
            case .parabola: Self.parabolaTangents(widths: widths, slopes: slopes)
            case .harmonic: Self.harmonicTangents(widths: widths, slopes: slopes)
            }
    }

    /// The interpolated value; outside the knots, the line along the end tangent.
    func value(at position: Double) -> Double {
        let last = x.count - 1
        if position <= x[0] { return y[0] + tangent[0] * (position - x[0]) }
        if position >= x[last] { return y[last] + tangent[last] * (position - x[last]) }
        let (i, h, t) = locate(position)
        let s = 1 - t
        return s * s * ((1 + 2 * t) * y[i] + t * h * tangent[i])
            + t * t * ((3 - 2 * t) * y[i + 1] - s * h * tangent[i + 1])
    }

    /// The first derivative; outside the knots, the end tangent.
    func slope(at position: Double) -> Double {
        let last = x.count - 1
        if position <= x[0] { return tangent[0] }
        if position >= x[last] { return tangent[last] }
        let (i, h, t) = locate(position)
        return 6 * t * (1 - t) * (y[i + 1] - y[i]) / h
            + (1 - t) * (1 - 3 * t) * tangent[i] + t * (3 * t - 2) * tangent[i + 1]
    }

    private func locate(_ position: Double) -> (index: Int, width: Double, fraction: Double) {
        // Curves have a handful of knots: a scan beats a binary search.
        var i = 0
        while i < x.count - 2, position >= x[i + 1] { i += 1 }
        let width = x[i + 1] - x[i]
        return (i, width, (position - x[i]) / width)
    }

    private static func parabolaTangents(widths h: [Double], slopes d: [Double]) -> [Double] {
        let last = d.count - 1
        guard last > 0 else { return [d[0], d[0]] }
        let inner = (1...last).map { i -> Double in
            let weighted: Double = h[i] * d[i - 1] + h[i - 1] * d[i]
            return weighted / (h[i] + h[i - 1])
        }
        let first = d[0] - (d[1] - d[0]) / (h[0] + h[1]) * h[0]
        let end = d[last] + (d[last] - d[last - 1]) / (h[last] + h[last - 1]) * h[last]
        return limited([first] + inner + [end], slopes: d)
    }

    /// Keeps each tangent between 0 and three times the flatter neighbouring slope: sufficient for monotony.
    private static func limited(_ tangents: [Double], slopes d: [Double]) -> [Double] {
        tangents.indices.map { i in
            let left = d[max(i - 1, 0)]
            let right = d[min(i, d.count - 1)]
            guard left * right > 0 else { return 0 }
            let limit = 3 * min(abs(left), abs(right))
            return left > 0 ? min(max(tangents[i], 0), limit) : max(min(tangents[i], 0), -limit)
        }
    }

    private static func harmonicTangents(widths h: [Double], slopes d: [Double]) -> [Double] {
        let last = d.count - 1
        guard last > 0 else { return [d[0], d[0]] }
        let inner = (1...last).map { i -> Double in
            guard d[i - 1] * d[i] > 0 else { return 0 }
            let (w1, w2) = (2 * h[i] + h[i - 1], h[i] + 2 * h[i - 1])
            return (w1 + w2) / (w1 / d[i - 1] + w2 / d[i])
        }
        let first = endTangent(h[0], h[1], d[0], d[1])
        let end = endTangent(h[last], h[last - 1], d[last], d[last - 1])
        return [first] + inner + [end]
    }

    /// The one-sided three-point derivative, limited so that it cannot turn the curve around.
    private static func endTangent(_ h0: Double, _ h1: Double, _ d0: Double, _ d1: Double) -> Double {
        let estimate = ((2 * h0 + h1) * d0 - h0 * d1) / (h0 + h1)
        if estimate * d0 <= 0 { return 0 }
        if d0 * d1 < 0, abs(estimate) > 3 * abs(d0) { return 3 * d0 }
        return estimate
    }
}
