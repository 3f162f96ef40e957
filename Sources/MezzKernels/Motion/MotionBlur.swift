import MezzPixels

/// A blurred reference frame, of libvmaf up to 3.1: 16-bit samples, 0 behind the end of each row.
final class MotionPlane: @unchecked Sendable {
    // Unchecked: bands write disjoint rows in one frame and read them in later ones.

    let rowBytes: Int
    private let memory: UnsafeMutableRawPointer

    init(width: Int, height: Int) {
        rowBytes = (width + 15) / 16 * 32
        memory = .allocate(byteCount: rowBytes * height, alignment: 64)
        memory.initializeMemory(as: UInt8.self, repeating: 0, count: rowBytes * height)
    }

    deinit { memory.deallocate() }

    func row(_ row: Int) -> UnsafeMutableRawPointer { memory + row * rowBytes }

    /// Sum of absolute differences of rows.
    func difference(_ other: MotionPlane, rows: Range<Int>) -> Int {
        var total = 0
        for row in rows {
            let a = UnsafeRawPointer(self.row(row))
            let b = UnsafeRawPointer(other.row(row))
            var sum = TapLanes.Vector()
            for offset in stride(from: 0, to: rowBytes, by: 32) {
                let x = TapLanes.load(a + offset)
                let y = TapLanes.load(b + offset)
                let mask = TapLanes.Vector(repeating: 0xFFFF)
                sum &+= Self.magnitude((x & mask) &- (y & mask)) &+ Self.magnitude((x &>> 16) &- (y &>> 16))
            }
            total += (0..<8).reduce(0) { $0 + Int(sum[$1]) }
        }
        return total
    }

    @inline(__always)
    private static func magnitude(_ value: TapLanes.Vector) -> TapLanes.Vector {
        let sign = unsafeBitCast(value, to: SIMD8<Int32>.self) &>> 31
        let mask = unsafeBitCast(sign, to: TapLanes.Vector.self)
        return (value ^ mask) &- mask
    }
}

/// Blurs rows of a frame as libvmaf up to 3.1: reflected borders that repeat the edge at the bottom and at the right.
struct MotionBlur {
    let filter: VIFFilter
    let plane: VIFPlane
    let bitDepth: Int
    let lines: MotionLines

    /// - Parameter rows: The first one is even.
    func run(rows: Range<Int>, to output: MotionPlane) {
        guard !rows.isEmpty else { return }
        for pair in 0..<MotionLines.pairs - 1 { fill(slot: pair, row: rows.lowerBound + 2 * pair - MotionLines.reach) }
        for (index, row) in stride(from: rows.lowerBound, to: rows.upperBound, by: 2).enumerated() {
            fill(slot: (index + 2) % MotionLines.pairs, row: row + MotionLines.reach)
            for second in 0..<min(2, rows.upperBound - row) {
                vertical(first: index % MotionLines.pairs, taps: filter.rows[second])
                horizontal(to: output.row(row + second))
            }
        }
    }

    private func input(_ row: Int, buffer: Int) -> UnsafeRawPointer {
        let wanted = abs(row)
        let reflected = wanted < plane.height ? wanted : max(2 * plane.height - 1 - wanted, 0)
        return lines.row(plane.base + reflected * plane.strideBytes, isWide: bitDepth > 8, buffer: buffer)
    }

    private func fill(slot: Int, row: Int) {
        let first = input(row, buffer: 0)
        let second = input(row + 1, buffer: 1)
        let pairs = lines.pair(0, slot)
        for block in 0..<lines.blocks {
            let a = TapLanes.load(first + block &* 32)
            let b = TapLanes.load(second + block &* 32)
            TapLanes.store(TapLanes.lowHalves(a, b) ^ TapLanes.bias, pairs + block &* 64)
            TapLanes.store(TapLanes.highHalves(a, b) ^ TapLanes.bias, pairs + (block &* 64 &+ 32))
        }
    }

    private func vertical(first: Int, taps: TapPairs) {
        let rows = lines.rows(0, filter: filter, first: first)
        let start = TapLanes.biasStart &+ 1 &<< UInt32(bitDepth &- 1)
        TapSums.rows(rows, taps, blocks: lines.blocks, start: start, to: lines.sums[0])
        pack(shift: UInt32(bitDepth), flip: TapLanes.bias, to: UnsafeMutableRawPointer(lines.lines[0]))
        lines.mirror(0, width: plane.width, repeatsEdge: true)
    }

    private func horizontal(to row: UnsafeMutableRawPointer) {
        let from = UnsafeRawPointer(lines.lines[0] - MotionLines.reach)
        TapSums.columns(
            from, filter.columns, blocks: lines.blocks, start: TapLanes.biasStart &+ 32_768, to: lines.sums[0])
        TapSums.clearTail(lines.sums[0], width: plane.width)
        pack(shift: 16, flip: TapLanes.Vector(), to: row)
    }

    /// Sums as 16-bit samples in order.
    private func pack(shift: UInt32, flip: TapLanes.Vector, to line: UnsafeMutableRawPointer) {
        let shift = TapLanes.Vector(repeating: shift)
        let sums = lines.sums[0]
        for block in 0..<lines.blocks {
            let even = sums[2 &* block] &>> shift
            let odd = sums[2 &* block &+ 1] &>> shift
            TapLanes.store(TapLanes.lowHalves(even, odd) ^ flip, line + block &* 32)
        }
    }
}
