/// How many bytes each sample of a track takes, and which samples can be decoded by themselves.
///
/// From `stsz` and `stss` (ISO/IEC 14496-12, 8.7.3 and 8.6.2), so only of files that are not fragmented.
package struct SampleSizes: Hashable, Sendable {
    /// Bytes by sample, in decoding order.
    package let bytes: [Int]
    /// The sync samples, ascending, counted from 0.
    package let syncSamples: [Int]

    /// Bytes of all sync samples.
    package var syncBytes: Int { syncSamples.reduce(0) { $0 + bytes[$1] } }

    /// The sizes of the first video track.
    /// - Throws: `FormatError` when there is none, or its tables end early or contradict each other.
    package static func ofVideo(_ source: some ByteSource) throws(FormatError) -> SampleSizes {
        for box in try BoxHeader.list(source, in: 0..<source.count) where box.type == "moov" {
            let bytes = try MP4File.contents(of: box, source)
            for track in try BoxTree.read(bytes).all("trak") {
                guard let table = try videoTable(bytes, track) else { continue }
                let sizes = try sizes(bytes, table)
                return SampleSizes(bytes: sizes, syncSamples: try syncSamples(bytes, table, count: sizes.count))
            }
        }
        throw FormatError(.invalid, "no video track", at: 0)
    }

    private static func videoTable(_ bytes: [UInt8], _ track: BoxTree) throws(FormatError) -> BoxTree? {
        let media = try track.required("mdia")
        var handler = try ByteCursor(bytes, try media.required("hdlr").header.payload)
        try handler.skip(8)
        guard try handler.fourCC() == "vide" else { return nil }
        return try media.required("minf").required("stbl")
    }

    private static func sizes(_ bytes: [UInt8], _ table: BoxTree) throws(FormatError) -> [Int] {
        guard var sizes = try SampleSizeTable(bytes, table) else {
            throw FormatError(.invalid, "no sizes of samples", at: table.header.start)
        }
        // One number for all samples: the count is all that bounds the list.
        guard sizes.count <= mostSamples else {
            throw FormatError(.tooLarge, "too many samples", at: table.header.start)
        }
        var values: [Int] = []
        values.reserveCapacity(sizes.count)
        for _ in 0..<sizes.count { values.append(try sizes.next()) }
        return values
    }

    private static let mostSamples = 1 << 24

    /// Without `stss` every sample is a sync sample.
    private static func syncSamples(
        _ bytes: [UInt8], _ table: BoxTree, count: Int
    ) throws(FormatError) -> [Int] {
        guard let box = table.first("stss") else { return Array(0..<count) }
        var table = try SyncTable(bytes, box, count: count)
        var samples: [Int] = []
        for index in 0..<count where try table.isSync(index) { samples.append(index) }
        return samples
    }
}
