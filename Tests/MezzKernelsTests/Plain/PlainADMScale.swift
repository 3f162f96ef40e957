import Foundation

/// Weights of the bands, by scale: those of the text's tables.
struct PlainADMWeights {
    let straight: [Float]
    let diagonal: [Float]
    /// Fixed-point weights of the finest scale.
    let finest: (Int, Int)

    static let watson = PlainADMWeights(
        straight: [0.0173815377, 0.0319848284, 0.0433726609, 0.0456734113],
        diagonal: [0.005890687, 0.0142990677, 0.0243969075, 0.0313127376], finest: (36_453, 49_417))
    static let watsonFar = PlainADMWeights(
        straight: [0.00477876095, 0.0106813973, 0.0175937079, 0.0225040857],
        diagonal: [0.00135816401, 0.00400452316, 0.00829917472, 0.0129383225],
        finest: (Int(Float(0.00477876095) * 0x1p21), Int(Float(0.00135816401) * 0x1p23)))
    static let blended = PlainADMWeights(
        straight: [0.01183, 0.025026, 0.04295, 0.058621], diagonal: [0.004302, 0.011778, 0.023918, 0.035901],
        finest: (24_809, 36_087))
    static let blendedFar = PlainADMWeights(
        straight: [0.000092, 0.004212, 0.014809, 0.029642], diagonal: [0.00005, 0.000984, 0.005852, 0.0146],
        finest: (192, 419))

    func fixed(_ level: Int, _ band: Int) -> Int {
        if level == 0 { return band < 2 ? finest.0 : finest.1 }
        return Int((band < 2 ? straight[level] : diagonal[level]) * 0x1p32)
    }
}

/// Masking and denominator of one scale.
struct PlainADMScale {
    let level: Int
    let width: Int
    let height: Int
    let weights: PlainADMWeights
    let noise: Double

    private var left: Int { Int(0.1 * Double(width) - 0.5) }
    private var top: Int { Int(0.1 * Double(height) - 0.5) }
    private var rows: Range<Int> { top..<(height - top) }
    private var columns: Range<Int> { left..<(width - left) }
    private var share: Float { powf(Float(Double(rows.count * columns.count) * noise), 1 / 3) }

    private func bits(_ count: Int, _ less: Int = 0) -> Int { Int(ceil(log2(Double(count)) - Double(less))) }

    private func root(_ value: Float) -> Float { powf(value, 1 / 3) }

    func masked(_ bands: [PlainADMPlane], by others: [PlainADMPlane], withNoise: Bool) -> Float {
        let sizes = (0..<3).map { band in others[band].samples.map { weighed($0, band) } }
        let rowBits = bits(height)
        var sums = [0, 0, 0]
        for row in rows {
            var rowSums = [0, 0, 0]
            for column in columns {
                let threshold = threshold(sizes, row, column)
                for band in 0..<3 { rowSums[band] += cube(bands[band][row, column], threshold, band) }
            }
            for band in 0..<3 { sums[band] += (rowSums[band] + (1 << (rowBits - 1))) >> rowBits }
        }
        let roots = (0..<3).map { band in
            let exponent = [band < 2 ? 52 : 57, 45, 39, 36][level] - cubeBits(band) - rowBits
            let sum = level == 0 ? Double(sums[band]) : Double(Float(sums[band]))
            return root(Float(sum / pow(2, Double(exponent)))) + (withNoise ? share : 0)
        }
        return roots[0] + roots[1] + roots[2]
    }

    /// |c| of the text.
    private func weighed(_ value: Int, _ band: Int) -> Int {
        let product = weights.fixed(level, band) * value
        if level > 0 { return abs((product + (1 << 27)) >> 28) }
        return abs(Int(Int16(truncatingIfNeeded: band < 2 ? (product + 16_384) >> 15 : (product + 65_535) >> 17)))
    }

    private func threshold(_ sizes: [[Int]], _ row: Int, _ column: Int) -> Int {
        let place = { (at: Int, count: Int) in at < 0 ? 1 : min(at, count - 1) }
        var sum = 0
        for size in sizes {
            for down in -1...1 {
                for right in -1...1 {
                    let near = size[place(row + down, height) * width + place(column + right, width)]
                    sum += down == 0 && right == 0 ? own(near) : spread(near)
                }
            }
        }
        return sum
    }

    private func spread(_ size: Int) -> Int {
        level == 0
            ? Int(Int16(truncatingIfNeeded: (4369 * size + 2048) >> 12)) : (143_165_577 * size - (1 << 31)) >> 32
    }

    private func own(_ size: Int) -> Int {
        level == 0
            ? Int(Int16(truncatingIfNeeded: (8738 * size + 2048) >> 12)) : (286_331_153 * size - (1 << 31)) >> 32
    }

    private func cubeBits(_ band: Int) -> Int { level > 0 ? bits(width) : bits(width, band < 2 ? 4 : 3) }

    private func cube(_ value: Int, _ threshold: Int, _ band: Int) -> Int {
        let product = weights.fixed(level, band) * value
        let size = abs(level == 0 ? product : (product + (1 << 27)) >> 28)
        let excess = max(0, size - (level > 0 ? threshold : threshold << (band < 2 ? 10 : 12)))
        let square = level == 0 && band < 2 ? (excess * excess + (1 << 28)) >> 29 : (excess * excess + (1 << 29)) >> 30
        let shift = cubeBits(band)
        return (square * excess + (shift == 0 ? 0 : 1 << (shift - 1))) >> shift
    }

    func possible(_ bands: [PlainADMPlane]) -> Float {
        let roots = (0..<3).map { band in
            let weight = Double(band < 2 ? weights.straight[level] : weights.diagonal[level])
            return root(Float(cubes(bands[band]) * pow(weight, 3))) + share
        }
        return roots[0] + roots[1] + roots[2]
    }

    private func cubes(_ plane: PlainADMPlane) -> Double {
        let unit = [0, 31, 30, 31][level]
        let cubeBits = level == 0 ? 0 : bits(columns.count)
        let rowBits = level == 0 ? max(0, bits(rows.count * columns.count, 20)) : bits(rows.count)
        let half = rowBits > 0 ? 1 << (rowBits - 1) : 0
        var sum = 0
        for row in rows {
            let rowSum = columns.reduce(0) { sum, column in
                let size = abs(plane[row, column])
                guard level > 0 else { return sum + size * size * size }
                return sum + (((size * size + (1 << unit)) >> unit) * size + (1 << (cubeBits - 1))) >> cubeBits
            }
            sum += (rowSum + half) >> rowBits
        }
        return Double(sum) / pow(2, Double([18, 32, 27, 23][level] - rowBits - cubeBits))
    }
}
