import MezzPixels

/// What several variants may share: one gain limit with one table of weights.
struct ADMUnit {
    let gainLimit: Double
    let weights: ADMWeights
    var measuresAdditions: Bool

    var gain: ADMGain { ADMGain(gainLimit) }

    /// Weights of the straight bands and the diagonal one at a scale.
    func fixed(_ level: Int) -> (Int, Int) { (weights.fixedStraight[level], weights.fixedDiagonal[level]) }

    /// - Returns: The different units of the variants, and which of them each variant uses.
    static func units(of variants: [ADMOptions]) -> (units: [ADMUnit], used: [Int]) {
        var units: [ADMUnit] = []
        var used: [Int] = []
        for options in variants {
            guard let weights = ADMWeights(options) else { preconditionFailure("refused options") }
            if let at = units.firstIndex(where: { $0.gainLimit == options.gainLimit && $0.weights == weights }) {
                units[at].measuresAdditions = units[at].measuresAdditions || options.measuresAdditions
                used.append(at)
            } else {
                used.append(units.count)
                units.append(
                    ADMUnit(
                        gainLimit: options.gainLimit, weights: weights, measuresAdditions: options.measuresAdditions))
            }
        }
        return (units, used)
    }
}
