/// What a row of the reference's finest bands contributes to every encode.
struct ADMFineReference {
    let bands: ADMRows<Int16>
    /// floor(2^30 / |o|).
    let reciprocals: ADMRows<UInt32>
    /// cos² of one degree times the squared gradient.
    let energy: UnsafeMutablePointer<Float>

    func prepare(count: Int) {
        Self.invert(bands.horizontal, reciprocals.horizontal, count)
        Self.invert(bands.vertical, reciprocals.vertical, count)
        Self.invert(bands.diagonal, reciprocals.diagonal, count)
        let horizontal = bands.horizontal
        let vertical = bands.vertical
        let energy = energy
        var at = 0
        while at < count {
            let h = ADMFine.load(horizontal + at)
            let v = ADMFine.load(vertical + at)
            // Within 2 · 22 930², 31 bits.
            let square = ADMVectors.floats(h &* h &+ v &* v)
            UnsafeMutableRawPointer(energy + at).storeBytes(of: square * ADMAngle.limit, as: SIMD8<Float>.self)
            at &+= 8
        }
    }

    /// The quotient in double is off by less than 2^-22 and its fraction a multiple of 1/32 768, so that subtracting
    /// a little less than a half and rounding gives the floor.
    private static func invert(_ from: UnsafePointer<Int16>, _ to: UnsafeMutablePointer<UInt32>, _ count: Int) {
        let numerator = SIMD4<Double>(repeating: 0x1p30)
        let half = SIMD4<Double>(repeating: 0.5 - 0x1p-17)
        var at = 0
        while at < count {
            let value = ADMFine.load(from + at)
            // The reciprocal of 0 becomes 0 (the low bits of infinity).
            let size = ADMVectors.magnitude(value)
            let low = ADMDoubles.low(numerator / ADMDoubles.from(size.lowHalf) - half)
            let high = ADMDoubles.low(numerator / ADMDoubles.from(size.highHalf) - half)
            ADMVectors.store(low, to + at)
            ADMVectors.store(high, to + at + 4)
            at &+= 8
        }
    }

    /// Sums of |o|³ over the columns of the scoring window.
    func cubes(inside: UnsafePointer<Int32>, count: Int) -> SIMD4<UInt64> {
        SIMD4(
            Self.cubes(bands.horizontal, inside, count), Self.cubes(bands.vertical, inside, count),
            Self.cubes(bands.diagonal, inside, count), 0)
    }

    private static func cubes(_ from: UnsafePointer<Int16>, _ inside: UnsafePointer<Int32>, _ count: Int) -> UInt64 {
        var sum = SIMD4<UInt64>()
        var at = 0
        while at < count {
            let value = ADMFine.load(from + at) & UnsafeRawPointer(inside + at).loadUnaligned(as: SIMD8<Int32>.self)
            let size = unsafeBitCast(ADMVectors.magnitude(value), to: SIMD4<UInt64>.self)
            let square = unsafeBitCast(value &* value, to: SIMD4<UInt64>.self)
            sum &+= (size & 0xFFFF_FFFF) &* (square & 0xFFFF_FFFF)
            sum &+= (size &>> 32) &* (square &>> 32)
            at &+= 8
        }
        return sum.wrappedSum()
    }
}
