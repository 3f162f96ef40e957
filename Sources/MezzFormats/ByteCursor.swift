/// Reads big-endian numbers from a part of an array, and never beyond it.
struct ByteCursor {
    private let bytes: [UInt8]
    private(set) var position: Int
    private let end: Int

    init(_ bytes: [UInt8], _ range: Range<Int>) throws(FormatError) {
        guard range.lowerBound >= 0, range.upperBound <= bytes.count else {
            throw FormatError(.truncated, "a structure ends early", at: range.lowerBound)
        }
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    var remaining: Int { end - position }

    mutating func skip(_ count: Int) throws(FormatError) {
        guard count >= 0, count <= remaining else {
            throw FormatError(.truncated, "a structure ends early", at: position)
        }
        position += count
    }

    mutating func number(bytes count: Int) throws(FormatError) -> UInt64 {
        let start = position
        try skip(count)
        var value: UInt64 = 0
        for index in start..<position { value = value << 8 | UInt64(bytes[index]) }
        return value
    }

    mutating func u16() throws(FormatError) -> Int { Int(try number(bytes: 2)) }
    mutating func u32() throws(FormatError) -> Int { Int(try number(bytes: 4)) }
    mutating func s32() throws(FormatError) -> Int {
        Int(Int32(truncatingIfNeeded: try number(bytes: 4)))
    }

    /// A 64-bit value that must fit a signed integer.
    mutating func u63() throws(FormatError) -> Int {
        guard let value = Int(exactly: try number(bytes: 8)) else {
            throw FormatError(.invalid, "a number beyond 63 bits", at: position - 8)
        }
        return value
    }

    /// 4 or 8 bytes, as versions 0 and 1 of many boxes have it.
    mutating func sized(_ wide: Bool) throws(FormatError) -> Int { wide ? try u63() : try u32() }

    /// Version and flags of a full box.
    mutating func versionAndFlags() throws(FormatError) -> (version: Int, flags: Int) {
        let word = try u32()
        return (word >> 24, word & 0xFF_FFFF)
    }

    mutating func fourCC() throws(FormatError) -> FourCC { FourCC(code: UInt32(try number(bytes: 4))) }
}

/// Adds with a check, for values that a file may have chosen to overflow.
func sum(_ left: Int, _ right: Int, at offset: Int) throws(FormatError) -> Int {
    let (value, overflow) = left.addingReportingOverflow(right)
    guard !overflow else { throw FormatError(.invalid, "numbers that overflow", at: offset) }
    return value
}

/// Multiplies with a check.
func product(_ left: Int, _ right: Int, at offset: Int) throws(FormatError) -> Int {
    let (value, overflow) = left.multipliedReportingOverflow(by: right)
    guard !overflow else { throw FormatError(.invalid, "numbers that overflow", at: offset) }
    return value
}
