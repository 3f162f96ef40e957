/// A row of each of the three detail bands.
struct ADMRows<Sample> {
    let horizontal: UnsafeMutablePointer<Sample>
    let vertical: UnsafeMutablePointer<Sample>
    let diagonal: UnsafeMutablePointer<Sample>
}

/// Conversions between integers and doubles by the bits of a double whose last mantissa bit is worth 1: additions
/// instead of conversion instructions, which vectors of older processors lack.
enum ADMDoubles {
    /// 2^52: what is added to 0 … 2^32 stands in the low bits.
    static let unsigned = 0x1p52
    /// 1.5 · 2^52: the same for signed numbers.
    static let signed = 0x1.8p52

    @inline(__always)
    static func from(_ values: SIMD4<Int32>) -> SIMD4<Double> {
        // Flipping the sign bit adds 2^31.
        let moved = ADMVectors.widen(values ^ Int32.min)
        let bits = moved | SIMD4<UInt64>(repeating: unsigned.bitPattern)
        return unsafeBitCast(bits, to: SIMD4<Double>.self) - SIMD4<Double>(repeating: unsigned + 0x1p31)
    }

    /// The low 32 bits of a whole number, `values` being within 2^31 (2^32 if not negative).
    @inline(__always)
    static func low(_ values: SIMD4<Double>) -> SIMD4<UInt64> {
        unsafeBitCast(values + SIMD4<Double>(repeating: signed), to: SIMD4<UInt64>.self) & 0xFFFF_FFFF
    }

    /// Half goes to the even number.
    @inline(__always)
    static func rounded(_ values: SIMD4<Double>) -> SIMD4<Double> {
        (values + SIMD4<Double>(repeating: signed)) - SIMD4<Double>(repeating: signed)
    }

    @inline(__always)
    static func bits(_ values: SIMD4<Double>) -> SIMD4<UInt64> { unsafeBitCast(values, to: SIMD4<UInt64>.self) }

    @inline(__always)
    static func value(_ bits: SIMD4<UInt64>) -> SIMD4<Double> { unsafeBitCast(bits, to: SIMD4<Double>.self) }

    // Computed, as a stored one would be fetched through a call in the inner loops.
    @inline(__always)
    static var sign: SIMD4<UInt64> { SIMD4<UInt64>(repeating: 1 << 63) }

    @inline(__always)
    static func magnitude(_ values: SIMD4<Double>) -> SIMD4<Double> { value(bits(values) & ~sign) }

    @inline(__always)
    static func minimum(_ a: SIMD4<Double>, _ b: SIMD4<Double>) -> SIMD4<Double> { a.replacing(with: b, where: b .< a) }

    @inline(__always)
    static func load(_ from: UnsafePointer<Double>) -> SIMD4<Double> {
        UnsafeRawPointer(from).loadUnaligned(as: SIMD4<Double>.self)
    }

    @inline(__always)
    static func store(_ values: SIMD4<Double>, _ to: UnsafeMutablePointer<Double>) {
        UnsafeMutableRawPointer(to).storeBytes(of: values, as: SIMD4<Double>.self)
    }
}

/// Whether two gradients have nearly the same direction: within one degree, by the squares of cosines.
enum ADMAngle {
    /// cos² of one degree.
    static let limit: Float = 0.999_695_42
    /// Comparisons of rounded squares are trusted when they differ by this share: the rounding of the exact rule to
    /// singles moves them by less than 2.4e-7, that of the quick one by less than 2e-7.
    static let doubt = 1e-6

    /// The exact rule, on integers rounded to singles.
    static func agrees(_ reference: (Int64, Int64), _ distorted: (Int64, Int64)) -> Bool {
        let product = Double(Float(reference.0 &* distorted.0 &+ reference.1 &* distorted.1)) / 4096
        let first = Double(Float(reference.0 &* reference.0 &+ reference.1 &* reference.1)) / 4096
        let second = Double(Float(distorted.0 &* distorted.0 &+ distorted.1 &* distorted.1)) / 4096
        return product >= 0 && product * product >= (Double(limit) * first) * second
    }
}
