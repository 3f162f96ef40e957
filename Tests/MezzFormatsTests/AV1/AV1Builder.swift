/// Writes bits, and OBUs of them.
struct AV1Builder {
    private var bits: [UInt8] = []

    /// The lowest `count` bits of a value.
    mutating func put(_ value: Int, _ count: Int) {
        for shift in (0..<count).reversed() { bits.append(UInt8(value >> shift & 1)) }
    }

    /// Filled up with a one and zeros.
    var payload: [UInt8] {
        var bits = bits + [1]
        while bits.count % 8 != 0 { bits.append(0) }
        return stride(from: 0, to: bits.count, by: 8).map { start in bits[start..<start + 8].reduce(0) { $0 << 1 | $1 }
        }
    }

    static func obu(_ type: Int, _ payload: [UInt8]) -> [UInt8] {
        precondition(payload.count < 128)
        return [UInt8(type << 3 | 2), UInt8(payload.count)] + payload
    }

    /// A sequence header without any tool, 64 by 64 samples, 8 bits.
    static func sequence(level: Int = 0, colors: [Int]? = nil, isFullRange: Bool = false) -> [UInt8] {
        var header = AV1Builder()
        // Profile, kinds of picture, timing, display delay, operating points.
        for (value, count) in [(0, 3), (0, 2), (0, 1), (0, 1), (0, 5), (0, 12), (level, 5)] { header.put(value, count) }
        if level > 7 { header.put(1, 1) }
        // Width and height; frame numbers, superblocks and tools up to the order hint; screen content and vectors forced.
        for (value, count) in [(5, 4), (5, 4), (63, 6), (63, 6), (0, 4), (0, 5), (0, 1), (0, 1)] {
            header.put(value, count)
        }
        // Super-resolution, CDEF, restoration; bit depth, grey.
        header.put(0, 5)
        header.put(colors == nil ? 0 : 1, 1)
        for value in colors ?? [] { header.put(value, 8) }
        header.put(isFullRange ? 1 : 0, 1)
        // Chroma position, separate quantizers, grain.
        header.put(0, 4)
        return obu(1, header.payload)
    }

    /// A frame header that shows what is in a slot.
    static func shown(_ slot: Int) -> [UInt8] {
        var header = AV1Builder()
        header.put(1, 1)
        header.put(slot, 3)
        return obu(3, header.payload)
    }
}
