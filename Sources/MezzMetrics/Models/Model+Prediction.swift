import Foundation

/// What a model says of one frame.
struct Prediction: Sendable {
    /// The score, transformed and clipped.
    let score: Double
    let collection: Collection?

    /// What the members of a bootstrap collection say together.
    struct Collection: Sendable {
        /// Each member's score, transformed and clipped.
        let members: [Double]
        /// Mean of the members.
        let bagging: Double
        /// Their (population) standard deviation, in the units of the final score.
        let deviation: Double
        /// 2.5th and 97.5th percentile of the members.
        let low: Double
        let high: Double
    }
}

extension Model {
    /// - Parameter features: Values in the order of `featureNames`.
    func predict(_ features: [Double]) -> Prediction {
        let raw = regression.predict(normalized(features)).map { ($0 - intercepts[0]) / slopes[0] }
        return Prediction(score: final(raw[0]), collection: members > 0 ? collection(Array(raw.dropFirst())) : nil)
    }

    /// Names of the values of `values(_:)`, as libvmaf's log has them.
    package var scoreNames: [String] {
        guard members > 0 else { return [scoreName] }
        return [scoreName] + (1...members).map { scoreName + String(format: "_%04d", $0) }
            + ["bagging", "stddev", "ci_p95_lo", "ci_p95_hi"].map { scoreName + "_" + $0 }
    }

    /// A frame's scores in the order of `scoreNames`.
    /// - Parameter features: Values in the order of `featureNames`.
    package func values(_ features: [Double]) -> [Double] {
        let prediction = predict(features)
        guard let all = prediction.collection else { return [prediction.score] }
        return [prediction.score] + all.members + [all.bagging, all.deviation, all.low, all.high]
    }

    private func normalized(_ features: [Double]) -> [Double] {
        var x = features.indices.map { slopes[$0 + 1] * features[$0] + intercepts[$0 + 1] }
        if let chromaCorrection {
            let chroma = chromaCorrection.chroma
            let detail = chromaCorrection.detail
            if (x[chroma] - intercepts[chroma + 1]) / slopes[chroma + 1] == 0 {
                let loss = (x[detail] - intercepts[detail + 1]) / slopes[detail + 1]
                let value = -chromaCorrection.parameter * loss + chromaCorrection.parameter
                x[chroma] = slopes[chroma + 1] * value + intercepts[chroma + 1]
            }
        }
        return x
    }

    /// Transform and clip.
    private func final(_ raw: Double) -> Double {
        let score = transform.map { $0(raw) } ?? raw
        return min(max(score, clip.lowerBound), clip.upperBound)
    }

    private func collection(_ raw: [Double]) -> Prediction.Collection {
        let count = Double(raw.count)
        let mean = raw.reduce(0, +) / count
        let variance = raw.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
        let step = 0.01
        let slope = (final(mean + step) - final(mean - step)) / (2 * step)
        let sorted = raw.sorted()
        return Prediction.Collection(
            members: raw.map(final), bagging: final(mean), deviation: variance.squareRoot() * slope,
            low: final(Self.percentile(2.5, of: sorted)), high: final(Self.percentile(97.5, of: sorted)))
    }

    /// Linear between the two nearest ranks.
    private static func percentile(_ percent: Double, of sorted: [Double]) -> Double {
        let rank = percent * Double(sorted.count - 1) / 100
        let below = Int(rank.rounded(.down))
        let above = Int(rank.rounded(.up))
        if below == above { return sorted[below] }
        return sorted[below] * (Double(above) - rank) + sorted[above] * (rank - Double(below))
    }
}
