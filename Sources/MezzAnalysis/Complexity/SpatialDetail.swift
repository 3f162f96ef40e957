/// How much detail a picture holds: the variance of its Laplacian (four neighbours) and the spatial perceptual
/// information of ITU-T P.910, the standard deviation of the Sobel filter's output.
package struct SpatialDetail: Hashable, Sendable {
    /// Squared code values.
    package let laplacianVariance: Double
    /// Code values.
    package let spatialInformation: Double

    /// Values measured elsewhere.
    package init(laplacianVariance: Double, spatialInformation: Double) {
        self.laplacianVariance = laplacianVariance
        self.spatialInformation = spatialInformation
    }

    /// - Parameter area: What lies inside black bars. Outside it, and on its edge, the picture counts as flat: a bar
    ///   costs an encoder nothing, but its edge would be the strongest of the picture.
    package init(_ luma: PlaneView, in area: PlaneArea) {
        var laplacian = Moments()
        var sobel = Moments()
        let columns = area.columns.dropFirst().dropLast()
        for y in area.rows.dropFirst().dropLast() {
            let sums = Self.sums(luma, y, columns)
            laplacian.sum += Double(sums.laplacian.x)
            laplacian.squares += Double(sums.laplacian.y)
            sobel.sum += Double(sums.sobel.x)
            sobel.squares += Double(sums.sobel.y)
        }
        let count = max(0, luma.width - 2) * max(0, luma.height - 2)
        laplacianVariance = laplacian.variance(count: count)
        spatialInformation = sobel.variance(count: count).squareRoot()
    }

    private typealias Sums = (laplacian: SIMD2<Float>, sobel: SIMD2<Float>)

    private static func sums(_ luma: PlaneView, _ y: Int, _ columns: Range<Int>) -> Sums {
        let (above, here, below) = (luma.row(y - 1), luma.row(y), luma.row(y + 1))
        var laplace = SIMD8<Float>.zero
        var laplaceSquares = SIMD8<Float>.zero
        var length = SIMD8<Float>.zero
        var lengthSquares = SIMD8<Float>.zero
        var x = columns.lowerBound
        while x < columns.upperBound {
            // The last eight begin where they still fit; what they repeat is left out.
            let start = min(x, columns.upperBound - 8)
            guard start >= columns.lowerBound else { return plainSums(luma, y, columns) }
            let (flat, across, down) = filtered(above + start, here + start, below + start)
            let edge = across * across + down * down
            let keep = lanes(from: x - start)
            laplace += flat * keep
            laplaceSquares += flat * flat * keep
            length += edge.squareRoot() * keep
            lengthSquares += edge * keep
            x = start + 8
        }
        return (SIMD2(laplace.sum(), laplaceSquares.sum()), SIMD2(length.sum(), lengthSquares.sum()))
    }

    /// 0 for the first lanes, 1 from `first` on.
    @inline(__always)
    private static func lanes(from first: Int) -> SIMD8<Float> {
        guard first > 0 else { return SIMD8(repeating: 1) }
        return SIMD8<Float>.zero.replacing(
            with: 1, where: SIMD8<Float>(0, 1, 2, 3, 4, 5, 6, 7) .>= SIMD8(repeating: Float(first)))
    }

    /// Laplacian and both Sobel filters at eight samples; the pointers stand on the first.
    @inline(__always)
    private static func filtered(
        _ above: UnsafePointer<UInt8>, _ here: UnsafePointer<UInt8>, _ below: UnsafePointer<UInt8>
    ) -> (SIMD8<Float>, SIMD8<Float>, SIMD8<Float>) {
        let (northWest, north, northEast) = triple(above)
        let (west, centre, east) = triple(here)
        let (southWest, south, southEast) = triple(below)
        let laplacian = north &+ south &+ west &+ east &- (centre &<< 2)
        let across = northEast &- northWest &+ southEast &- southWest &+ ((east &- west) &<< 1)
        let down = southWest &- northWest &+ southEast &- northEast &+ ((south &- north) &<< 1)
        return (SIMD8(small: laplacian), SIMD8(small: across), SIMD8(small: down))
    }

    @inline(__always)
    private static func triple(_ row: UnsafePointer<UInt8>) -> (SIMD8<Int16>, SIMD8<Int16>, SIMD8<Int16>) {
        (PlaneView.eight(row, -1), PlaneView.eight(row, 0), PlaneView.eight(row, 1))
    }

    /// For pictures narrower than a vector.
    private static func plainSums(_ luma: PlaneView, _ y: Int, _ columns: Range<Int>) -> Sums {
        var sums: Sums = (.zero, .zero)
        for x in columns {
            func at(_ dx: Int, _ dy: Int) -> Float { Float(luma.row(y + dy)[x + dx]) }
            let flat = at(0, -1) + at(0, 1) + at(-1, 0) + at(1, 0) - 4 * at(0, 0)
            let across = at(1, -1) - at(-1, -1) + at(1, 1) - at(-1, 1) + 2 * (at(1, 0) - at(-1, 0))
            let down = at(-1, 1) - at(-1, -1) + at(1, 1) - at(1, -1) + 2 * (at(0, 1) - at(0, -1))
            let edge = across * across + down * down
            sums.laplacian += SIMD2(flat, flat * flat)
            sums.sobel += SIMD2(edge.squareRoot(), edge)
        }
        return sums
    }
}
