import Foundation
import MezzPixels

/// SpEED of the chroma planes, straight from the description (section 8), with every sum in the order it gives.
struct PlainSpEED {
    var options: SpEEDOptions

    /// Values of u, v and uv.
    func scores(reference: Picture, distorted: Picture) -> [Double] {
        let planes = [1, 2].map { plane -> (score: Float, flagged: Bool) in
            let r = statistics(reference, plane)
            let d = statistics(distorted, plane)
            return PlainSpEEDScore(options: options).score(r, d)
        }
        let (u, v) = (planes[0], planes[1])
        var both = (u.score + v.score) / 2
        if u.flagged != v.flagged { both = u.flagged ? v.score : u.score }
        return [u.score, v.score, both].map { min(Double($0), options.maximum) }
    }

    private func statistics(_ picture: Picture, _ plane: Int) -> PlainSpEEDStatistics {
        let format = picture.format
        let width = format.width >> format.chroma.horizontalShift
        let height = format.height >> format.chroma.verticalShift
        let view = picture.planes[plane]
        let scale = Float(1 << (format.bitDepth - 8))
        let samples = PlainSamples(view)
        let centred = PlainField(width: width, height: height) { Float(samples[$0, $1]) / scale - 128 }
        return PlainSpEEDStatistics(bandPass(prescaled(centred)), noise: Float(options.noiseSigma))
    }

    private func prescaled(_ x: PlainField) -> PlainField {
        let p = options.prescale
        if abs(p - 1) < 0.001 { return x }
        func place(_ index: Int, _ ratio: Float, _ count: Int) -> (first: Int, second: Int, share: Float) {
            let at = Float((Double(index) + 0.5) * Double(ratio) - 0.5)
            func inside(_ i: Int) -> Int { i < 0 ? -i : i > count - 1 ? 2 * (count - 1) - i : i }
            let first = inside(Int(at.rounded(.down)))
            return (first, inside(Int(at.rounded(.up))), at - Float(first))
        }
        let width = Int(Double(x.width) * p + 0.5)
        let height = Int(Double(x.height) * p + 0.5)
        let across = Float(x.width) / Float(width)
        let down = Float(x.height) / Float(height)
        return PlainField(width: width, height: height) { row, column in
            let (r1, r2, dy) = place(row, down, x.height)
            let (c1, c2, dx) = place(column, across, x.width)
            let upper = (1 - dy) * (1 - dx) * x[r1, c1] + (1 - dy) * dx * x[r1, c2]
            return upper + dy * (1 - dx) * x[r2, c1] + dy * dx * x[r2, c2]
        }
    }

    private func bandPass(_ x: PlainField) -> PlainField {
        let small = filtered(x, gaussian(taps: 9, sigma: 3.6), step: 16)
        let smooth = filtered(small, gaussian(taps: 3, sigma: 0.6), step: 1)
        return PlainField(width: small.width, height: small.height) { small[$0, $1] - smooth[$0, $1] }
    }

    private func gaussian(taps: Int, sigma: Float) -> [Float] {
        let s = Double(sigma)
        let raw = (0..<taps).map { tap -> Float in
            let d = Double(tap - taps / 2)
            return Float(exp(-0.5 * d / s * d / s)) / Float(1 / (s * (2 * Double.pi).squareRoot()))
        }
        let sum = raw.reduce(0, +)
        return raw.map { $0 / sum }
    }

    private func filtered(_ x: PlainField, _ taps: [Float], step: Int) -> PlainField {
        func inside(_ i: Int, _ count: Int) -> Int { i < 0 ? -i : i >= count ? 2 * (count - 1) - i : i }
        let half = taps.count / 2
        let down = PlainField(width: x.width, height: x.height / step) { row, column in
            taps.indices.reduce(0) { $0 + taps[$1] * x[inside(row * step + $1 - half, x.height), column] }
        }
        return PlainField(width: x.width / step, height: x.height / step) { row, column in
            taps.indices.reduce(0) { $0 + taps[$1] * down[row, inside(column * step + $1 - half, x.width)] }
        }
    }
}

/// Rows of f32 numbers.
struct PlainField {
    let width: Int
    let height: Int
    private(set) var values: [Float]

    init(width: Int, height: Int, _ value: (_ row: Int, _ column: Int) -> Float) {
        self.width = width
        self.height = height
        values = (0..<width * height).map { value($0 / width, $0 % width) }
    }

    subscript(row: Int, column: Int) -> Float {
        get { values[row * width + column] }
        set { values[row * width + column] = newValue }
    }
}

/// Section 8.5.
struct PlainSpEEDScore {
    var options: SpEEDOptions

    func score(_ r: PlainSpEEDStatistics, _ d: PlainSpEEDStatistics) -> (score: Float, flagged: Bool) {
        if r.singular != d.singular || (r.singular && d.singular) { return (0, true) }
        let floor = (1 + Float(options.noiseFloor)) * Float(options.noiseSigma)
        let base = Float(25 * (log2(Double(floor)) + log2(2 * Double.pi * M_E)))
        var score: Float = 0
        for block in r.variances.indices where r.entropies[block] >= base || d.entropies[block] >= base {
            let (a, b) = weights(r.variances[block], d.variances[block])
            score += abs(Float(Double(r.entropies[block]) * log2(a)) - Float(Double(d.entropies[block]) * log2(b)))
        }
        return (score / Float(r.variances.count), false)
    }

    private func weights(_ r: Float, _ d: Float) -> (Double, Double) {
        let half = Double(r + d) / 2
        switch options.weighting {
        case 1: return (Double(1 + r), Double(1 + r))
        case 2: return (Double(1 + d), Double(1 + d))
        case 3: return (1 + half, 1 + half)
        case 4: return (Double(1 + r), 1 + half)
        case 5: return (Double(1 + r), 1 + (0.75 * Double(r) + 0.25 * Double(d)))
        case 6: return (Double(1 + r), 1 + (0.25 * Double(r) + 0.75 * Double(d)))
        default: return (Double(1 + r), Double(1 + d))
        }
    }
}
