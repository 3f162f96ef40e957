import MezzPixels

/// Motion of libvmaf 3.2: the difference of two frames, blurred, and the sum of its magnitudes.
///
/// Numbers of 17 bits are filtered as twice their half (rounded down) plus their lowest bit, so that samples are signed
/// 16-bit numbers and sums fit 32 bits.
struct MotionDifference {
    let filter: VIFFilter
    let previous: VIFPlane
    let current: VIFPlane
    let bitDepth: Int
    let lines: MotionLines

    /// Sum over rows, the first of which is even.
    func sum(rows: Range<Int>) -> Int {
        guard !rows.isEmpty else { return 0 }
        var sum = 0
        for pair in 0..<MotionLines.pairs - 1 { fill(slot: pair, row: rows.lowerBound + 2 * pair - MotionLines.reach) }
        for (index, row) in stride(from: rows.lowerBound, to: rows.upperBound, by: 2).enumerated() {
            fill(slot: (index + 2) % MotionLines.pairs, row: row + MotionLines.reach)
            for second in 0..<min(2, rows.upperBound - row) {
                vertical(first: index % MotionLines.pairs, taps: filter.rows[second])
                sum += horizontal()
            }
        }
        return sum
    }

    /// Differences of the rows `row` and `row + 1`: whole at 8 bit, halves and lowest bits above.
    private func fill(slot: Int, row: Int) {
        let wide = bitDepth > 8
        let rows = (0..<2).map { second in
            (
                lines.row(previous.row(row + second), isWide: wide, buffer: second),
                lines.row(current.row(row + second), isWide: wide, buffer: 2 + second)
            )
        }
        let (first, second) = (rows[0], rows[1])
        let halves = lines.pair(0, slot)
        let bits = lines.pair(1, slot)
        for block in 0..<lines.blocks {
            let at = block &* 32
            let p = (Self.load(first.0 + at), Self.load(second.0 + at))
            let c = (Self.load(first.1 + at), Self.load(second.1 + at))
            if wide {
                Self.store(Self.half(p.0, c.0), Self.half(p.1, c.1), to: halves + 2 &* at)
                Self.store((p.0 ^ c.0) & SIMD16(repeating: 1), (p.1 ^ c.1) & SIMD16(repeating: 1), to: bits + 2 &* at)
            } else {
                Self.store(p.0 &- c.0, p.1 &- c.1, to: halves + 2 &* at)
            }
        }
    }

    private func vertical(first: Int, taps: TapPairs) {
        let wide = bitDepth > 8
        let rounding = UInt32(1) &<< UInt32(bitDepth &- 1)
        let rows = lines.rows(0, filter: filter, first: first)
        TapSums.rows(rows, taps, blocks: lines.blocks, start: wide ? 0 : rounding, to: lines.sums[0])
        if wide {
            let bits = lines.rows(1, filter: filter, first: first)
            TapSums.rows(bits, taps, blocks: lines.blocks, start: rounding, to: lines.sums[1])
        }
        let halfLine = UnsafeMutableRawPointer(lines.lines[0])
        let bitLine = UnsafeMutableRawPointer(lines.lines[1])
        let one = TapLanes.Vector(repeating: 1)
        for block in 0..<lines.blocks {
            let even = blurred(2 &* block, wide: wide)
            let odd = blurred(2 &* block &+ 1, wide: wide)
            TapLanes.store(TapLanes.lowHalves(Self.shifted(even, 1), Self.shifted(odd, 1)), halfLine + block &* 32)
            TapLanes.store(TapLanes.lowHalves(even & one, odd & one), bitLine + block &* 32)
        }
        lines.mirror(0, width: current.width, repeatsEdge: false)
        lines.mirror(1, width: current.width, repeatsEdge: false)
    }

    /// (2·halves + bits) >> depth, or at 8 bit the one sum >> 8.
    @inline(__always)
    private func blurred(_ index: Int, wide: Bool) -> TapLanes.Vector {
        let sum = lines.sums[0][index]
        guard wide else { return Self.shifted(sum, 8) }
        return Self.shifted(sum &+ (lines.sums[1][index] &>> 1), UInt32(bitDepth &- 1))
    }

    private func horizontal() -> Int {
        let width = current.width
        for index in 0..<2 {
            let from = UnsafeRawPointer(lines.lines[index] - MotionLines.reach)
            TapSums.columns(
                from, filter.columns, blocks: lines.blocks, start: index == 0 ? 0 : 32_768, to: lines.sums[index])
            TapSums.clearTail(lines.sums[index], width: width)
        }
        var sum = TapLanes.Vector()
        for index in 0..<2 &* lines.blocks {
            let value = Self.shifted(lines.sums[0][index] &+ (lines.sums[1][index] &>> 1), 15)
            let sign = Self.shifted(value, 31)
            sum &+= (value ^ sign) &- sign
        }
        return (0..<8).reduce(0) { $0 + Int(sum[$1]) }
    }

    /// The signed shift.
    @inline(__always)
    private static func shifted(_ value: TapLanes.Vector, _ bits: UInt32) -> TapLanes.Vector {
        let signed = unsafeBitCast(value, to: SIMD8<Int32>.self) &>> SIMD8(repeating: Int32(bits))
        return unsafeBitCast(signed, to: TapLanes.Vector.self)
    }

    /// (p − c) >> 1, rounded down.
    @inline(__always)
    private static func half(_ p: SIMD16<UInt16>, _ c: SIMD16<UInt16>) -> SIMD16<UInt16> {
        (p &>> 1) &- (c &>> 1) &- (~p & c & SIMD16(repeating: 1))
    }

    @inline(__always)
    private static func load(_ from: UnsafeRawPointer) -> SIMD16<UInt16> {
        from.loadUnaligned(as: SIMD16<UInt16>.self)
    }

    @inline(__always)
    private static func store(_ first: SIMD16<UInt16>, _ second: SIMD16<UInt16>, to: UnsafeMutableRawPointer) {
        let a = unsafeBitCast(first, to: TapLanes.Vector.self)
        let b = unsafeBitCast(second, to: TapLanes.Vector.self)
        TapLanes.store(TapLanes.lowHalves(a, b), to)
        TapLanes.store(TapLanes.highHalves(a, b), to + 32)
    }
}
