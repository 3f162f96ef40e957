/// Row buffers of one work item, for whole rows.
final class MotionLines: @unchecked Sendable {
    // Unchecked: one work item uses it at a time.

    typealias Vector = TapLanes.Vector

    /// The blur's taps are those of VIF's scale 2: 3571 16004 26386 16004 3571.
    static let reach = 2
    static let pairs = 3

    /// Blocks of sixteen columns in a row.
    let blocks: Int
    /// Two rows of 16-bit samples each, for 8-bit pictures.
    let wide: [UnsafeMutablePointer<UInt16>]
    /// Two lines with margins; first columns.
    let lines: [UnsafeMutablePointer<UInt16>]
    let sums: [TapSums.Block]
    let pointers: [UnsafeMutablePointer<UnsafeRawPointer>]
    private let chains: UnsafeMutableRawPointer
    private let slotBytes: Int
    private let samples: UnsafeMutablePointer<UInt16>
    private let vectors: TapSums.Block

    init(width: Int) {
        blocks = (width + 15) / 16
        let columns = blocks * 16
        let lineSamples = columns + 64
        let samples = UnsafeMutablePointer<UInt16>.allocate(capacity: 4 * columns + 2 * lineSamples)
        samples.initialize(repeating: 0, count: 4 * columns + 2 * lineSamples)
        self.samples = samples
        wide = (0..<4).map { samples + $0 * columns }
        lines = (0..<2).map { samples + 4 * columns + $0 * lineSamples + 16 }
        slotBytes = columns * 4
        chains = .allocate(byteCount: 2 * Self.pairs * slotBytes, alignment: 64)
        chains.initializeMemory(as: UInt8.self, repeating: 0, count: 2 * Self.pairs * slotBytes)
        let vectors = TapSums.Block.allocate(capacity: 4 * blocks)
        vectors.initialize(repeating: Vector(), count: 4 * blocks)
        self.vectors = vectors
        sums = [vectors, vectors + 2 * blocks]
        let nowhere = UnsafeRawPointer(samples)
        pointers = (0..<2).map { _ in
            let table = UnsafeMutablePointer<UnsafeRawPointer>.allocate(capacity: 8)
            table.initialize(repeating: nowhere, count: 8)
            return table
        }
    }

    deinit {
        samples.deallocate()
        chains.deallocate()
        vectors.deallocate()
        for table in pointers { table.deallocate() }
    }

    /// Row pairs of one kind of number (0 or 1), sixteen columns as the even ones, then the odd ones.
    func pair(_ chain: Int, _ slot: Int) -> UnsafeMutableRawPointer {
        chains + (chain * Self.pairs + slot) * slotBytes
    }

    /// Pointers to the pairs of a chain, by entry of the filter, where pair 0 is in slot `first`.
    func rows(_ chain: Int, filter: VIFFilter, first: Int) -> TapSums.Rows {
        for (index, entry) in filter.rowPairs.enumerated() {
            pointers[chain][index] = UnsafeRawPointer(pair(chain, (first + entry) % Self.pairs))
        }
        return UnsafePointer(pointers[chain])
    }

    /// A row as 16-bit samples.
    func row(_ row: UnsafeRawPointer, isWide: Bool, buffer: Int) -> UnsafeRawPointer {
        guard !isWide else { return row }
        let bytes = row.assumingMemoryBound(to: UInt8.self)
        let samples = wide[buffer]
        for index in 0..<blocks &* 16 { samples[index] = UInt16(bytes[index]) }
        return UnsafeRawPointer(samples)
    }

    /// Reflects the columns left and right of a row into a line's margins; at the right the edge may be repeated.
    func mirror(_ line: Int, width: Int, repeatsEdge: Bool) {
        let line = lines[line]
        let last = line + (width - 1)
        for distance in 1...Self.reach {
            (line - distance).pointee = line[distance]
            last[distance] = (last - (repeatsEdge ? distance - 1 : distance)).pointee
        }
    }
}
