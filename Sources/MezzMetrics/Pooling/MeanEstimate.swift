/// The mean score of a title as some of its frames tell it.
package struct MeanEstimate: Sendable, Hashable {
    package let mean: Double
    /// Half the width of the 95% confidence interval; 0 when all frames were measured.
    package let halfWidth: Double
    /// Frames that were measured.
    package let measured: Int
    /// Frames of the title.
    package let frames: Int

    package var low: Double { mean - halfWidth }
    package var high: Double { mean + halfWidth }

    /// From a stratified draw: the strata's means weighted by their sizes, the variance inside each with the finite
    /// population correction, and Student's t with Satterthwaite's degrees of freedom (Cochran, Sampling Techniques,
    /// chapter 5).
    /// - Parameter score: The score of a drawn frame.
    package init(_ draw: StratifiedDraw, score: (Int) -> Double) {
        let frames = Double(draw.strata.last?.upperBound ?? 0)
        var mean = 0.0
        var variance = 0.0
        var squares = 0.0
        var measured = 0
        for (stratum, places) in zip(draw.strata, draw.drawn) {
            let spread = Spread(places.map(score))
            let weight = Double(stratum.count) / frames
            mean += weight * spread.mean
            measured += places.count
            guard places.count < stratum.count, places.count > 1 else { continue }
            let open = 1 - Double(places.count) / Double(stratum.count)
            let part = weight * weight * open * spread.variance / Double(places.count)
            variance += part
            squares += part * part / Double(places.count - 1)
        }
        self.mean = mean
        self.measured = measured
        self.frames = Int(frames)
        let freedom = squares > 0 ? variance * variance / squares : .infinity
        halfWidth = variance > 0 ? StudentT.quantile975(freedom) * variance.squareRoot() : 0
    }
}

private struct Spread {
    let mean: Double
    /// Divided by n − 1.
    let variance: Double

    init(_ values: [Double]) {
        let mean = values.reduce(0, +) / Double(max(1, values.count))
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        self.mean = mean
        variance = squares / Double(max(1, values.count - 1))
    }
}

enum StudentT {
    /// The value that Student's t with `freedom` degrees stays below in 97.5% of cases: exact to a thousandth.
    static func quantile975(_ freedom: Double) -> Double {
        let few = [12.706, 4.303, 3.182, 2.776, 2.571]
        guard freedom >= Double(few.count) else {
            let below = max(1, min(few.count - 1, Int(freedom)))
            let part = max(0, freedom - Double(below))
            return few[below - 1] + (few[below] - few[below - 1]) * part
        }
        // Cornish and Fisher's expansion around the normal quantile.
        let z = 1.959_963_985
        let z3 = z * z * z
        let z5 = z3 * z * z
        let z7 = z5 * z * z
        let first = (z3 + z) / 4
        let second = (5 * z5 + 16 * z3 + 3 * z) / 96
        let third = (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / 384
        return z + (first + (second + third / freedom) / freedom) / freedom
    }
}
