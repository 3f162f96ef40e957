/// Vertical filtering of a row: means and products.
///
/// Input are row pairs of `VIFRing`; results are lines of signed 16-bit samples (see `TapLanes.bias`).
struct VIFVertical {
    typealias Rows = TapSums.Rows

    /// Depth of the samples; 16 at scales 1…3, which hold luma·256 of 8 bit.
    let bitDepth: Int
    /// Blocks of sixteen columns.
    let blocks: Int
    /// Bytes from the line of upper halves to that of lower halves.
    let lineBytes: Int
    /// Room for two vectors per block each.
    let sums: (high: TapSums.Block, low: TapSums.Block)

    /// Rounded means.
    func means(_ rows: Rows, _ taps: TapPairs, to line: UnsafeMutableRawPointer) {
        if taps.isNine {
            means(rows, taps.vectors, to: line, nine: true)
        } else {
            means(rows, taps.vectors, to: line, nine: false)
        }
    }

    /// Sums of products, from their lower halves and, above 8 bit, their upper ones; lines of upper and lower halves.
    func products(high: Rows, low: Rows, _ taps: TapPairs, to line: UnsafeMutableRawPointer) {
        if bitDepth == 8 {
            byteProducts(low, taps.vectors, to: line)
        } else {
            wideProducts(high, low, taps, to: line)
        }
    }

    @inline(__always)
    private func means(_ rows: Rows, _ taps: UnsafeRawPointer, to line: UnsafeMutableRawPointer, nine: Bool) {
        let start = TapLanes.biasStart &+ 1 &<< UInt32(bitDepth &- 1)
        let shift = TapLanes.Vector(repeating: UInt32(bitDepth))
        let rows = TapRows(rows, nine: nine)
        for block in 0..<blocks {
            let at = block &* 64
            let even = TapLanes.rowSum(rows, at, taps, nine: nine, start: start) &>> shift
            let odd = TapLanes.rowSum(rows, at &+ 32, taps, nine: nine, start: start) &>> shift
            TapLanes.store(TapLanes.lowHalves(even, odd) ^ TapLanes.bias, line + block &* 32)
        }
    }

    /// Products of 8-bit samples: their sums are not rounded.
    private func byteProducts(_ rows: Rows, _ taps: UnsafeRawPointer, to line: UnsafeMutableRawPointer) {
        let rows = TapRows(rows, nine: true)
        for block in 0..<blocks {
            let at = block &* 64
            let even = TapLanes.rowSum(rows, at, taps, nine: true, start: TapLanes.biasStart)
            let odd = TapLanes.rowSum(rows, at &+ 32, taps, nine: true, start: TapLanes.biasStart)
            storeHalves(even, odd, line + block &* 32)
        }
    }

    /// Products of wider samples: (upper·65536 + lower + rounding) >> shift, where the shift is at most 16.
    private func wideProducts(_ high: Rows, _ low: Rows, _ taps: TapPairs, to line: UnsafeMutableRawPointer) {
        let bits = UInt32(min(2 &* (bitDepth &- 8), 16))
        let shift = TapLanes.Vector(repeating: bits)
        let highShift = TapLanes.Vector(repeating: 16 &- bits)
        TapSums.rows(high, taps, blocks: blocks, start: TapLanes.biasStart, to: sums.high)
        TapSums.rows(low, taps, blocks: blocks, start: TapLanes.biasStart &+ 1 &<< (bits &- 1), to: sums.low)
        for block in 0..<blocks {
            let index = 2 &* block
            let even = (sums.high[index] &<< highShift) &+ (sums.low[index] &>> shift)
            let odd = (sums.high[index &+ 1] &<< highShift) &+ (sums.low[index &+ 1] &>> shift)
            storeHalves(even, odd, line + block &* 32)
        }
    }

    @inline(__always)
    private func storeHalves(_ even: TapLanes.Vector, _ odd: TapLanes.Vector, _ to: UnsafeMutableRawPointer) {
        TapLanes.store(TapLanes.highHalves(even, odd) ^ TapLanes.bias, to)
        TapLanes.store(TapLanes.lowHalves(even, odd) ^ TapLanes.bias, to + lineBytes)
    }
}
