/// A segment index box (`sidx`).
package struct SegmentIndex: Hashable, Sendable {
    package struct Entry: Hashable, Sendable {
        /// Where its bytes lie in the file.
        package let bytes: Range<Int>
        /// In units of the index's timescale.
        package let duration: Int
        package let startsWithSAP: Bool
        package let sapType: Int
        /// It points to another index instead of media.
        package let isIndex: Bool
    }

    package let timescale: Int
    package let earliestTime: Int
    package let entries: [Entry]
    /// Where the box itself lies.
    package let bytes: Range<Int>

    /// Sum of the durations.
    package let duration: Int

    /// - Parameters:
    ///   - bytes: The box, header included.
    ///   - header: Its place in the file.
    static func read(_ bytes: [UInt8], _ header: BoxHeader) throws(FormatError) -> SegmentIndex {
        var cursor = try ByteCursor(bytes, header.headerBytes..<bytes.count)
        let wide = try cursor.versionAndFlags().version > 0
        try cursor.skip(4)
        let timescale = try cursor.u32()
        guard timescale > 0 else { throw FormatError(.invalid, "an index without a clock", at: header.start) }
        let earliest = try cursor.sized(wide)
        var position = try sum(header.end, try cursor.sized(wide), at: header.start)
        try cursor.skip(2)
        var entries: [Entry] = []
        var total = 0
        for _ in 0..<(try cursor.u16()) {
            let reference = try cursor.u32()
            let duration = try cursor.u32()
            let access = try cursor.u32()
            let end = try sum(position, reference & 0x7FFF_FFFF, at: header.start)
            total = try sum(total, duration, at: header.start)
            entries.append(
                Entry(
                    bytes: position..<end, duration: duration, startsWithSAP: access >> 31 == 1,
                    sapType: access >> 28 & 7, isIndex: reference >> 31 == 1))
            position = end
        }
        _ = try sum(earliest, total, at: header.start)
        return SegmentIndex(
            timescale: timescale, earliestTime: earliest, entries: entries, bytes: header.start..<header.end,
            duration: total)
    }
}
