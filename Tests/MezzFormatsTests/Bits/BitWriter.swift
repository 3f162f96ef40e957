/// Writes NAL units for tests: the inverse of `BitReader`.
struct BitWriter {
    private var bits: [Bool] = []

    mutating func put(_ value: Int, _ count: Int) {
        for bit in (0..<count).reversed() { bits.append(value >> bit & 1 == 1) }
    }

    mutating func flag(_ flag: Bool) { bits.append(flag) }

    mutating func unsigned(_ value: Int) {
        let length = Int.bitWidth - (value + 1).leadingZeroBitCount
        put(0, length - 1)
        put(value + 1, length)
    }

    mutating func signed(_ value: Int) { unsigned(value > 0 ? 2 * value - 1 : -2 * value) }

    /// The bytes without trailing bits, filled up with zeros.
    var bytes: [UInt8] {
        stride(from: 0, to: bits.count, by: 8).map { start in
            (0..<8).reduce(0) { $0 << 1 | (start + $1 < bits.count && bits[start + $1] ? 1 : 0) }
        }
    }

    /// A NAL unit of `header` and what was written, with trailing bits and emulation prevention.
    func unit(_ header: [UInt8]) -> [UInt8] {
        var whole = self
        whole.flag(true)
        return header + Self.escaped(whole.bytes)
    }

    /// A byte stream of NAL units.
    static func stream(_ units: [[UInt8]]) -> [UInt8] {
        var bytes: [UInt8] = []
        for unit in units { bytes += [0, 0, 1] + unit }
        return bytes
    }

    static func escaped(_ bytes: [UInt8]) -> [UInt8] {
        var escaped: [UInt8] = []
        var zeros = 0
        for byte in bytes {
            if zeros == 2, byte <= 3 {
                escaped.append(3)
                zeros = 0
            }
            escaped.append(byte)
            zeros = byte == 0 ? zeros + 1 : 0
        }
        return escaped
    }
}
