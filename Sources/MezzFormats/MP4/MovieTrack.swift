/// One entry of an edit list.
package struct MovieEdit: Hashable, Sendable {
    /// In the movie's timescale; 0 in fragmented files that do not say.
    package let duration: Int
    /// In the track's timescale; -1 for an empty stretch.
    package let mediaTime: Int
    /// Speed in 1/65536; 0 dwells on one sample.
    package let rate: Int
}

/// What `trak` says about a track.
package struct MovieTrack: Hashable, Sendable {
    package let id: Int
    /// "vide", "soun", …
    package let handler: FourCC
    package let timescale: Int
    /// In units of `timescale`, 0 if not known.
    package let duration: Int
    /// Four-character code of the first sample entry, e.g. `avc1`.
    package let codec: FourCC
    /// Coded picture size of the sample entry; 0 for sound.
    package let width: Int
    package let height: Int
    /// Samples in the sample table: 0 where all are in fragments.
    package let samples: Int
    package let edits: [MovieEdit]
    /// What `stsd` says of the samples, in order; samples number them from 1.
    package let entries: [SampleEntry]

    static func read(_ bytes: [UInt8], _ track: BoxTree) throws(FormatError) -> MovieTrack {
        let media = try track.required("mdia")
        let id = try number(bytes, track)
        var mediaHeader = try ByteCursor(bytes, try media.required("mdhd").header.payload)
        let wide = try mediaHeader.versionAndFlags().version == 1
        try mediaHeader.skip(wide ? 16 : 8)
        let timescale = try mediaHeader.u32()
        guard timescale > 0 else { throw FormatError(.invalid, "a track without a clock", at: mediaHeader.position) }
        let duration = try mediaHeader.unknownAsZero(wide)
        var handlerBox = try ByteCursor(bytes, try media.required("hdlr").header.payload)
        try handlerBox.skip(8)
        let handler = try handlerBox.fourCC()
        let table = try media.required("minf").required("stbl")
        let description = try table.required("stsd").header.payload
        let entries = try SampleEntry.list(bytes, description, handler: handler)
        guard let entry = entries.first else {
            throw FormatError(.invalid, "no sample entry", at: description.lowerBound)
        }
        return MovieTrack(
            id: id, handler: handler, timescale: timescale, duration: duration, codec: entry.format,
            width: entry.video?.width ?? 0, height: entry.video?.height ?? 0,
            samples: try SampleSizeTable(bytes, table)?.count ?? 0, edits: try edits(bytes, track), entries: entries)
    }

    /// The number of the track (`tkhd`).
    static func number(_ bytes: [UInt8], _ track: BoxTree) throws(FormatError) -> Int {
        var header = try ByteCursor(bytes, try track.required("tkhd").header.payload)
        try header.skip(try header.versionAndFlags().version == 1 ? 16 : 8)
        return try header.u32()
    }

    private static func edits(_ bytes: [UInt8], _ track: BoxTree) throws(FormatError) -> [MovieEdit] {
        guard let list = track.first("edts", "elst") else { return [] }
        var cursor = try ByteCursor(bytes, list.header.payload)
        let wide = try cursor.versionAndFlags().version == 1
        let count = try cursor.u32()
        guard count <= cursor.remaining / (wide ? 20 : 12) else {
            throw FormatError(.truncated, "an edit list ends early", at: cursor.position)
        }
        var edits: [MovieEdit] = []
        for _ in 0..<count {
            let duration = try cursor.sized(wide)
            let time = wide ? Int(Int64(bitPattern: try cursor.number(bytes: 8))) : try cursor.s32()
            edits.append(MovieEdit(duration: duration, mediaTime: time, rate: try cursor.s32()))
        }
        return edits
    }
}
