import MezzFormats

/// One row of the `chna` chunk (BS.2088-1 section 6): which channel of the file carries which audioTrackUID.
package struct TrackAssignment: Hashable, Sendable {
    /// 1 is the file's first channel.
    package let channel: Int
    /// "ATU_00000001".
    package let uid: String
    /// An audioTrackFormat ("AT_00010001_01") or audioChannelFormat ("AC_00010001", padded); empty when not given.
    package let format: String
    /// An audioPackFormat; empty when not given.
    package let pack: String

    private static let rowBytes = 40

    /// Rows that are not in use (channel 0) are left out.
    static func read(_ chunk: [UInt8]) throws(FormatError) -> [TrackAssignment] {
        var cursor = LittleCursor(chunk)
        // The number of tracks says nothing that the rows do not.
        try cursor.skip(2)
        let count = try cursor.u16()
        guard count <= (chunk.count - 4) / rowBytes else {
            throw FormatError(.truncated, "the chna chunk holds fewer rows than it says", at: 0)
        }
        var rows: [TrackAssignment] = []
        for _ in 0..<count {
            let row = TrackAssignment(
                channel: try cursor.u16(), uid: text(try cursor.take(12)), format: formatName(try cursor.take(14)),
                pack: text(try cursor.take(11)))
            try cursor.skip(1)
            if row.channel != 0 || !row.uid.isEmpty { rows.append(row) }
        }
        return rows
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self).filter { !$0.isWhitespace }.uppercased()
    }

    /// A channel format's name is shorter than a track format's; writers fill it up with "_00".
    private static func formatName(_ bytes: ArraySlice<UInt8>) -> String {
        let name = text(bytes)
        return name.hasPrefix("AC_") ? String(name.prefix(11)) : name
    }
}
