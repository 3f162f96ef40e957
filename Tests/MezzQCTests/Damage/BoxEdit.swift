import MezzFormats
import Testing

/// Changes to the bytes of an MP4 file.
extension [UInt8] {
    /// Where the payload of the `number`th box of a type begins, wherever it is.
    func box(_ type: String, _ number: Int = 0) throws -> Int {
        let places = ranges(of: Array(type.utf8)).map(\.upperBound)
        return try #require(places.dropFirst(number).first, "no box \(type)")
    }

    func number(at offset: Int, bytes: Int = 4) -> Int {
        self[offset..<offset + bytes].reduce(0) { $0 << 8 | Int($1) }
    }

    mutating func put(_ value: Int, at offset: Int, bytes: Int = 4) {
        for index in 0..<bytes { self[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * (bytes - 1 - index))) }
    }

    /// Replaces all occurrences by as many bytes.
    mutating func replaceAll(_ old: [UInt8], by new: [UInt8]) {
        for range in ranges(of: old) { replaceSubrange(range, with: new) }
    }

    /// Puts boxes at the end of the first sample entry of a file whose samples are counted from their fragments.
    mutating func insertIntoEntry(_ boxes: [UInt8]) throws {
        var (start, end) = (0, count)
        var holders: [Int] = []
        for (type, header) in [
            ("moov", 8), ("trak", 8), ("mdia", 8), ("minf", 8), ("stbl", 8), ("stsd", 16), ("", 0),
        ] {
            while type != "", String(decoding: self[start + 4..<start + 8], as: UTF8.self) != type {
                start += number(at: start)
                try #require(start < end)
            }
            holders.append(start)
            end = start + number(at: start)
            start += header
        }
        for holder in holders { put(number(at: holder) + boxes.count, at: holder) }
        insert(contentsOf: boxes, at: end)
    }

    /// A box of 32-bit length.
    static func box(_ type: String, _ payload: [UInt8]) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 4) + Array(type.utf8) + payload
        bytes.put(bytes.count, at: 0)
        return bytes
    }
}

/// Changes of the level that a stream names, in its parameter sets wherever they are and in its record.
enum LevelEdit {
    /// AVC: profile, constraints and level stand in front of both.
    static func avc(_ level: Int) -> @Sendable (inout [UInt8]) throws -> Void {
        { bytes in
            let record = try bytes.box("avcC")
            let old = Array(bytes[record + 1..<record + 4])
            bytes.replaceAll(old, by: Array(old.prefix(2)) + [UInt8(level)])
        }
    }

    /// HEVC: the record has the level 12 bytes in; the parameter sets have it behind the same bytes, in which zeros are
    /// kept from looking like start codes.
    static func hevc(_ level: Int) -> @Sendable (inout [UInt8]) throws -> Void {
        { bytes in
            let record = try bytes.box("hvcC")
            let plain = Array(bytes[record + 1..<record + 12])
            let old = bytes[record + 12]
            bytes.replaceAll(plain + [old], by: plain + [UInt8(level)])
            var escaped: [UInt8] = []
            for byte in plain {
                if escaped.suffix(2) == [0, 0], byte <= 3 { escaped.append(3) }
                escaped.append(byte)
            }
            try #require(!bytes.ranges(of: escaped + [old]).isEmpty)
            bytes.replaceAll(escaped + [old], by: escaped + [UInt8(level)])
        }
    }

    /// AV1: 24 bits into a sequence header without timing information. What libsvtav1 puts into the record and into the
    /// stream is alike in the first bytes alone.
    static func av1(_ level: Int) -> @Sendable (inout [UInt8]) throws -> Void {
        { bytes in
            // Behind the record's four bytes: a header and its length.
            let header = try bytes.box("av1C") + 4
            let old = Array(bytes[header..<header + 9])
            try #require(old[0] == 0x0A && old[2] & 0x04 == 0 && bytes.ranges(of: old).count > 1)
            var new = old
            new[5] = UInt8(level << 3) | old[5] & 7
            bytes.replaceAll(old, by: new)
        }
    }
}
