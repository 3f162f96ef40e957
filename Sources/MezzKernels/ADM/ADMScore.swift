import Foundation
import MezzPixels

/// From the sums of a picture to features.
struct ADMScore {
    let scales: [ADMScale]
    let totals: ADMTotals

    /// - Returns: adm2, the four scales, and where measured AIM and adm3.
    func values(of options: ADMOptions, unit: Int, weights: ADMWeights, encode: Int) -> [Double] {
        let noise = scales.map { Self.root(Float(Double($0.area) * options.noiseWeight)) }
        let kept = scales.map { scale in
            Double(root(totals.kept(level: scale.level, encode: encode, unit: unit), scale, noise[scale.level]))
        }
        let possible = scales.map { Double(possibleRoot($0, weights, noise[$0.level])) }
        // Smaller sums count as nothing.
        let least = 1e-10 * Double(scales[0].inputWidth * scales[0].inputHeight) / (1920 * 1080)
        let numeratorSum = Self.sum(kept)
        let denominatorSum = Self.sum(possible)
        let numerator = numeratorSum < least ? 0 : numeratorSum
        let denominator = denominatorSum < least ? 0 : denominatorSum
        let score = denominator == 0 ? 1 : numerator / denominator
        let values = [score] + zip(kept, possible).map { $0 / $1 }
        guard options.measuresAdditions else { return values }
        let added = scales.map { scale in
            Double(root(totals.added(level: scale.level, encode: encode, unit: unit), scale, 0))
        }
        let additions = denominator == 0 ? 0 : Self.sum(added) / denominator
        let mixed = score * options.detailLossWeight + (1 - additions) * (1 - options.detailLossWeight)
        return values + [additions, max(mixed, options.minimum)]
    }

    private static func sum(_ values: [Double]) -> Double { values.reduce(0, +) }

    private static func root(_ value: Float) -> Float { powf(value, 1 / 3) }

    private func root(_ sums: ADMTotals.Bands, _ scale: ADMScale, _ noise: Float) -> Float {
        let masking = ADMMasking(scale)
        let exponents = [(52, 57), (45, 45), (39, 39), (36, 36)][scale.level]
        let rows = Int(masking.rowShift)
        let straight = exponents.0 - Int(masking.straight.cubeShift) - rows
        let diagonal = exponents.1 - Int(masking.diagonal.cubeShift) - rows
        let value = { (sum: Int64, exponent: Int) -> Float in
            let single = scale.level == 0 ? Double(sum) : Double(Float(sum))
            return Float(single * pow(2, Double(-exponent)))
        }
        let h = Self.root(value(sums.x, straight)) + noise
        let v = Self.root(value(sums.y, straight)) + noise
        let d = Self.root(value(sums.z, diagonal)) + noise
        return h + v + d
    }

    private func possibleRoot(_ scale: ADMScale, _ weights: ADMWeights, _ noise: Float) -> Float {
        let sums = totals.reference[scale.level]
        let rounding = ADMDenominator(scale)
        let scaled = { (sum: Int64, weight: Float) -> Float in
            let value = Double(UInt64(bitPattern: sum)) * pow(2, Double(-rounding.exponent))
            return Self.root(Float(value * pow(Double(weight), 3)))
        }
        let h = scaled(sums.x, weights.straight[scale.level]) + noise
        let v = scaled(sums.y, weights.straight[scale.level]) + noise
        let d = scaled(sums.z, weights.diagonal[scale.level]) + noise
        return h + v + d
    }
}

/// How the cubes of the reference's coefficients are rounded.
struct ADMDenominator {
    /// Of a sample's square and cube; unused at scale 0.
    let squareShift: Int
    let cubeShift: Int
    /// Of a row's sum.
    let rowShift: Int
    /// The sums are in units of 2^-exponent.
    let exponent: Int

    init(_ scale: ADMScale) {
        guard scale.level > 0 else {
            squareShift = 0
            cubeShift = 0
            rowShift = ADMScale.bits(scale.area, less: 20)
            exponent = 18 - rowShift
            return
        }
        squareShift = scale.level == 2 ? 30 : 31
        cubeShift = ADMScale.bits(scale.columns.count)
        rowShift = ADMScale.bits(scale.rows.count)
        exponent = [0, 32, 27, 23][scale.level] - rowShift - cubeShift
    }

    func rounded(_ sums: SIMD4<UInt64>) -> ADMTotals.Bands {
        guard rowShift > 0 else { return ADMTotals.Bands(truncatingIfNeeded: sums) }
        let shift = SIMD4<UInt64>(repeating: UInt64(rowShift))
        let half = SIMD4<UInt64>(repeating: 1 << UInt64(rowShift - 1))
        return ADMTotals.Bands(truncatingIfNeeded: (sums &+ half) &>> shift)
    }
}
