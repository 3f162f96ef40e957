import Foundation
import MezzPixels

/// Makes the band-pass picture of a chroma plane, at a sixteenth of its (prescaled) size; only samples that the low-pass
/// filter needs for its every sixteenth row and column are looked at.
struct SpEEDReduction {
    typealias Lane = SIMD8<Float>

    private static let step = 16
    private static let wide = gaussian(taps: 9, sigma: 3.6)
    private static let narrow = gaussian(taps: 3, sigma: 0.6)

    private let width: Int
    /// The nine rows of each row of the small picture.
    private let rows: SpEEDPlaces
    /// The nine columns of each of its columns.
    private let columns: SpEEDPlaces
    private let resizes: Bool

    init(width: Int, height: Int, prescale: Double) {
        self.width = width
        resizes = abs(prescale - 1) >= 0.001
        rows = SpEEDPlaces(source: height, scaled: Self.scaled(height, by: prescale), step: Self.step)
        columns = SpEEDPlaces(source: width, scaled: Self.scaled(width, by: prescale), step: Self.step)
    }

    /// A side after the prescale.
    static func scaled(_ side: Int, by prescale: Double) -> Int {
        abs(prescale - 1) < 0.001 ? side : Int(Double(side) * prescale + 0.5)
    }

    func bandPass(_ plane: PlaneView) -> SpEEDField {
        let low = lowPass(plane)
        let smooth = Self.smoothed(low)
        for row in 0..<low.height {
            let (from, minus) = (low.row(row), smooth.row(row))
            for at in stride(from: 0, to: low.width, by: 8) {
                SpEEDField.store(SpEEDField.load(from + at) - SpEEDField.load(minus + at), from + at)
            }
        }
        return low
    }

    private func lowPass(_ plane: PlaneView) -> SpEEDField {
        let small = SpEEDField(width: columns.count, height: rows.count)
        let line = SpEEDLine(columns: columns, width: width, bitDepth: plane.bitDepth)
        for row in 0..<small.height {
            line.clear()
            for tap in 0..<9 {
                let at = row * 9 + tap
                let first = plane.base + rows.first[at] * plane.strideBytes
                if resizes {
                    let second = plane.base + rows.second[at] * plane.strideBytes
                    line.add(first, second, share: rows.share[at], tap: Self.wide[tap])
                } else {
                    line.add(first, tap: Self.wide[tap])
                }
            }
            line.filter(Self.wide, resized: resizes, to: small.row(row))
        }
        return small
    }

    /// The three-tap mean, borders reflected without repeating the edge.
    private static func smoothed(_ from: SpEEDField) -> SpEEDField {
        let out = SpEEDField(width: from.width, height: from.height)
        let down = SpEEDField(width: from.width + 1, height: 1)
        let (outer, inner) = (narrow[0], narrow[1])
        for row in 0..<from.height {
            let above = from.row(SpEEDPlaces.reflected(row - 1, from.height))
            let (here, below) = (from.row(row), from.row(SpEEDPlaces.reflected(row + 1, from.height)))
            let line = down.row(0) + 1
            for at in stride(from: 0, to: from.width, by: 8) {
                let two = SpEEDField.load(above + at) * outer + SpEEDField.load(here + at) * inner
                SpEEDField.store(two + SpEEDField.load(below + at) * outer, line + at)
            }
            line[-1] = line[1]
            line[from.width] = line[from.width - 2]
            let to = out.row(row)
            for at in stride(from: 0, to: from.width, by: 8) {
                let two = SpEEDField.load(line + at - 1) * outer + SpEEDField.load(line + at) * inner
                SpEEDField.store(two + SpEEDField.load(line + at + 1) * outer, to + at)
            }
        }
        return out
    }

    /// Weights of a Gaussian, with libvmaf's roundings.
    private static func gaussian(taps: Int, sigma: Float) -> [Float] {
        let s = Double(sigma)
        let raw = (0..<taps).map { tap -> Float in
            let d = Double(tap - taps / 2)
            return Float(exp(-0.5 * d / s * d / s)) / Float(1 / (s * (2 * Double.pi).squareRoot()))
        }
        let sum = raw.reduce(0, +)
        return raw.map { $0 / sum }
    }
}

/// Where the nine taps of every sixteenth place of a side lie in the source, between which two samples.
struct SpEEDPlaces {
    /// Places of the small picture.
    let count: Int
    private(set) var first: [Int] = []
    private(set) var second: [Int] = []
    /// Share of the second.
    private(set) var share: [Float] = []

    init(source: Int, scaled: Int, step: Int) {
        count = scaled / step
        let ratio = Float(source) / Float(scaled)
        for tap in 0..<count * 9 {
            let place = Self.reflected(tap / 9 * step + tap % 9 - 4, scaled)
            let at = Float((Double(place) + 0.5) * Double(ratio) - 0.5)
            let first = Self.reflected(Int(at.rounded(.down)), source)
            self.first.append(first)
            second.append(Self.reflected(Int(at.rounded(.up)), source))
            share.append(at - Float(first))
        }
    }

    static func reflected(_ index: Int, _ count: Int) -> Int {
        index < 0 ? -index : index >= count ? 2 * (count - 1) - index : index
    }
}
