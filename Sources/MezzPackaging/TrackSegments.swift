import MezzCore
import MezzFormats

/// The segments of a packaged track as its own index states them, in exact time.
struct TrackSegments {
    struct Segment: Hashable {
        let start: Rational
        let duration: Rational
        var bytes: Int
        /// It begins with a key frame that is shown first.
        let isEntry: Bool
    }

    let track: PackageTrack
    let segments: [Segment]
    /// The HLS group of a sound; `nil` for a picture.
    var group: String?

    /// Lengths in seconds, and bytes.
    var rates: [(seconds: Double, bytes: Int)] { segments.map { ($0.duration.value, $0.bytes) } }

    var packaged: [PackagedSegment] {
        segments.map {
            PackagedSegment(startSeconds: $0.start.value, durationSeconds: $0.duration.value, bytes: $0.bytes)
        }
    }

    /// - Parameter count: Number of segment files (segmented layout).
    static func read(
        _ track: PackageTrack, layout: SegmentLayout, count: Int, in folder: String
    ) throws -> TrackSegments {
        let names = PackageNames(track)
        do {
            switch layout {
            case .onDemand:
                let index = try index(of: folder + "/" + names.file)
                return TrackSegments(track: track, segments: try segments(of: index))
            case .segmented:
                var segments: [Segment] = []
                for number in 0..<count {
                    let path = folder + "/" + names.segment(number)
                    let bytes = try FileBytes(path).count
                    for var segment in try self.segments(of: try index(of: path)) {
                        segment.bytes = bytes
                        segments.append(segment)
                    }
                }
                return TrackSegments(track: track, segments: segments)
            }
        } catch {
            throw Failure(
                .failed, what: "the packager wrote a file that cannot be read: \(error)", place: names.stem,
                remedy: "run again; report it if it happens again")
        }
    }

    private static func index(of path: String) throws(FormatError) -> SegmentIndex {
        guard let index = try MP4File.read(try FileBytes(path)).indexes.first else {
            throw FormatError(.invalid, "no segment index", at: 0)
        }
        return index
    }

    private static func segments(of index: SegmentIndex) throws(FormatError) -> [Segment] {
        var time = index.earliestTime
        var segments: [Segment] = []
        for entry in index.entries {
            guard let start = Rational(Int64(time), Int64(index.timescale)),
                let duration = Rational(Int64(entry.duration), Int64(index.timescale))
            else { throw FormatError(.invalid, "a time that cannot be expressed", at: index.bytes.lowerBound) }
            segments.append(
                Segment(
                    start: start, duration: duration, bytes: entry.bytes.count,
                    isEntry: entry.startsWithSAP && entry.sapType == 1))
            time += entry.duration
        }
        return segments
    }
}
