import Foundation

/// A logistic regression: measurements, limited to the range seen while fitting, to a probability.
struct EvidenceModel: Sendable {
    let bias: Float
    /// One a measurement: lowest and highest value, mean and deviation.
    let scales: [(low: Float, high: Float, mean: Float, deviation: Float)]
    /// One a measurement; then, if there are more, one a product of two of them, row by row of the upper triangle.
    let weights: [Float]

    func probability(_ measurements: [Float]) -> Float {
        let values = zip(measurements, scales).map { value, scale in
            (min(max(value.isFinite ? value : scale.low, scale.low), scale.high) - scale.mean) / scale.deviation
        }
        var sum = zip(values, weights).reduce(bias) { $0 + $1.0 * $1.1 }
        if weights.count > values.count {
            var next = values.count
            for first in values.indices {
                for second in first..<values.count {
                    sum += values[first] * values[second] * weights[next]
                    next += 1
                }
            }
        }
        return 1 / (1 + exp(-sum))
    }
}
