import Foundation

/// Puts detail and motion on one scale, fitted so that real clips fall into the categories a person would choose: see
/// docs/decisions/20261121-complexity-scale.md.
package enum ComplexityScale {
    private static let weight = (spatial: 0.6, temporal: 0.4)
    private static let spatial = (factor: 30.0, exponent: 0.15, limit: 100.0)
    private static let temporal = (factor: 2.0, exponent: 0.8, limit: 250.0)
    /// Samples a second at which half of the detail counts.
    private static let halfSpeed = 8.0

    /// - Parameters:
    ///   - spatial: Variance of the Laplacian.
    ///   - speed: Mean displacement at 480×270, samples a second.
    /// - Returns: 0…160.
    package static func score(spatial: Double, speed: Double) -> Double {
        weight.spatial * calibrated(spatial: spatial, speed: speed) + weight.temporal * calibrated(speed: speed)
    }

    /// Detail that stands still is paid for once: it counts as far as it moves.
    static func calibrated(spatial variance: Double, speed: Double) -> Double {
        min(spatial.limit, spatial.factor * pow(max(0, variance), spatial.exponent)) * speed / (speed + halfSpeed)
    }

    static func calibrated(speed: Double) -> Double {
        min(temporal.limit, temporal.factor * pow(max(0, speed), temporal.exponent))
    }
}
