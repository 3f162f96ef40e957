import MezzPixels

/// Sums of squared differences, exact.
///
/// Vectors are widened by taking even and odd samples apart; a difference may wrap, its square is right again.
enum SquaredError {
    /// Σ (a − b)² over `width` samples of the rows in `rows`.
    static func sum(_ a: PlaneView, _ b: PlaneView, width: Int, rows: Range<Int>) -> UInt64 {
        var total: UInt64 = 0
        for row in rows {
            let first = UnsafeRawPointer(a.base + row * a.strideBytes)
            let second = UnsafeRawPointer(b.base + row * b.strideBytes)
            total &+= a.bitDepth > 8 ? words(first, second, width) : bytes(first, second, width)
        }
        return total
    }

    /// Vectors between two emptyings of the 32-bit sums: four squares of 255 in each lane every time.
    private static let run = 4_096

    private static func bytes(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ count: Int) -> UInt64 {
        var total: UInt64 = 0
        var at = 0
        while at &+ 32 <= count {
            let end = min(count &- 32, at &+ 32 &* (run &- 1))
            var sums = SIMD8<UInt32>.zero
            while at <= end {
                let x = (a + at).loadUnaligned(as: SIMD16<UInt16>.self)
                let y = (b + at).loadUnaligned(as: SIMD16<UInt16>.self)
                let even: SIMD16<UInt16> = (x & 0xFF) &- (y & 0xFF)
                let odd: SIMD16<UInt16> = (x &>> 8) &- (y &>> 8)
                sums = sums &+ pairs(even &* even) &+ pairs(odd &* odd)
                at &+= 32
            }
            for lane in 0..<8 { total &+= UInt64(sums[lane]) }
        }
        while at < count {
            let x = a.load(fromByteOffset: at, as: UInt8.self)
            let difference = Int(x) &- Int(b.load(fromByteOffset: at, as: UInt8.self))
            total &+= UInt64(truncatingIfNeeded: difference &* difference)
            at &+= 1
        }
        return total
    }

    private static func words(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ count: Int) -> UInt64 {
        var sums = SIMD4<UInt64>.zero
        var at = 0
        while at &+ 16 <= count {
            let x = (a + 2 &* at).loadUnaligned(as: SIMD8<UInt32>.self)
            let y = (b + 2 &* at).loadUnaligned(as: SIMD8<UInt32>.self)
            let even: SIMD8<UInt32> = (x & 0xFFFF) &- (y & 0xFFFF)
            let odd: SIMD8<UInt32> = (x &>> 16) &- (y &>> 16)
            sums = sums &+ pairs(even &* even) &+ pairs(odd &* odd)
            at &+= 16
        }
        var total = sums[0] &+ sums[1] &+ sums[2] &+ sums[3]
        while at < count {
            let x = a.load(fromByteOffset: 2 &* at, as: UInt16.self)
            let difference = Int(x) &- Int(b.load(fromByteOffset: 2 &* at, as: UInt16.self))
            total &+= UInt64(truncatingIfNeeded: difference &* difference)
            at &+= 1
        }
        return total
    }

    /// Neighbouring lanes added, twice as wide.
    @inline(__always)
    private static func pairs(_ value: SIMD16<UInt16>) -> SIMD8<UInt32> {
        let wide = unsafeBitCast(value, to: SIMD8<UInt32>.self)
        return (wide & 0xFFFF) &+ (wide &>> 16)
    }

    @inline(__always)
    private static func pairs(_ value: SIMD8<UInt32>) -> SIMD4<UInt64> {
        let wide = unsafeBitCast(value, to: SIMD4<UInt64>.self)
        return (wide & 0xFFFF_FFFF) &+ (wide &>> 32)
    }
}
