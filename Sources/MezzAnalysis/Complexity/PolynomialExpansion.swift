import Foundation

/// The quadratic polynomial xᵀAx + bᵀx + c that is nearest to a picture around each of its samples, weighted by a
/// Gaussian: G. Farnebäck, "Polynomial Expansion for Orientation and Motion Estimation", Linköping 2002, chapter 4.
/// A Gaussian of separable weights makes the six base functions separable too; c is not needed.
package final class PolynomialExpansion {
    /// b, and the elements of the symmetric A.
    package let bx: FloatField
    package let by: FloatField
    package let axx: FloatField
    package let ayy: FloatField
    package let axy: FloatField

    private let lines: [FloatField]

    /// Samples on each side of the centre, and the Gaussian's standard deviation.
    static let radius = 2
    static let sigma = 1.1

    /// One-dimensional weights for offsets 0, 1 and 2; the values at negative offsets follow by symmetry.
    struct Weights {
        /// Mean, even.
        let mean: SIMD4<Float>
        /// Slope, odd.
        let slope: SIMD4<Float>
        /// Coefficient of the square, even.
        let square: SIMD4<Float>

        /// With moments S₂ and S₄ of the normalised Gaussian g: g, x·g/S₂ and (x² − S₂)·g/(S₄ − S₂²), which are the
        /// rows of the inverse of the base's Gram matrix.
        static let standard: Weights = {
            let raw = (0...radius).map { exp(-Double($0 * $0) / (2 * sigma * sigma)) }
            let total = raw[0] + 2 * (raw[1] + raw[2])
            let gauss = raw.map { $0 / total }
            let second = 2 * (gauss[1] + 4 * gauss[2])
            let fourth = 2 * (gauss[1] + 16 * gauss[2])
            func weights(_ value: (Double) -> Double) -> SIMD4<Float> {
                SIMD4(Float(value(0) * gauss[0]), Float(value(1) * gauss[1]), Float(value(2) * gauss[2]), 0)
            }
            return Weights(
                mean: weights { _ in 1 }, slope: weights { $0 / second },
                square: weights { ($0 * $0 - second) / (fourth - second * second) })
        }()
    }

    /// - Parameters: Size of the pictures.
    package init(width: Int, height: Int) {
        func field() -> FloatField { FloatField(width: width, height: height) }
        (bx, by, axx, ayy, axy) = (field(), field(), field(), field(), field())
        lines = (0..<3).map { _ in FloatField(width: width + 16, height: 1) }
    }

    /// Expands `picture`, whose edges are repeated outwards.
    package func expand(_ picture: FloatField) {
        for y in 0..<picture.height {
            filterDown(picture, y)
            filterAcross(y, picture.width)
        }
    }

    /// Column offset of a picture's first sample in a line.
    private static let margin = 8

    private func filterDown(_ picture: FloatField, _ y: Int) {
        func row(_ offset: Int) -> UnsafeMutablePointer<Float> {
            picture.row(min(max(y + offset, 0), picture.height - 1))
        }
        let weights = Weights.standard
        let (north2, north1, here, south1, south2) = (row(-2), row(-1), row(0), row(1), row(2))
        let outputs = lines.map { $0.base + Self.margin }
        let (mean, slope, square) = (outputs[0], outputs[1], outputs[2])
        for x in stride(from: 0, to: picture.width, by: 8) {
            let centre = FloatField.load(here + x)
            let (n1, s1) = (FloatField.load(north1 + x), FloatField.load(south1 + x))
            let (n2, s2) = (FloatField.load(north2 + x), FloatField.load(south2 + x))
            let (near, far) = (n1 + s1, n2 + s2)
            FloatField.store(centre * weights.mean[0] + near * weights.mean[1] + far * weights.mean[2], mean + x)
            FloatField.store((s1 - n1) * weights.slope[1] + (s2 - n2) * weights.slope[2], slope + x)
            FloatField.store(
                centre * weights.square[0] + near * weights.square[1] + far * weights.square[2], square + x)
        }
        for line in outputs { Self.repeatEdges(of: line, width: picture.width) }
    }

    private static func repeatEdges(of line: UnsafeMutablePointer<Float>, width: Int) {
        for offset in 1...radius {
            line[-offset] = line[0]
            line[width - 1 + offset] = line[width - 1]
        }
    }

    private func filterAcross(_ y: Int, _ width: Int) {
        let weights = Weights.standard
        let (mean, slope, square) = (
            lines[0].base + Self.margin, lines[1].base + Self.margin, lines[2].base + Self.margin
        )
        let (bx, by, axx, ayy, axy) = (bx.row(y), by.row(y), axx.row(y), ayy.row(y), axy.row(y))
        for x in stride(from: 0, to: width, by: 8) {
            FloatField.store(Self.odd(mean + x, weights.slope), bx + x)
            FloatField.store(Self.even(mean + x, weights.square), axx + x)
            FloatField.store(Self.even(slope + x, weights.mean), by + x)
            // The coefficient of xy is twice the matrix's element.
            FloatField.store(Self.odd(slope + x, weights.slope) * 0.5, axy + x)
            FloatField.store(Self.even(square + x, weights.mean), ayy + x)
        }
    }

    @inline(__always)
    private static func even(_ at: UnsafeMutablePointer<Float>, _ weights: SIMD4<Float>) -> FloatField.Eight {
        FloatField.load(at) * weights[0] + (FloatField.load(at - 1) + FloatField.load(at + 1)) * weights[1]
            + (FloatField.load(at - 2) + FloatField.load(at + 2)) * weights[2]
    }

    @inline(__always)
    private static func odd(_ at: UnsafeMutablePointer<Float>, _ weights: SIMD4<Float>) -> FloatField.Eight {
        (FloatField.load(at + 1) - FloatField.load(at - 1)) * weights[1]
            + (FloatField.load(at + 2) - FloatField.load(at - 2)) * weights[2]
    }
}
