/// The vertical sums of one row of the small picture, in f32.
final class SpEEDLine {
    typealias Lane = SIMD8<Float>

    private let columns: SpEEDPlaces
    private let width: Int
    private let deep: Bool
    private let scale: Float
    /// Sums, for all columns or, when resizing, for those that are needed.
    private let sums: SpEEDField
    /// Two source rows in f32.
    private let samples: SpEEDField
    /// Their samples left and right of each needed column.
    private let picked: SpEEDField

    init(columns: SpEEDPlaces, width: Int, bitDepth: Int) {
        self.columns = columns
        self.width = width
        deep = bitDepth > 8
        scale = 1 / Float(1 << (bitDepth - 8))
        sums = SpEEDField(width: max(width, columns.first.count), height: 1)
        samples = SpEEDField(width: width, height: 2)
        picked = SpEEDField(width: columns.first.count, height: 4)
    }

    func clear() { sums.row(0).update(repeating: 0, count: sums.width) }

    func add(_ row: UnsafeMutableRawPointer, tap: Float) {
        let sums = sums.row(0)
        let (deep, scale) = (deep, scale)
        for at in stride(from: 0, to: width, by: 8) {
            let value = Self.centred(row, at, deep, scale) * tap
            SpEEDField.store(SpEEDField.load(sums + at) + value, sums + at)
        }
    }

    /// Adds a row between two source rows, at the needed columns.
    func add(_ first: UnsafeMutableRawPointer, _ second: UnsafeMutableRawPointer, share: Float, tap: Float) {
        pick(first, 0)
        pick(second, 2)
        let sums = sums.row(0)
        let (a, b, c, d) = (picked.row(0), picked.row(1), picked.row(2), picked.row(3))
        columns.share.withUnsafeBufferPointer { shares in
            guard let shares = shares.baseAddress else { return }
            // The last few shares are read one vector at a time, from a place inside the table.
            for at in stride(from: 0, to: columns.share.count, by: 8) {
                let right = Self.shares(shares, at, columns.share.count)
                let left = Lane(repeating: 1) - right
                let upper =
                    (left * (1 - share)) * SpEEDField.load(a + at)
                    + (right * (1 - share)) * SpEEDField.load(b + at)
                let three = upper + (left * share) * SpEEDField.load(c + at)
                let value = three + (right * share) * SpEEDField.load(d + at)
                SpEEDField.store(SpEEDField.load(sums + at) + value * tap, sums + at)
            }
        }
    }

    /// The horizontal sums, at every sixteenth column.
    func filter(_ taps: [Float], resized: Bool, to out: UnsafeMutablePointer<Float>) {
        let sums = sums.row(0)
        for column in 0..<columns.count {
            var sum: Float = 0
            for tap in 0..<9 {
                let at = column &* 9 &+ tap
                sum += taps[tap] * sums[resized ? at : columns.first[at]]
            }
            out[column] = sum
        }
    }

    private func pick(_ row: UnsafeMutableRawPointer, _ place: Int) {
        let samples = samples.row(place >> 1)
        let (deep, scale) = (deep, scale)
        for at in stride(from: 0, to: width, by: 8) {
            SpEEDField.store(Self.centred(row, at, deep, scale), samples + at)
        }
        let (left, right) = (picked.row(place), picked.row(place + 1))
        columns.first.withUnsafeBufferPointer { first in
            columns.second.withUnsafeBufferPointer { second in
                for at in 0..<first.count {
                    left[at] = samples[first[at]]
                    right[at] = samples[second[at]]
                }
            }
        }
    }

    @inline(__always)
    private static func shares(_ from: UnsafePointer<Float>, _ at: Int, _ count: Int) -> Lane {
        if at + 8 <= count { return SpEEDField.load(from + at) }
        var last = Lane(repeating: 0)
        for lane in 0..<count - at { last[lane] = from[at + lane] }
        return last
    }

    /// Eight samples in 8-bit units, minus 128. The bits of 2²³ + n are those of 2²³ plus n: a conversion to f32
    /// without one.
    @inline(__always)
    private static func centred(_ row: UnsafeMutableRawPointer, _ at: Int, _ deep: Bool, _ scale: Float) -> Lane {
        var words = SIMD16<UInt16>(repeating: 0)
        if deep {
            words.evenHalf = row.loadUnaligned(fromByteOffset: at * 2, as: SIMD8<UInt16>.self)
        } else {
            var bytes = SIMD16<UInt8>(repeating: 0)
            bytes.evenHalf = row.loadUnaligned(fromByteOffset: at, as: SIMD8<UInt8>.self)
            words.evenHalf = unsafeBitCast(bytes, to: SIMD8<UInt16>.self)
        }
        let bits = unsafeBitCast(words, to: SIMD8<UInt32>.self) | 0x4B00_0000
        return (unsafeBitCast(bits, to: Lane.self) - 8_388_608) * scale - 128
    }
}
