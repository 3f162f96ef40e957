/// One level of the Daubechies-2 wavelet, row by row: first down the columns, then along the row. Taps are Q15.
///
/// Ranges: the absolute taps sum to 54 822. With 8 to 16 bit samples the first level's column results stay within
/// 27 411 and its bands within 22 930, so 16 bits hold both and 32 bits every sum.
enum ADMTransform {
    static let low: (Int32, Int32, Int32, Int32) = (15_826, 27_411, 7_345, -4_240)
    static let high: (Int32, Int32, Int32, Int32) = (-4_240, -7_345, 27_411, -15_826)
    private static let lowSum: Int32 = 46_342

    typealias Rows = (UnsafeRawPointer, UnsafeRawPointer, UnsafeRawPointer, UnsafeRawPointer)

    /// Columns of the first level: four rows of the picture to a row of each half, recentred around mid-grey.
    static func columns(
        _ rows: Rows, sampleBytes: Int, depth: Int, count: Int,
        low: UnsafeMutablePointer<Int16>, high: UnsafeMutablePointer<Int16>?
    ) {
        if sampleBytes == 1 {
            columns(rows, wide: false, depth: depth, count: count, low: low, high: high)
        } else {
            columns(rows, wide: true, depth: depth, count: count, low: low, high: high)
        }
    }

    @inline(__always)
    private static func columns(
        _ rows: Rows, wide: Bool, depth: Int, count: Int,
        low: UnsafeMutablePointer<Int16>, high: UnsafeMutablePointer<Int16>?
    ) {
        let half = Int32(1) << Int32(depth - 1)
        let shift = SIMD8<Int32>(repeating: Int32(depth))
        // The recentring constant may wrap at 16 bits, as the sum does; their total fits again.
        let lowAdd = SIMD8<Int32>(repeating: half &- lowSum &* half)
        let highAdd = SIMD8<Int32>(repeating: half)
        var at = 0
        while at < count {
            let samples = (
                load(rows.0, at, wide: wide), load(rows.1, at, wide: wide), load(rows.2, at, wide: wide),
                load(rows.3, at, wide: wide)
            )
            let smooth = (weigh(samples, Self.low) &+ lowAdd) &>> shift
            ADMVectors.store(smooth, low + at)
            if let high {
                let detail = (weigh(samples, Self.high) &+ highAdd) &>> shift
                ADMVectors.store(detail, high + at)
            }
            at &+= 8
        }
    }

    /// Along a row of the first level: `count` results of each half from `2 * count` samples and their neighbours.
    static func row(
        _ from: UnsafePointer<Int16>, count: Int, low: UnsafeMutablePointer<Int16>?,
        high: UnsafeMutablePointer<Int16>?
    ) {
        row(from - 1, from + 1, count: count, low: low, high: high)
    }

    /// Not inlined, lest the compiler see that the loads overlap, and shuffle instead.
    @inline(never)
    private static func row(
        _ before: UnsafePointer<Int16>, _ after: UnsafePointer<Int16>, count: Int,
        low: UnsafeMutablePointer<Int16>?, high: UnsafeMutablePointer<Int16>?
    ) {
        let half = SIMD8<Int32>(repeating: 32_768)
        var at = 0
        while at < count {
            let first = pairs(before + 2 &* at)
            let second = pairs(after + 2 &* at)
            let samples = (first.0, first.1, second.0, second.1)
            if let low {
                ADMVectors.store((weigh(samples, Self.low) &+ half) &>> 16, low + at)
            }
            if let high {
                ADMVectors.store((weigh(samples, Self.high) &+ half) &>> 16, high + at)
            }
            at &+= 8
        }
    }

    @inline(__always)
    private static func load(_ row: UnsafeRawPointer, _ at: Int, wide: Bool) -> SIMD8<Int32> {
        if wide {
            ADMVectors.load((row + 2 &* at).assumingMemoryBound(to: UInt16.self))
        } else {
            ADMVectors.load((row + at).assumingMemoryBound(to: UInt8.self))
        }
    }

    /// Eight pairs of neighbouring samples, split.
    @inline(__always)
    private static func pairs(_ at: UnsafePointer<Int16>) -> (SIMD8<Int32>, SIMD8<Int32>) {
        let both = UnsafeRawPointer(at).loadUnaligned(as: SIMD8<Int32>.self)
        return ((both &<< 16) &>> 16, both &>> 16)
    }

    @inline(__always)
    static func weigh(
        _ samples: (SIMD8<Int32>, SIMD8<Int32>, SIMD8<Int32>, SIMD8<Int32>), _ taps: (Int32, Int32, Int32, Int32)
    ) -> SIMD8<Int32> {
        samples.0 &* SIMD8(repeating: taps.0) &+ samples.1 &* SIMD8(repeating: taps.1)
            &+ samples.2 &* SIMD8(repeating: taps.2) &+ samples.3 &* SIMD8(repeating: taps.3)
    }
}
