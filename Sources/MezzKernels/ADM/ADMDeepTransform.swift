/// The wavelet's levels 1 to 3, which work on the smooth band of the level before.
///
/// Ranges: the bands of level 1 stay within 1 491 390 732, those of levels 2 and 3 within 751 510 749 (the absolute
/// sums of the composed taps times half the sample range); the column results of level 1 within 22 930 · 54 822. All
/// fit 32 bits; the other sums need 64.
enum ADMDeepTransform {
    /// Columns of level 1: 16-bit rows, no rounding.
    static func firstColumns(
        _ rows: ADMTransform.Rows, count: Int, low: UnsafeMutablePointer<Int32>, high: UnsafeMutablePointer<Int32>?
    ) {
        var at = 0
        while at < count {
            let samples = (narrow(rows.0, at), narrow(rows.1, at), narrow(rows.2, at), narrow(rows.3, at))
            store(ADMTransform.weigh(samples, ADMTransform.low), low + at)
            if let high { store(ADMTransform.weigh(samples, ADMTransform.high), high + at) }
            at &+= 8
        }
    }

    /// Columns of levels 2 and 3.
    static func columns(
        _ rows: ADMTransform.Rows, count: Int, low: UnsafeMutablePointer<Int32>, high: UnsafeMutablePointer<Int32>?
    ) {
        let half = SIMD4<Int64>(repeating: 32_768)
        let shift = SIMD4<UInt64>(repeating: 16)
        var at = 0
        while at < count {
            let samples = (wide(rows.0, at), wide(rows.1, at), wide(rows.2, at), wide(rows.3, at))
            store(samples, ADMTransform.low, half, shift, low + at)
            if let high { store(samples, ADMTransform.high, half, shift, high + at) }
            at &+= 4
        }
    }

    /// Along a row; `shift` is 15 or 16.
    static func row(
        _ from: UnsafePointer<Int32>, count: Int, shift: Int, low: UnsafeMutablePointer<Int32>?,
        high: UnsafeMutablePointer<Int32>?
    ) {
        row((from - 1, from, from + 1, from + 2), count: count, shift: shift, low: low, high: high)
    }

    /// Not inlined, lest the compiler see that the loads overlap, and shuffle instead.
    @inline(never)
    private static func row(
        _ from: (UnsafePointer<Int32>, UnsafePointer<Int32>, UnsafePointer<Int32>, UnsafePointer<Int32>), count: Int,
        shift: Int, low: UnsafeMutablePointer<Int32>?,
        high: UnsafeMutablePointer<Int32>?
    ) {
        let half = SIMD4<Int64>(repeating: 1 << Int64(shift - 1))
        let shift = SIMD4<UInt64>(repeating: UInt64(shift))
        var at = 0
        while at < count {
            let samples = (
                everySecond(from.0 + 2 &* at), everySecond(from.1 + 2 &* at), everySecond(from.2 + 2 &* at),
                everySecond(from.3 + 2 &* at)
            )
            if let low { store(samples, ADMTransform.low, half, shift, low + at) }
            if let high { store(samples, ADMTransform.high, half, shift, high + at) }
            at &+= 4
        }
    }

    private typealias Samples = (SIMD4<Int64>, SIMD4<Int64>, SIMD4<Int64>, SIMD4<Int64>)

    @inline(__always)
    private static func narrow(_ row: UnsafeRawPointer, _ at: Int) -> SIMD8<Int32> {
        ADMVectors.load((row + 2 &* at).assumingMemoryBound(to: Int16.self))
    }

    @inline(__always)
    private static func wide(_ row: UnsafeRawPointer, _ at: Int) -> SIMD4<Int64> {
        let values = (row + 4 &* at).loadUnaligned(as: SIMD4<Int32>.self)
        return ADMVectors.extend(values)
    }

    /// Samples 0, 2, 4 and 6: the low halves of 64-bit lanes.
    @inline(__always)
    private static func everySecond(_ at: UnsafePointer<Int32>) -> SIMD4<Int64> {
        (UnsafeRawPointer(at).loadUnaligned(as: SIMD4<Int64>.self) &<< 32) &>> 32
    }

    @inline(__always)
    private static func store(
        _ samples: Samples, _ taps: (Int32, Int32, Int32, Int32), _ half: SIMD4<Int64>, _ shift: SIMD4<UInt64>,
        _ to: UnsafeMutablePointer<Int32>
    ) {
        let first = samples.0 &* SIMD4(repeating: Int64(taps.0)) &+ samples.1 &* SIMD4(repeating: Int64(taps.1))
        let second = samples.2 &* SIMD4(repeating: Int64(taps.2)) &+ samples.3 &* SIMD4(repeating: Int64(taps.3))
        // The result fits 32 bits, so the shift need not carry the sign in.
        let sum = unsafeBitCast(first &+ second &+ half, to: SIMD4<UInt64>.self)
        ADMVectors.store(sum &>> shift, to)
    }

    @inline(__always)
    private static func store(_ values: SIMD8<Int32>, _ to: UnsafeMutablePointer<Int32>) {
        ADMVectors.store(values, to)
    }
}
