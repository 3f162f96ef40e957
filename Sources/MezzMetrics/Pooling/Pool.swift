/// Scores of many frames, ready to be summed up in one number.
package struct Pool: Sendable, Hashable {
    /// Ascending.
    package let sorted: [Double]
    package let mean: Double
    /// n / Σ 1/(v + 1) − 1, as libvmaf defines it; it punishes bad frames more than the mean does.
    package let harmonicMean: Double

    /// `nil` for no scores. Sums run in the order given.
    package init?(_ scores: some Sequence<Double>) {
        var sum = 0.0
        var inverse = 0.0
        var values: [Double] = []
        for score in scores {
            sum += score
            inverse += 1 / (score + 1)
            values.append(score)
        }
        guard !values.isEmpty else { return nil }
        sorted = values.sorted()
        mean = sum / Double(values.count)
        harmonicMean = Double(values.count) / inverse - 1
    }

    package var count: Int { sorted.count }
    package var min: Double { sorted[0] }
    package var max: Double { sorted[count - 1] }

    /// The score that `percent` (0…100) of the frames do not exceed (nearest rank).
    package func percentile(_ percent: Double) -> Double {
        sorted[Swift.max(0, Swift.min(count, Int((percent / 100 * Double(count)).rounded(.up))) - 1)]
    }
}
