import Foundation

/// Puts the levels' means together, with the exponents of Wang, Simoncelli and Bovik (2003).
enum MultiScale {
    static let levels = 5

    /// Of contrast and structure, by level.
    private static let exponents: [Float] = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333]

    /// - Parameter means: Of luminance, contrast and structure, by level.
    /// - Returns: Not a number when a level's mean structure is negative.
    static func score(_ means: [SIMD4<Float>]) -> Double {
        var score = 1.0
        for (level, mean) in means.enumerated() {
            let exponent = Double(exponents[level])
            // Luminance counts on the smallest level only.
            let luminance = level == levels - 1 ? pow(Double(mean[0]), exponent) : 1
            score *= luminance * pow(Double(mean[1]), exponent) * pow(Double(mean[2]), exponent)
        }
        return score
    }
}
