import Foundation
import MezzPixels

/// ADM of two planes, sample by sample from the description of its arithmetic, as slow as it is plain.
struct PlainADM {
    let options: ADMOptions
    let weights: PlainADMWeights

    /// - Returns: adm2, the four scales, AIM, adm3.
    func values(reference: PlainADMPlane, distorted: PlainADMPlane, depth: Int) -> [Double] {
        var reference = reference
        var distorted = distorted
        let least = 1e-10 * Double(reference.width * reference.height) / (1920 * 1080)
        var kept: [Float] = []
        var added: [Float] = []
        var possible: [Float] = []
        for level in 0..<4 {
            let o = PlainADMBands(of: reference, level: level, depth: depth)
            let t = PlainADMBands(of: distorted, level: level, depth: depth)
            let scale = PlainADMScale(
                level: level, width: o.smooth.width, height: o.smooth.height, weights: weights,
                noise: options.noiseWeight)
            let (restored, additions) = decouple(o.details, t.details, level)
            kept.append(scale.masked(restored, by: additions, withNoise: true))
            added.append(scale.masked(additions, by: restored, withNoise: false))
            possible.append(scale.possible(o.details))
            reference = o.smooth
            distorted = t.smooth
        }
        let sum = { (values: [Float]) in values.reduce(0.0) { $0 + Double($1) } }
        let numerator = sum(kept) < least ? 0 : sum(kept)
        let denominator = sum(possible) < least ? 0 : sum(possible)
        let score = denominator == 0 ? 1 : numerator / denominator
        let additions = denominator == 0 ? 0 : sum(added) / denominator
        let weight = options.detailLossWeight
        let mixed = score * weight + (1 - additions) * (1 - weight)
        return [score] + zip(kept, possible).map { Double($0) / Double($1) } + [additions, max(mixed, options.minimum)]
    }

    /// Splits each encode's band in a restored and an added part.
    private func decouple(
        _ o: [PlainADMPlane], _ t: [PlainADMPlane], _ level: Int
    ) -> ([PlainADMPlane], [PlainADMPlane]) {
        var restored = o
        var added = o
        for at in o[0].samples.indices {
            let similar = Self.similar((o[0].samples[at], o[1].samples[at]), (t[0].samples[at], t[1].samples[at]))
            for band in 0..<3 {
                let value = restore(o[band].samples[at], t[band].samples[at], similar, level)
                restored[band].samples[at] = value
                added[band].samples[at] = t[band].samples[at] - value
            }
        }
        return (restored, added)
    }

    private static func similar(_ o: (Int, Int), _ t: (Int, Int)) -> Bool {
        let product = Double(Float(Int64(o.0 * t.0 + o.1 * t.1))) / 4096
        let first = Double(Float(Int64(o.0 * o.0 + o.1 * o.1))) / 4096
        let second = Double(Float(Int64(t.0 * t.0 + t.1 * t.1))) / 4096
        let limit = Double(Float(pow(cos(Double.pi / 180), 2)))
        return product >= 0 && product * product >= limit * first * second
    }

    private func restore(_ o: Int, _ t: Int, _ similar: Bool, _ level: Int) -> Int {
        var share = 32_768
        if o != 0 {
            let size = abs(o)
            let shift = level == 0 || size < 32_768 ? 0 : 17 - UInt32(size).leadingZeroBitCount
            let short = shift == 0 ? size : (size + (1 << (shift - 1))) >> shift
            let quotient = ((1 << 30) / short * t * o.signum() + (1 << (14 + shift))) >> (15 + shift)
            share = min(max(quotient, 0), 32_768)
        }
        let plain = (share * o + 16_384) >> 15
        guard similar else { return plain }
        let boosted = Double(plain) * options.gainLimit
        if share * o > 0 { return Int(min(boosted, Double(t))) }
        if share * o < 0 { return Int(max(boosted, Double(t))) }
        return plain
    }
}

struct PlainADMPlane {
    var width: Int
    var height: Int
    var samples: [Int]

    subscript(row: Int, column: Int) -> Int { samples[row * width + column] }
}

/// One level of the wavelet.
struct PlainADMBands {
    let smooth: PlainADMPlane
    /// Horizontal, vertical, diagonal.
    let details: [PlainADMPlane]

    private static let low = [15_826, 27_411, 7_345, -4_240]
    private static let high = [-4_240, -7_345, 27_411, -15_826]

    init(of plane: PlainADMPlane, level: Int, depth: Int) {
        let (add, shift) = [(1 << (depth - 1), depth), (0, 0), (32_768, 16), (32_768, 16)][level]
        let centre = level == 0 ? 46_342 << (depth - 1) : 0
        let along = [(32_768, 16), (16_384, 15), (32_768, 16), (16_384, 15)][level]
        let low = Self.columns(plane, Self.low) { ($0 - centre + add) >> shift }
        let high = Self.columns(plane, Self.high) { ($0 + add) >> shift }
        let end = { (sum: Int) in (sum + along.0) >> along.1 }
        smooth = Self.rows(low, Self.low, end)
        details = [Self.rows(high, Self.low, end), Self.rows(low, Self.high, end), Self.rows(high, Self.high, end)]
    }

    private static func place(_ at: Int, _ count: Int) -> Int { at < 0 ? 1 : at < count ? at : 2 * count - at - 1 }

    private static func columns(_ plane: PlainADMPlane, _ taps: [Int], _ end: (Int) -> Int) -> PlainADMPlane {
        let height = (plane.height + 1) / 2
        var result = PlainADMPlane(width: plane.width, height: height, samples: [])
        for row in 0..<height {
            for column in 0..<plane.width {
                let sum = (0..<4).reduce(0) { $0 + taps[$1] * plane[place(2 * row - 1 + $1, plane.height), column] }
                result.samples.append(end(sum))
            }
        }
        return result
    }

    private static func rows(_ plane: PlainADMPlane, _ taps: [Int], _ end: (Int) -> Int) -> PlainADMPlane {
        let width = (plane.width + 1) / 2
        var result = PlainADMPlane(width: width, height: plane.height, samples: [])
        for row in 0..<plane.height {
            for column in 0..<width {
                let sum = (0..<4).reduce(0) { $0 + taps[$1] * plane[row, place(2 * column - 1 + $1, plane.width)] }
                result.samples.append(end(sum))
            }
        }
        return result
    }
}
