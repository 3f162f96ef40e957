/// Reads the bits of a raw byte sequence payload, without ever copying it.
///
/// The emulation prevention bytes (ITU-T H.264 7.3.1, H.265 7.3.1.1: the 3 of 0, 0, 3) are left out while reading, so
/// that a header costs no more than its own bytes however long its NAL unit is.
package struct BitReader {
    private let bytes: [UInt8]
    private let end: Int
    private let isEscaped: Bool
    /// The last byte that is not zero, nor the emulation prevention byte of trailing zeros.
    private let last: Int
    /// The next byte to load; never an emulation prevention byte.
    private var next: Int
    private var current: UInt8 = 0
    /// Bits of `current` that have not been read.
    private var left = 0
    /// Zero bytes before `next`, up to 2.
    private var zeros = 0

    /// - Parameters:
    ///   - range: The bytes to read, a NAL unit without its header for example.
    ///   - isEscaped: Whether the bytes hold emulation prevention bytes.
    package init(_ bytes: [UInt8], _ range: Range<Int>, isEscaped: Bool = true) throws(FormatError) {
        guard range.lowerBound >= 0, range.upperBound <= bytes.count else {
            throw FormatError(.truncated, "a NAL unit ends early", at: range.lowerBound)
        }
        self.bytes = bytes
        self.isEscaped = isEscaped
        next = range.lowerBound
        end = range.upperBound
        var last = end - 1
        while last >= next {
            let endsZeros = last >= next + 2 && bytes[last - 1] | bytes[last - 2] == 0
            guard bytes[last] == 0 || isEscaped && endsZeros && bytes[last] == 3 else { break }
            last -= 1
        }
        self.last = last
    }

    /// Where the next unread bit is: the index of its byte, for error messages.
    package var position: Int { left > 0 ? next - 1 : next }

    package var isAligned: Bool { left == 0 }

    /// The next `count` bits as an unsigned number, u(n). At most 63.
    package mutating func bits(_ count: Int) throws(FormatError) -> Int {
        var value = 0
        var wanted = count
        while wanted > 0 {
            if left == 0 { try load() }
            let taken = min(wanted, left)
            left -= taken
            wanted -= taken
            value = value << taken | Int(current >> UInt8(left)) & (1 << taken - 1)
        }
        return value
    }

    /// One bit, u(1).
    package mutating func flag() throws(FormatError) -> Bool { try bits(1) == 1 }

    /// One bit where it is coded, or else `false`.
    package mutating func flag(if isCoded: Bool) throws(FormatError) -> Bool { try isCoded ? flag() : false }

    package mutating func skip(bits count: Int) throws(FormatError) {
        var rest = count
        while rest > 0 {
            _ = try bits(min(rest, 32))
            rest -= 32
        }
    }

    /// Exp-Golomb, ue(v) (H.264 9.1, H.265 9.2): 0 to 2^32 - 2.
    package mutating func unsigned() throws(FormatError) -> Int {
        var zeros = 0
        while try bits(1) == 0 {
            zeros += 1
            guard zeros < 32 else { throw FormatError(.invalid, "a number beyond 32 bits", at: position) }
        }
        return try bits(zeros) + (1 << zeros - 1)
    }

    /// Exp-Golomb that may not exceed `limit`.
    package mutating func unsigned(upTo limit: Int, _ what: String) throws(FormatError) -> Int {
        let value = try unsigned()
        guard value <= limit else { throw FormatError(.invalid, "\(what) of \(value)", at: position) }
        return value
    }

    /// Signed Exp-Golomb, se(v) (H.264 9.1.1, H.265 9.2.2).
    package mutating func signed() throws(FormatError) -> Int {
        let code = try unsigned()
        return code & 1 == 1 ? code / 2 + 1 : -(code / 2)
    }

    /// Whether anything comes before the trailing bits: more_rbsp_data() (H.264 7.2, H.265 7.2).
    package var hasMoreData: Bool {
        guard last >= next else { return left > 0 && left - 1 > current.trailingZeroBitCount }
        return left > 0 || last > next || bytes[last] != 0x80
    }

    private mutating func load() throws(FormatError) {
        guard next < end else { throw FormatError(.truncated, "a NAL unit ends early", at: end) }
        current = bytes[next]
        left = 8
        next += 1
        guard isEscaped else { return }
        zeros = current == 0 ? zeros + 1 : 0
        if zeros >= 2 {
            guard next < end, bytes[next] == 3 else { return }
            next += 1
            zeros = 0
        }
    }
}
