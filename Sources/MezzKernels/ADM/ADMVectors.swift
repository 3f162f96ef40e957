/// Vector operations written so that they are always inlined: the standard library's generic ones may become calls,
/// and functions shared by both builds of this module.
enum ADMVectors {
    typealias Ints = SIMD8<Int32>

    @inline(__always)
    static func load(_ from: UnsafePointer<Int16>) -> Ints {
        let v = UnsafeRawPointer(from).loadUnaligned(as: SIMD8<Int16>.self)
        return Ints(
            Int32(v[0]), Int32(v[1]), Int32(v[2]), Int32(v[3]), Int32(v[4]), Int32(v[5]), Int32(v[6]), Int32(v[7]))
    }

    @inline(__always)
    static func load(_ from: UnsafePointer<Int32>) -> Ints { UnsafeRawPointer(from).loadUnaligned(as: Ints.self) }

    @inline(__always)
    static func load4(_ from: UnsafePointer<Int32>) -> SIMD4<Int32> {
        UnsafeRawPointer(from).loadUnaligned(as: SIMD4<Int32>.self)
    }

    @inline(__always)
    static func store(_ values: Ints, _ to: UnsafeMutablePointer<Int32>) {
        UnsafeMutableRawPointer(to).storeBytes(of: values, as: Ints.self)
    }

    @inline(__always)
    static func magnitude(_ values: Ints) -> Ints {
        let sign = values &>> 31
        return (values ^ sign) &- sign
    }

    @inline(__always)
    static func minimum(_ a: Ints, _ b: Ints) -> Ints { a.replacing(with: b, where: b .< a) }

    @inline(__always)
    static func positive(_ values: Ints) -> Ints { values & ~(values &>> 31) }

    @inline(__always)
    static func floats(_ v: Ints) -> SIMD8<Float> {
        SIMD8<Float>(
            Float(v[0]), Float(v[1]), Float(v[2]), Float(v[3]), Float(v[4]), Float(v[5]), Float(v[6]), Float(v[7]))
    }

    @inline(__always)
    static func load(_ from: UnsafePointer<UInt16>) -> Ints {
        let v = UnsafeRawPointer(from).loadUnaligned(as: SIMD8<UInt16>.self)
        return Ints(
            Int32(v[0]), Int32(v[1]), Int32(v[2]), Int32(v[3]), Int32(v[4]), Int32(v[5]), Int32(v[6]), Int32(v[7]))
    }

    @inline(__always)
    static func load(_ from: UnsafePointer<UInt8>) -> Ints {
        let v = UnsafeRawPointer(from).loadUnaligned(as: SIMD8<UInt8>.self)
        return Ints(
            Int32(v[0]), Int32(v[1]), Int32(v[2]), Int32(v[3]), Int32(v[4]), Int32(v[5]), Int32(v[6]), Int32(v[7]))
    }

    /// The low 16 bits of each.
    @inline(__always)
    static func store(_ v: Ints, _ to: UnsafeMutablePointer<Int16>) {
        let low = SIMD8<Int16>(
            Int16(truncatingIfNeeded: v[0]), Int16(truncatingIfNeeded: v[1]), Int16(truncatingIfNeeded: v[2]),
            Int16(truncatingIfNeeded: v[3]), Int16(truncatingIfNeeded: v[4]), Int16(truncatingIfNeeded: v[5]),
            Int16(truncatingIfNeeded: v[6]), Int16(truncatingIfNeeded: v[7]))
        UnsafeMutableRawPointer(to).storeBytes(of: low, as: SIMD8<Int16>.self)
    }

    /// Bits, with zeros above.
    @inline(__always)
    static func widen(_ v: SIMD4<Int32>) -> SIMD4<UInt64> {
        SIMD4<UInt64>(
            UInt64(UInt32(bitPattern: v[0])), UInt64(UInt32(bitPattern: v[1])), UInt64(UInt32(bitPattern: v[2])),
            UInt64(UInt32(bitPattern: v[3])))
    }

    /// Numbers, with their sign above.
    @inline(__always)
    static func extend(_ v: SIMD4<Int32>) -> SIMD4<Int64> {
        SIMD4<Int64>(Int64(v[0]), Int64(v[1]), Int64(v[2]), Int64(v[3]))
    }

    /// The low 32 bits of each.
    @inline(__always)
    static func store(_ v: SIMD4<UInt64>, _ to: UnsafeMutableRawPointer) {
        let low = SIMD4<UInt32>(
            UInt32(truncatingIfNeeded: v[0]), UInt32(truncatingIfNeeded: v[1]), UInt32(truncatingIfNeeded: v[2]),
            UInt32(truncatingIfNeeded: v[3]))
        to.storeBytes(of: low, as: SIMD4<UInt32>.self)
    }
}
