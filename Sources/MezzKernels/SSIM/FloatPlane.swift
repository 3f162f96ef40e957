/// A plane of `Float` samples with room for whole vectors behind each row.
final class FloatPlane: @unchecked Sendable {
    // Unchecked: rows are written by one item each, and read in later phases only.

    /// Samples that may be read and written behind the last one of each row.
    static let slack = 16

    let base: UnsafeMutablePointer<Float>
    /// Samples from a row to the next.
    let stride: Int
    let width: Int
    let height: Int

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        stride = (width + Self.slack + 15) & ~15
        let bytes = stride * height * MemoryLayout<Float>.stride
        let memory = UnsafeMutableRawPointer.allocate(byteCount: max(64, bytes), alignment: 64)
        base = memory.initializeMemory(as: Float.self, repeating: 0, count: stride * height)
    }

    deinit { base.deallocate() }

    func row(_ number: Int) -> UnsafeMutablePointer<Float> { base + number * stride }
}

/// Rows of a band, `item` of `items`.
@inline(__always)
func bandRows(_ item: Int, of items: Int, height: Int) -> Range<Int> {
    item * height / items..<(item + 1) * height / items
}

/// The index inside `0..<count` that a mirror with a repeated edge shows at `index` (−1 → 0, count → count − 1).
@inline(__always)
func mirrored(_ index: Int, _ count: Int) -> Int {
    var index = index
    while true {
        if index < 0 {
            index = -1 - index
        } else if index >= count {
            index = 2 * count - 1 - index
        } else {
            return index
        }
    }
}
