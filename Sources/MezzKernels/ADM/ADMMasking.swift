/// Contrast masking of a row: what of the weighted coefficients rises above the threshold of the nine places around,
/// cubed and summed.
struct ADMMasking {
    /// Rounding of one band's cubes.
    struct Band {
        let thresholdShift: Int32
        let squareShift: UInt64
        let cubeShift: UInt64
    }

    let straight: Band
    let diagonal: Band
    /// Of a row's sum.
    let rowShift: Int64

    init(_ scale: ADMScale) {
        rowShift = Int64(ADMScale.bits(scale.height))
        guard scale.level == 0 else {
            let shift = UInt64(ADMScale.bits(scale.width))
            straight = Band(thresholdShift: 0, squareShift: 30, cubeShift: shift)
            diagonal = straight
            return
        }
        straight = Band(thresholdShift: 10, squareShift: 29, cubeShift: UInt64(ADMScale.bits(scale.width, less: 4)))
        diagonal = Band(thresholdShift: 12, squareShift: 30, cubeShift: UInt64(ADMScale.bits(scale.width, less: 3)))
    }

    /// - Returns: Sums of the three bands, rounded as a row's are.
    func sums(
        of row: ADMWeighedRow, above: UnsafePointer<Int32>, below: UnsafePointer<Int32>,
        inside: UnsafePointer<Int32>, count: Int
    ) -> (Int64, Int64, Int64) {
        let straight = Constants(straight)
        let diagonal = Constants(diagonal)
        let centre = UnsafePointer(row.spread)
        var h = SIMD4<UInt64>()
        var v = SIMD4<UInt64>()
        var d = SIMD4<UInt64>()
        var at = 0
        while at < count {
            let threshold =
                Self.around(above + at) &+ Self.around(centre + at) &+ Self.around(below + at)
                &+ Self.load(row.own + at)
            let mask = Self.load(inside + at)
            let low = threshold &<< straight.thresholdShift
            h &+= straight.cubes(Self.load(row.horizontal + at), low, mask)
            v &+= straight.cubes(Self.load(row.vertical + at), low, mask)
            d &+= diagonal.cubes(Self.load(row.diagonal + at), threshold &<< diagonal.thresholdShift, mask)
            at &+= 8
        }
        return (rounded(h.wrappedSum()), rounded(v.wrappedSum()), rounded(d.wrappedSum()))
    }

    private func rounded(_ sum: UInt64) -> Int64 {
        (Int64(bitPattern: sum) &+ (1 << (rowShift - 1))) >> rowShift
    }

    @inline(__always)
    private static func around(_ at: UnsafePointer<Int32>) -> SIMD8<Int32> { load(at - 1) &+ load(at) &+ load(at + 1) }

    @inline(__always)
    private static func load(_ from: UnsafePointer<Int32>) -> SIMD8<Int32> {
        UnsafeRawPointer(from).loadUnaligned(as: SIMD8<Int32>.self)
    }

    /// Ranges: weighted coefficients are below 2^31 and their scaled squares too, so products of 32 bits suffice.
    private struct Constants {
        let thresholdShift: SIMD8<Int32>
        let squareHalf: SIMD4<UInt64>
        let squareShift: SIMD4<UInt64>
        let cubeHalf: SIMD4<UInt64>
        let cubeShift: SIMD4<UInt64>

        init(_ band: Band) {
            thresholdShift = SIMD8(repeating: band.thresholdShift)
            squareHalf = SIMD4(repeating: 1 << (band.squareShift - 1))
            squareShift = SIMD4(repeating: band.squareShift)
            cubeHalf = SIMD4(repeating: band.cubeShift == 0 ? 0 : 1 << (band.cubeShift - 1))
            cubeShift = SIMD4(repeating: band.cubeShift)
        }

        @inline(__always)
        func cubes(_ size: SIMD8<Int32>, _ threshold: SIMD8<Int32>, _ inside: SIMD8<Int32>) -> SIMD4<UInt64> {
            let excess = ADMVectors.positive(size &- threshold) & inside
            let pairs = unsafeBitCast(excess, to: SIMD4<UInt64>.self)
            return cube(pairs & 0xFFFF_FFFF) &+ cube(pairs &>> 32)
        }

        @inline(__always)
        private func cube(_ value: SIMD4<UInt64>) -> SIMD4<UInt64> {
            let square = ((value &* value &+ squareHalf) &>> squareShift) & 0xFFFF_FFFF
            return (square &* value &+ cubeHalf) &>> cubeShift
        }
    }
}
