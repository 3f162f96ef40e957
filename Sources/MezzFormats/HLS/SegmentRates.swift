/// Mean and peak bits a second of a track's segments, as HLS counts them.
package struct SegmentRates: Hashable, Sendable {
    package let average: Double
    /// The largest rate of neighbouring segments that together last half to one and a half times as long as the longest
    /// (RFC 8216, 4.1: "Peak Segment Bit Rate"), and no less than the mean.
    package let peak: Double

    /// - Parameter segments: In order of play: lengths in seconds, and bytes.
    package init(_ segments: [(seconds: Double, bytes: Int)]) {
        let seconds = segments.reduce(0) { $0 + $1.seconds }
        let bytes = segments.reduce(0.0) { $0 + Double($1.bytes) }
        average = seconds > 0 ? bytes * 8 / seconds : 0
        let target = segments.map(\.seconds).max() ?? 0
        var highest = average
        for start in segments.indices {
            var (length, size) = (0.0, 0.0)
            for segment in segments[start...] {
                length += segment.seconds
                size += Double(segment.bytes)
                guard length <= 1.5 * target else { break }
                if length >= 0.5 * target, length > 0 { highest = max(highest, size * 8 / length) }
                // A segment of no length would never end the stretch.
                if segment.seconds <= 0 { break }
            }
        }
        peak = highest
    }
}
