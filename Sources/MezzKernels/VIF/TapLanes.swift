/// Vector operations VIF and motion are built of.
///
/// Two forms of samples are used: lines of 16-bit samples in order, and vectors of eight 32-bit numbers holding the even or
/// the odd ones of sixteen columns. Changing between them takes whole-vector masks and shifts only.
enum TapLanes {
    typealias Vector = SIMD8<UInt32>

    /// Makes two unsigned 16-bit samples signed: v − 32768. A sum of `madd` with taps that add up to 65536 is then too
    /// small by 2³¹, which `biasStart` makes good; everything is exact modulo 2³².
    @inline(__always) static var bias: Vector { Vector(repeating: 0x8000_8000) }
    @inline(__always) static var biasStart: UInt32 { 1 << 31 }

    /// Adds up products of neighbours: lane i is v[2i]·t[2i] + v[2i+1]·t[2i+1], all signed, modulo 2³².
    ///
    /// Written lane by lane because the compiler then finds the one instruction for it, provided that `samples` and `taps`
    /// come straight from memory and sums start at constants.
    @inline(__always)
    static func madd(_ samples: UnsafeRawPointer, _ taps: UnsafeRawPointer) -> Vector {
        let v = samples.loadUnaligned(as: SIMD16<Int16>.self)
        let t = taps.loadUnaligned(as: SIMD16<Int16>.self)
        var sums = SIMD8<Int32>()
        for lane in 0..<8 {
            sums[lane] = Int32(v[2 * lane]) &* Int32(t[2 * lane]) &+ Int32(v[2 * lane + 1]) &* Int32(t[2 * lane + 1])
        }
        return unsafeBitCast(sums, to: Vector.self)
    }

    /// Sum over pairs of neighbouring columns of a line: nine, 4 bytes apart, or five, `step` bytes apart.
    @inline(__always)
    static func columnSum(
        _ line: UnsafeRawPointer, _ taps: UnsafeRawPointer, nine: Bool, step: Int, start: UInt32
    ) -> Vector {
        let step = nine ? 4 : step
        var sum = Vector(repeating: start) &+ madd(line, taps)
        sum &+= madd(line + step, taps + 32)
        sum &+= madd(line + 2 &* step, taps + 64)
        sum &+= madd(line + 3 &* step, taps + 96)
        sum &+= madd(line + 4 &* step, taps + 128)
        guard nine else { return sum }
        sum &+= madd(line + 20, taps + 160)
        sum &+= madd(line + 24, taps + 192)
        sum &+= madd(line + 28, taps + 224)
        sum &+= madd(line + 32, taps + 256)
        return sum
    }

    /// Sum over row pairs, nine or five, at byte `offset` of each.
    @inline(__always)
    static func rowSum(
        _ rows: TapRows, _ offset: Int, _ taps: UnsafeRawPointer, nine: Bool, start: UInt32
    ) -> Vector {
        var sum = Vector(repeating: start) &+ madd(rows.first.0 + offset, taps)
        sum &+= madd(rows.first.1 + offset, taps + 32)
        sum &+= madd(rows.first.2 + offset, taps + 64)
        sum &+= madd(rows.first.3 + offset, taps + 96)
        sum &+= madd(rows.first.4 + offset, taps + 128)
        guard nine else { return sum }
        sum &+= madd(rows.last.0 + offset, taps + 160)
        sum &+= madd(rows.last.1 + offset, taps + 192)
        sum &+= madd(rows.last.2 + offset, taps + 224)
        sum &+= madd(rows.last.3 + offset, taps + 256)
        return sum
    }

    /// (a·b + 2³¹) >> 32 with 64-bit products.
    @inline(__always)
    static func roundedHighProduct(_ a: Vector, _ b: Vector) -> Vector {
        let low = SIMD4<UInt64>(repeating: 0xFFFF_FFFF)
        let half = SIMD4<UInt64>(repeating: 0x8000_0000)
        let x = unsafeBitCast(a, to: SIMD4<UInt64>.self)
        let y = unsafeBitCast(b, to: SIMD4<UInt64>.self)
        let even = ((x & low) &* (y & low) &+ half) &>> 32
        let odd = ((x &>> 32) &* (y &>> 32) &+ half) & ~low
        return unsafeBitCast(even | odd, to: Vector.self)
    }

    /// Lower halves of two vectors, alternating.
    @inline(__always)
    static func lowHalves(_ even: Vector, _ odd: Vector) -> Vector {
        (even & Vector(repeating: 0xFFFF)) | (odd &<< 16)
    }

    /// Upper halves of two vectors, alternating.
    @inline(__always)
    static func highHalves(_ even: Vector, _ odd: Vector) -> Vector {
        (even &>> 16) | (odd & Vector(repeating: 0xFFFF_0000))
    }

    /// All ones where the signed lane is above 0.
    @inline(__always)
    static func positive(_ a: Vector) -> Vector {
        let signed = unsafeBitCast(Vector() &- a, to: SIMD8<Int32>.self)
        return unsafeBitCast(signed &>> 31, to: Vector.self)
    }

    @inline(__always)
    static func load(_ from: UnsafeRawPointer) -> Vector { from.loadUnaligned(as: Vector.self) }

    @inline(__always)
    static func store(_ vector: Vector, _ to: UnsafeMutableRawPointer) { to.storeBytes(of: vector, as: Vector.self) }
}

/// Pointers to nine row pairs, held in registers while loops write elsewhere.
struct TapRows {
    typealias Pointer = UnsafeRawPointer

    let first: (Pointer, Pointer, Pointer, Pointer, Pointer)
    let last: (Pointer, Pointer, Pointer, Pointer)

    /// - Parameter rows: At least five, or nine.
    @inline(__always)
    init(_ rows: UnsafePointer<UnsafeRawPointer>, nine: Bool) {
        first = (rows[0], rows[1], rows[2], rows[3], rows[4])
        last = nine ? (rows[5], rows[6], rows[7], rows[8]) : (rows[0], rows[0], rows[0], rows[0])
    }
}
