import Foundation

/// Scores of many frames in few numbers.
package struct PooledScore: Codable, Hashable, Sendable {
    package let mean: Double
    /// n / Σ 1/(v + 1) − 1, as libvmaf defines it; it punishes bad frames more than the mean does.
    package let harmonicMean: Double
    /// The score that 5% of the frames fall below (nearest rank).
    package let p5: Double
    package let min: Double
    package let frames: Int

    /// `nil` for no scores.
    package init?(_ scores: some Collection<Double>) {
        guard !scores.isEmpty else { return nil }
        let sorted = scores.sorted()
        let count = Double(sorted.count)
        mean = sorted.reduce(0, +) / count
        harmonicMean = count / sorted.reduce(0) { $0 + 1 / ($1 + 1) } - 1
        p5 = sorted[Swift.max(0, Int((0.05 * count).rounded(.up)) - 1)]
        min = sorted[0]
        frames = sorted.count
    }
}
