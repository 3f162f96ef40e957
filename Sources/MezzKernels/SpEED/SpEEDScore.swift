import Foundation
import MezzPixels

/// Compares the statistics of a plane of reference and encode.
struct SpEEDScore {
    typealias Plane = (score: Float, flagged: Bool)

    let options: SpEEDOptions
    /// Which of the entropies.
    let noise: Int

    /// - Returns: Mean difference of the weighted entropies; 0 and flagged if a plane is singular.
    func score(_ reference: SpEEDStatistics, _ encode: SpEEDStatistics) -> Plane {
        if reference.singular || encode.singular { return (0, true) }
        let floor = (1 + Float(options.noiseFloor)) * Float(options.noiseSigma)
        let base = Float(25 * (log2(Double(floor)) + SpEEDStatistics.entropyOfUnit))
        var score: Float = 0
        for block in reference.variances.indices {
            let (r, d) = (reference.entropies[noise][block], encode.entropies[noise][block])
            if r < base && d < base { continue }
            let weights = weights(reference.variances[block], encode.variances[block])
            score += abs(Float(Double(r) * log2(weights.0)) - Float(Double(d) * log2(weights.1)))
        }
        return (score / Float(reference.variances.count), false)
    }

    /// Values of u, v and both; a flagged plane does not count in the last if the other is not flagged.
    static func combined(_ u: Plane, _ v: Plane) -> [Float] {
        var both = (u.score + v.score) / 2
        if u.flagged != v.flagged { both = u.flagged ? v.score : u.score }
        return [u.score, v.score, both]
    }

    /// What the logarithms are taken of, for the variances of reference and encode.
    private func weights(_ r: Float, _ d: Float) -> (Double, Double) {
        let mean = 1 + Double(r + d) / 2
        switch options.weighting {
        case 1: return (Double(1 + r), Double(1 + r))
        case 2: return (Double(1 + d), Double(1 + d))
        case 3: return (mean, mean)
        case 4: return (Double(1 + r), mean)
        case 5: return (Double(1 + r), 1 + (0.75 * Double(r) + 0.25 * Double(d)))
        case 6: return (Double(1 + r), 1 + (0.25 * Double(r) + 0.75 * Double(d)))
        default: return (Double(1 + r), Double(1 + d))
        }
    }
}
