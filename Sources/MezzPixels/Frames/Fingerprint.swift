import Foundation

/// What a frame looks like, coarsely: the 8×8 lowest frequencies of the orthonormal DCT-II of its thumbnail's luma,
/// in units of luma code values per sample, times 16 and rounded. It survives an encode and tells a frame from its
/// neighbours wherever the picture moves.
package struct Fingerprint: Hashable, Sendable {
    package static let coefficients = 64
    /// Row by row, vertical frequency first.
    package let values: [Int16]

    package init?(values: [Int16]) {
        guard values.count == Self.coefficients else { return nil }
        self.values = values
    }

    /// - Parameter luma: `Thumbnail.lumaBytes` samples, row by row.
    package init(luma: UnsafeRawBufferPointer) {
        precondition(luma.count >= Thumbnail.lumaBytes, "a whole luma plane")
        values = Self.transform.apply(luma)
    }

    /// Root-mean-square distance in luma code values (0…255) between the two coarse pictures (Parseval: the
    /// transform is orthonormal).
    package func distance(to other: Fingerprint) -> Double {
        var sum = 0.0
        for index in 0..<Self.coefficients {
            let difference = Double(values[index]) - Double(other.values[index])
            sum += difference * difference
        }
        return sum.squareRoot() / 16
    }

    private static let transform = CosineTransform()
}

/// The separable transform with its tables.
private struct CosineTransform: Sendable {
    /// `columns[x]`: the eight horizontal basis values at column x; `rows[y]` likewise.
    let columns: [SIMD8<Float>]
    let rows: [SIMD8<Float>]

    init() {
        columns = Self.basis(Thumbnail.width)
        rows = Self.basis(Thumbnail.height)
    }

    func apply(_ luma: UnsafeRawBufferPointer) -> [Int16] {
        var sums = [SIMD8<Float>](repeating: .zero, count: 8)
        for y in 0..<Thumbnail.height {
            var line = SIMD8<Float>.zero
            for x in 0..<Thumbnail.width { line += columns[x] * Float(luma[y * Thumbnail.width + x]) }
            for v in 0..<8 { sums[v] += line * rows[y][v] }
        }
        return sums.flatMap { line in (0..<8).map { Int16((line[$0] * 16).rounded()) } }
    }

    /// Basis scaled by 1/√count once more, so that the first coefficient is the mean of the picture.
    private static func basis(_ count: Int) -> [SIMD8<Float>] {
        (0..<count).map { position in
            var values = SIMD8<Float>.zero
            for frequency in 0..<8 {
                let scale = (frequency == 0 ? 1.0 : 2.0.squareRoot()) / Double(count)
                let angle = Double.pi * (Double(position) + 0.5) * Double(frequency) / Double(count)
                values[frequency] = Float(scale * cos(angle))
            }
            return values
        }
    }
}
