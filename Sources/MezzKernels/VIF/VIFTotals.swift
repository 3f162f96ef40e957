/// Sums of one scale of one frame, or of a band of it. Information is in 1/2048 bit.
struct VIFTotals: Sendable {
    /// The reference's information, and the samples that have any or none.
    var information = 0
    var samples = 0
    var silentSamples = 0
    /// Per distorted picture the sum of variances where the reference is silent.
    var silentVariance: [Int]
    /// Information of the distorted pictures, by picture, then variant.
    var distorted: [Int]

    init(pictures: Int, variants: Int) {
        silentVariance = Array(repeating: 0, count: pictures)
        distorted = Array(repeating: 0, count: pictures * variants)
    }

    mutating func add(_ other: VIFTotals) {
        information += other.information
        samples += other.samples
        silentSamples += other.silentSamples
        for index in silentVariance.indices { silentVariance[index] += other.silentVariance[index] }
        for index in distorted.indices { distorted[index] += other.distorted[index] }
    }

    /// The scale's feature: information of the distorted picture over that of the reference, in binary32.
    func value(picture: Int, variant: Int, of variants: Int) -> Double {
        let silence = Double(silentSamples) - (Double(silentVariance[picture]) / 16_384) / 65_025
        let numerator = Float(Double(distorted[picture * variants + variant]) / 2_048 + silence)
        let denominator = Float(Double(information) / 2_048 + Double(silentSamples))
        return Double(numerator / denominator)
    }
}
