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
        guard let pool = Pool(scores.sorted()) else { return nil }
        mean = pool.mean
        harmonicMean = pool.harmonicMean
        p5 = pool.percentile(5)
        min = pool.min
        frames = pool.count
    }
}
