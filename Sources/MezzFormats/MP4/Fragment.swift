/// A movie fragment (`moof`) with its media data.
package struct Fragment: Hashable, Sendable {
    package let start: Int
    /// End of `moof`; the samples follow.
    package let headerEnd: Int
    /// Number of the fragment (`mfhd`), `nil` where it has none.
    package let sequenceNumber: Int?
    package let tracks: [TrackFragment]
    /// What the `mdat` holds that follows at once; `nil` where something else follows.
    package internal(set) var mediaData: Range<Int>?

    /// - Parameters:
    ///   - bytes: The box, header included.
    ///   - header: Its place in the file.
    static func read(
        _ bytes: [UInt8], _ header: BoxHeader, defaults: [Int: SampleDefaults]
    ) throws(FormatError) -> Fragment {
        let tree = try BoxTree.read(bytes)
        var tracks: [TrackFragment] = []
        var implied = header.start
        for box in tree.all("traf") {
            let track = try TrackFragmentHeader(bytes, box, defaults: defaults)
            let base = track.baseOffset ?? (track.baseIsMoof ? header.start : implied)
            let fragment = try TrackFragment.read(bytes, box, track, base: base, at: header.start)
            implied = fragment.dataEnd ?? implied
            tracks.append(fragment)
        }
        var number: Int?
        if let box = tree.first("mfhd") {
            var cursor = try ByteCursor(bytes, box.header.payload)
            try cursor.skip(4)
            number = try cursor.u32()
        }
        return Fragment(start: header.start, headerEnd: header.end, sequenceNumber: number, tracks: tracks)
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
    /// Where the samples' bytes begin in the file, when the first run says it.
    package let dataStart: Int?
    /// Where those of the last run end; `nil` without samples.
    package let dataEnd: Int?
    /// Presentation time of the sample that is shown first, and end of the one that is shown last.
    package let presentation: Range<Int>
    /// Runs of samples (`trun`).
    package let runs: Int
    /// Whether the decode time is written; it is 0 where it is not.
    package let hasDecodeTime: Bool
    /// Whether places are counted from `moof` (default-base-is-moof).
    package let baseIsMoof: Bool
    /// Whether they are counted from a place in the file (base-data-offset-present).
    package let hasBaseOffset: Bool
    /// Number of the sample entry, from 1.
    package let description: Int

    /// - Parameters:
    ///   - base: Where the runs' places are counted from.
    ///   - start: Where the fragment begins.
    static func read(
        _ bytes: [UInt8], _ box: BoxTree, _ header: TrackFragmentHeader, base: Int, at start: Int
    ) throws(FormatError) -> TrackFragment {
        let written = try TrackFragmentHeader.decodeTime(bytes, box)
        let decodeTime = written ?? 0
        var total = SampleRun(decodeTime: decodeTime, base: base)
        for run in box.all("trun") {
            try total.add(bytes, run.header.payload, defaults: header.defaults, at: start)
        }
        let end = max(total.last, total.first)
        return TrackFragment(
            track: header.track, decodeTime: decodeTime, samples: total.samples, duration: total.time - decodeTime,
            bytes: total.bytes, syncSamples: total.syncSamples, startsWithSync: total.startsWithSync,
            dataStart: total.dataStart, dataEnd: total.samples > 0 ? total.dataEnd : nil,
            presentation: total.samples > 0 ? total.first..<end : decodeTime..<decodeTime, runs: total.runs,
            hasDecodeTime: written != nil, baseIsMoof: header.baseIsMoof, hasBaseOffset: header.baseOffset != nil,
            description: header.defaults.description)
    }
}
