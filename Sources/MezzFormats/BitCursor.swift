/// Reads numbers of any width, most significant bit first, from a part of an array, and never beyond it.
///
/// For formats that write plain bits: AV1 and the descriptors of MPEG-4. NAL units, whose bytes are escaped, are not.
struct BitCursor: Sendable {
    private let bytes: [UInt8]
    private let start: Int
    private let end: Int
    /// Bits read so far.
    private(set) var position = 0

    init(_ bytes: [UInt8], _ range: Range<Int>) throws(FormatError) {
        guard range.lowerBound >= 0, range.upperBound <= bytes.count else {
            throw FormatError(.truncated, "a structure ends early", at: range.lowerBound)
        }
        self.bytes = bytes
        start = range.lowerBound
        end = range.upperBound
    }

    /// Bits that are left.
    var remaining: Int { (end - start) * 8 - position }
    /// Where the next bit lies, in bytes of the array.
    var byte: Int { start + position >> 3 }

    /// The next `count` bits, 0 to 32, as a number.
    mutating func bits(_ count: Int) throws(FormatError) -> Int {
        guard count >= 0, count <= 32, count <= remaining else {
            throw FormatError(.truncated, "a structure ends early", at: byte)
        }
        var value = 0
        var left = count
        while left > 0 {
            let offset = position & 7
            let taken = min(8 - offset, left)
            let part = Int(bytes[byte]) >> (8 - offset - taken) & (1 << taken - 1)
            value = value << taken | part
            position += taken
            left -= taken
        }
        return value
    }

    mutating func flag() throws(FormatError) -> Bool { try bits(1) == 1 }

    mutating func skip(bits count: Int) throws(FormatError) {
        guard count >= 0, count <= remaining else {
            throw FormatError(.truncated, "a structure ends early", at: byte)
        }
        position += count
    }

    /// On to the next whole byte.
    mutating func align() {
        position = (position + 7) & ~7
    }
}
