/// Taps of a filter laid out for `TapLanes.madd`: vectors of two alternating taps, nine of them at scale 0 and five, some
/// of them 0, at the others.
final class TapPairs: @unchecked Sendable {
    // Unchecked: its memory is written in the initialiser only.

    let isNine: Bool
    /// Bytes from the columns of one pair to those of the next.
    let columnStep: Int
    let vectors: UnsafeRawPointer
    private let memory: UnsafeMutableRawPointer

    init(_ pairs: [(UInt16, UInt16)], columnStep: Int = 4) {
        self.columnStep = columnStep
        isNine = pairs.count > 5
        let count = isNine ? 9 : 5
        memory = .allocate(byteCount: count * 32, alignment: 32)
        memory.initializeMemory(as: UInt16.self, repeating: 0, count: count * 16)
        for (index, pair) in pairs.enumerated() {
            for lane in 0..<16 {
                let tap = lane.isMultiple(of: 2) ? pair.0 : pair.1
                memory.storeBytes(of: tap, toByteOffset: index * 32 + lane * 2, as: UInt16.self)
            }
        }
        vectors = UnsafeRawPointer(memory)
    }

    deinit { memory.deallocate() }
}
