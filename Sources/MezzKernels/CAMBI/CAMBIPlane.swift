/// Rows of 16-bit numbers; whole vectors may be read and written beyond both ends of a row.
final class CAMBIPlane: @unchecked Sendable {
    // Unchecked: different rows are written by different threads, never the same one.

    /// Numbers before and at least behind each row.
    static let margin = 64

    let width: Int
    let height: Int
    private let pitch: Int
    private let memory: UnsafeMutablePointer<UInt16>

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        pitch = (width + 2 * Self.margin + 31) & ~31
        memory = .allocate(capacity: pitch * height)
        memory.initialize(repeating: 0, count: pitch * height)
    }

    deinit { memory.deallocate() }

    func row(_ index: Int) -> UnsafeMutableRawPointer {
        UnsafeMutableRawPointer(memory + index * pitch + Self.margin)
    }
}

/// A few rows that a band works in, reached by row number modulo their power-of-two count.
struct CAMBIRing {
    private let memory: UnsafeMutableRawPointer
    private let pitchBytes: Int
    private let mask: Int

    init(width: Int, rows: Int) {
        pitchBytes = 2 * ((width + 2 * CAMBIPlane.margin + 31) & ~31)
        mask = rows - 1
        memory = .allocate(byteCount: pitchBytes * rows, alignment: 64)
        memory.initializeMemory(as: UInt8.self, repeating: 0, count: pitchBytes * rows)
    }

    func row(_ index: Int) -> UnsafeMutableRawPointer {
        memory + (index & mask) * pitchBytes + CAMBIPlane.margin * 2
    }

    func free() { memory.deallocate() }
}
