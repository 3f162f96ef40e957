import MezzFormats

/// Reads little-endian numbers from bytes in memory, and never beyond them.
struct LittleCursor {
    private let bytes: [UInt8]
    private var place = 0

    /// No file that can be stored is larger: 1 EiB.
    private static let largest = 1 << 60

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func take(_ count: Int) throws(FormatError) -> ArraySlice<UInt8> {
        guard count >= 0, count <= bytes.count - place else {
            throw FormatError(.truncated, "a chunk ends early", at: place)
        }
        place += count
        return bytes[place - count..<place]
    }

    mutating func skip(_ count: Int) throws(FormatError) { _ = try take(count) }

    mutating func u16() throws(FormatError) -> Int { Int(try number(2)) }
    mutating func u32() throws(FormatError) -> Int { Int(try number(4)) }

    /// 64 bits that are a size.
    mutating func size() throws(FormatError) -> Int {
        guard let size = Int(exactly: try number(8)), size <= Self.largest else {
            throw FormatError(.invalid, "a chunk is larger than any disk", at: place - 8)
        }
        return size
    }

    private mutating func number(_ count: Int) throws(FormatError) -> UInt64 {
        try take(count).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
