/// A movie fragment (`moof`) with its media data.
package struct Fragment: Hashable, Sendable {
    package let start: Int
    /// End of `moof`; the samples follow.
    package let headerEnd: Int
    package let tracks: [TrackFragment]

    /// - Parameters:
    ///   - bytes: The box, header included.
    ///   - header: Its place in the file.
    static func read(
        _ bytes: [UInt8], _ header: BoxHeader, defaults: [Int: SampleDefaults]
    ) throws(FormatError) -> Fragment {
        let tree = try BoxTree.read(bytes)
        var tracks: [TrackFragment] = []
        for track in tree.all("traf") {
            tracks.append(try TrackFragment.read(bytes, track, defaults: defaults, at: header.start))
        }
        return Fragment(start: header.start, headerEnd: header.end, tracks: tracks)
    }
}

/// The samples of one track in a fragment, summed up.
package struct TrackFragment: Hashable, Sendable {
    package let track: Int
    /// Decode time of the first sample (`tfdt`), in the track's timescale.
    package let decodeTime: Int
    package let samples: Int
    package let duration: Int
    package let bytes: Int
    package let syncSamples: Int
    package let startsWithSync: Bool
    /// Where the samples' bytes begin in the file, when it is said in the usual way (relative to `moof`).
    package let dataStart: Int?
    /// Presentation time of the sample that is shown first, and end of the one that is shown last.
    package let presentation: Range<Int>

    static func read(
        _ bytes: [UInt8], _ box: BoxTree, defaults: [Int: SampleDefaults], at start: Int
    ) throws(FormatError) -> TrackFragment {
        var header = try ByteCursor(bytes, try box.required("tfhd").header.payload)
        let flags = try header.versionAndFlags().flags
        let track = try header.u32()
        var samples = defaults[track] ?? SampleDefaults()
        if flags & 0x1 != 0 { try header.skip(8) }
        if flags & 0x2 != 0 { try header.skip(4) }
        if flags & 0x8 != 0 { samples.duration = try header.u32() }
        if flags & 0x10 != 0 { samples.size = try header.u32() }
        if flags & 0x20 != 0 { samples.flags = try header.u32() }
        var decodeTime = 0
        if let time = box.first("tfdt") {
            var cursor = try ByteCursor(bytes, time.header.payload)
            decodeTime = try cursor.sized(try cursor.versionAndFlags().version == 1)
        }
        var total = SampleRun(decodeTime: decodeTime)
        for run in box.all("trun") {
            try total.add(bytes, run.header.payload, defaults: samples, at: start)
        }
        let end = max(total.last, total.first)
        return TrackFragment(
            track: track, decodeTime: decodeTime, samples: total.samples, duration: total.time - decodeTime,
            bytes: total.bytes, syncSamples: total.syncSamples, startsWithSync: total.startsWithSync,
            dataStart: total.dataStart, presentation: total.samples > 0 ? total.first..<end : decodeTime..<decodeTime)
    }
}
