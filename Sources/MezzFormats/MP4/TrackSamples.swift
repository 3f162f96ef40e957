/// All samples of a track in decoding order, from its sample table and its fragments.
///
/// Tracks of uncompressed sound, whose samples are single instants, soon have more than the limit and are refused.
package struct TrackSamples: Hashable, Sendable {
    package let track: Int
    package let samples: [Sample]

    /// - Parameters:
    ///   - source: A whole file, or a media segment.
    ///   - track: Number of the track (`tkhd`).
    ///   - initialization: The movie of the initialization segment, for media segments.
    /// - Throws: `FormatError` when the track is not there, its tables contradict each other or its samples are not in
    ///   the file; `tooLarge` beyond eight million samples.
    package static func read(
        _ source: some ByteSource, track: Int, initialization: Movie? = nil
    ) throws(FormatError) -> TrackSamples {
        var list = SampleCollector(fileBytes: source.count)
        var movie = initialization
        var isFirst = true
        for box in try BoxHeader.list(source, in: 0..<source.count) {
            switch box.type {
            case "moov" where isFirst:
                isFirst = false
                let bytes = try MP4File.contents(of: box, source)
                movie = try Movie.read(bytes)
                try addTable(bytes, track, to: &list, source.count, at: box.start)
            case "moof":
                let bytes = try MP4File.contents(of: box, source)
                try addFragment(bytes, track, movie?.defaults ?? [:], to: &list, source.count, at: box.start)
            default: break
            }
        }
        guard movie?.tracks.contains(where: { $0.id == track }) ?? !list.samples.isEmpty else {
            throw FormatError(.invalid, "no track \(track)", at: 0)
        }
        return TrackSamples(track: track, samples: list.samples)
    }

    private static func addTable(
        _ bytes: [UInt8], _ track: Int, to list: inout SampleCollector, _ fileBytes: Int, at start: Int
    ) throws(FormatError) {
        for box in try BoxTree.read(bytes).all("trak") {
            guard try MovieTrack.number(bytes, box) == track else { continue }
            let table = try box.required("mdia").required("minf").required("stbl")
            var reading = try SampleTable(bytes, table)
            try reading?.add(to: &list, fileBytes: fileBytes, at: start)
            return
        }
    }

    private static func addFragment(
        _ bytes: [UInt8], _ track: Int, _ defaults: [Int: SampleDefaults], to list: inout SampleCollector,
        _ fileBytes: Int, at start: Int
    ) throws(FormatError) {
        /// Where a track's samples begin that say nothing of it: after those of the track before.
        var implied = start
        for box in try BoxTree.read(bytes).all("traf") {
            let header = try TrackFragmentHeader(bytes, box, defaults: defaults)
            let base = header.baseOffset ?? (header.baseIsMoof ? start : implied)
            guard header.track == track else {
                let other = try TrackFragment.read(bytes, box, header, base: base, at: start)
                implied = other.dataEnd ?? implied
                continue
            }
            if let time = try TrackFragmentHeader.decodeTime(bytes, box) { list.time = time }
            var position = base
            for run in box.all("trun") {
                var run = try TrackRun(bytes, run.header.payload, defaults: header.defaults, at: start)
                if let offset = run.dataOffset { position = try sum(base, offset, at: start) }
                try add(&run, to: &list, &position, fileBytes, at: start)
            }
            implied = position
        }
    }

    private static func add(
        _ run: inout TrackRun, to list: inout SampleCollector, _ position: inout Int, _ fileBytes: Int, at start: Int
    ) throws(FormatError) {
        let size = run.defaults.size
        guard !run.isUniform || run.count <= 1 || size > 0 && run.count <= fileBytes / size else {
            throw FormatError(.truncated, "more samples than the file has bytes for", at: start)
        }
        while let sample = try run.next() {
            try list.add(
                offset: position, size: sample.size, duration: sample.duration, shift: sample.shift,
                description: run.defaults.description, isSync: sample.isSync)
            position += sample.size
        }
    }
}
