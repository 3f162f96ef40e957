/// Finds the dates in a file, so that a caller can blank them: they are all that differs between two runs.
package enum MP4Dates {
    /// Byte ranges of the creation and modification times of `mvhd`, `tkhd` and `mdhd`, 8 or 16 bytes each.
    package static func ranges(_ source: some ByteSource) throws(FormatError) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        for box in try BoxHeader.list(source, in: 0..<source.count) where box.type == "moov" {
            let bytes = try MP4File.contents(of: box, source)
            let movie = try BoxTree.read(bytes)
            var headers = [try movie.required("mvhd")]
            for track in movie.all("trak") {
                headers.append(try track.required("tkhd"))
                headers.append(try track.required("mdia").required("mdhd"))
            }
            for header in headers { ranges.append(try dates(bytes, header.header.payload, base: box.start)) }
        }
        return ranges
    }

    private static func dates(_ bytes: [UInt8], _ payload: Range<Int>, base: Int) throws(FormatError) -> Range<Int> {
        var cursor = try ByteCursor(bytes, payload)
        let length = try cursor.versionAndFlags().version == 1 ? 16 : 8
        let start = base + cursor.position
        try cursor.skip(length)
        return start..<start + length
    }
}
