/// The row pairs of one picture that two output rows need, for a strip of columns, made ready for `TapLanes.madd`.
///
/// A chain is one kind of number: samples, lower halves of products, upper halves of products. Sixteen columns are stored
/// as the even ones, then the odd ones, each as (upper row, lower row), all signed by `TapLanes.bias`.
final class VIFRing: @unchecked Sendable {
    // Unchecked: one work item uses it at a time.

    enum Chain: Int {
        case samples, squareLow, squareHigh, productLow, productHigh
    }

    private static let slots = 9
    private static let chains = 5

    private let memory: UnsafeMutableRawPointer
    private let slotBytes: Int
    /// Two rows of 16-bit samples, for 8-bit pictures.
    private let wideRows: UnsafeMutablePointer<UInt16>
    private let columns: Int
    /// By chain (the next scale's samples behind them), first slot and entry of the filter.
    private let tables: UnsafeMutablePointer<UnsafeRawPointer>

    /// - Parameter columns: A multiple of 16.
    init(columns: Int) {
        self.columns = columns
        slotBytes = columns * 4
        let bytes = Self.chains * Self.slots * slotBytes
        memory = .allocate(byteCount: bytes, alignment: 64)
        memory.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
        let pointers = (Self.chains + 1) * Self.slots * Self.slots
        tables = .allocate(capacity: pointers)
        tables.initialize(repeating: UnsafeRawPointer(memory), count: pointers)
        wideRows = .allocate(capacity: 2 * columns)
        wideRows.initialize(repeating: 0, count: 2 * columns)
    }

    deinit {
        memory.deallocate()
        wideRows.deallocate()
        tables.deallocate()
    }

    func pair(_ chain: Chain, _ slot: Int) -> UnsafeMutableRawPointer {
        memory + (chain.rawValue * Self.slots + slot) * slotBytes
    }

    /// Pointers to the pairs of a chain, one for each entry of the filter, where pair 0 is in slot `first`.
    func rows(_ chain: Chain, first: Int) -> TapSums.Rows {
        UnsafePointer(tables + (chain.rawValue * Self.slots + first) * Self.slots)
    }

    /// The same for the next scale's filter.
    func nextRows(first: Int) -> TapSums.Rows {
        UnsafePointer(tables + (Self.chains * Self.slots + first) * Self.slots)
    }

    /// Sets the pointers up for a filter.
    func prepare(for filter: VIFFilter) {
        for first in 0..<filter.ringPairs {
            for chain in 0..<Self.chains {
                point(chain, to: chain, entries: filter.rowPairs, first: first, of: filter.ringPairs)
            }
            point(Self.chains, to: 0, entries: filter.nextRowPairs, first: first, of: filter.ringPairs)
        }
    }

    private func point(_ table: Int, to chain: Int, entries: [Int], first: Int, of count: Int) {
        let pointers = tables + (table * Self.slots + first) * Self.slots
        for (index, entry) in entries.enumerated() {
            let slot = chain * Self.slots + (first + entry) % count
            pointers[index] = UnsafeRawPointer(memory + slot * slotBytes)
        }
    }

    /// Fills a slot with the rows `row` and `row + 1` from `column` on, `blocks` times sixteen columns.
    func fill(slot: Int, plane: VIFPlane, row: Int, column: Int, blocks: Int, isWide: Bool, reference: VIFRing?) {
        var first = plane.row(row) + column * (isWide ? 2 : 1)
        var second = plane.row(row + 1) + column * (isWide ? 2 : 1)
        if !isWide {
            Self.widen(first, to: wideRows, count: blocks * 16)
            Self.widen(second, to: wideRows + columns, count: blocks * 16)
            first = UnsafeRawPointer(wideRows)
            second = UnsafeRawPointer(wideRows + columns)
        }
        let samples = pair(.samples, slot)
        Self.interleave(first, second, to: samples, blocks: blocks)
        let squares = (low: pair(.squareLow, slot), high: pair(.squareHigh, slot))
        if isWide {
            Self.wideProducts(samples, samples, low: squares.low, high: squares.high, vectors: 2 * blocks)
        } else {
            Self.products(samples, samples, to: squares.low, vectors: 2 * blocks)
        }
        guard let other = reference?.pair(.samples, slot) else { return }
        if isWide {
            Self.wideProducts(
                samples, other, low: pair(.productLow, slot), high: pair(.productHigh, slot), vectors: 2 * blocks)
        } else {
            Self.products(samples, other, to: pair(.productLow, slot), vectors: 2 * blocks)
        }
    }

    private static func widen(_ bytes: UnsafeRawPointer, to row: UnsafeMutablePointer<UInt16>, count: Int) {
        let bytes = bytes.assumingMemoryBound(to: UInt8.self)
        for index in 0..<count { row[index] = UInt16(bytes[index]) }
    }

    private static func interleave(
        _ first: UnsafeRawPointer, _ second: UnsafeRawPointer, to pairs: UnsafeMutableRawPointer, blocks: Int
    ) {
        for block in 0..<blocks {
            let a = TapLanes.load(first + block &* 32)
            let b = TapLanes.load(second + block &* 32)
            TapLanes.store(TapLanes.lowHalves(a, b) ^ TapLanes.bias, pairs + block &* 64)
            TapLanes.store(TapLanes.highHalves(a, b) ^ TapLanes.bias, pairs + (block &* 64 &+ 32))
        }
    }

    private static func products(
        _ a: UnsafeRawPointer, _ b: UnsafeRawPointer, to low: UnsafeMutableRawPointer, vectors: Int
    ) {
        for index in 0..<vectors {
            let x = unsafeBitCast(TapLanes.load(a + index &* 32) ^ TapLanes.bias, to: SIMD16<UInt16>.self)
            let y = unsafeBitCast(TapLanes.load(b + index &* 32) ^ TapLanes.bias, to: SIMD16<UInt16>.self)
            TapLanes.store(unsafeBitCast(x &* y, to: TapLanes.Vector.self) ^ TapLanes.bias, low + index &* 32)
        }
    }

    private static func wideProducts(
        _ a: UnsafeRawPointer, _ b: UnsafeRawPointer, low: UnsafeMutableRawPointer, high: UnsafeMutableRawPointer,
        vectors: Int
    ) {
        let mask = TapLanes.Vector(repeating: 0xFFFF)
        for index in 0..<vectors {
            let x = TapLanes.load(a + index &* 32) ^ TapLanes.bias
            let y = TapLanes.load(b + index &* 32) ^ TapLanes.bias
            let upper = (x & mask) &* (y & mask)
            let lower = (x &>> 16) &* (y &>> 16)
            TapLanes.store(TapLanes.lowHalves(upper, lower) ^ TapLanes.bias, low + index &* 32)
            TapLanes.store(TapLanes.highHalves(upper, lower) ^ TapLanes.bias, high + index &* 32)
        }
    }
}
