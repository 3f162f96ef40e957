package import MezzCore

/// Grain that the encoder takes out of the picture, describes, and leaves to the decoder to put back (AV1
/// specification, 7.18.3).
package struct FilmGrain: Codable, Hashable, Sendable {
    /// SVT-AV1's level at the source's size, 1...50: ten times the grain's standard deviation in code values of 8 bit
    /// (measured: white grain of 1, 2, 3 and 5 comes back with 88% at these levels).
    package let level: Int
    /// Lines of the picture that `level` is of.
    package let height: Int

    package static let levels = 1...50
    /// Standard deviation from which noise counts as grain: the sensors' and codecs' own stays under it.
    package static let leastDeviation = 1.0

    /// - Parameter level: Outside the range the nearest inside is taken.
    package init(level: Int, height: Int) {
        self.level = min(max(level, Self.levels.lowerBound), Self.levels.upperBound)
        self.height = max(height, 1)
    }

    /// Grain as it was measured.
    /// - Parameters:
    ///   - deviation: Standard deviation in code values of 8 bit.
    ///   - height: Lines of the picture that it was measured in.
    /// - Returns: `nil` for noise too weak to be grain.
    package init?(deviation: Double, height: Int) {
        guard deviation >= Self.leastDeviation, deviation.isFinite else { return nil }
        self.init(level: Int(min(deviation * 10, 1000).rounded()), height: height)
    }

    /// A smaller picture's: scaling averages over as many samples as there are fewer lines.
    package func level(at size: Resolution) -> Int {
        min(max(1, (level * size.height + height / 2) / height), Self.levels.upperBound)
    }
}
