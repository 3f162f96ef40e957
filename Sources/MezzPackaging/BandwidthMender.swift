import MezzFormats

/// States a variant's rates as the segments have them: its picture's and the highest of its group of sound. The packager
/// looks at the first ten segments alone for its peak, and leaves short ones out of it that are not left out of the mean.
struct BandwidthMender {
    let segments: [TrackSegments]

    /// - Parameter next: The line after it, which names a variant's playlist.
    func mend(_ line: String, before next: Substring) -> String {
        if line.hasPrefix("#EXT-X-I-FRAME-STREAM-INF:") { return Self.raise(line) }
        guard line.hasPrefix("#EXT-X-STREAM-INF:"),
            let picture = segments.first(where: {
                $0.track.kind == .video && PackageNames($0.track).playlist == next
            })
        else { return line }
        let own = SegmentRates(picture.rates)
        let group = Self.text(of: ",AUDIO=\"", in: line)
        let sounds = segments.filter { $0.track.kind == .audio && $0.group == group }.map { SegmentRates($0.rates) }
        let peak = own.peak + (sounds.map(\.peak).max() ?? 0)
        let mean = own.average + (sounds.map(\.average).max() ?? 0)
        return Self.with(line, peak: Int(peak.rounded(.up)), mean: Int(mean.rounded(.up)))
    }

    private static func with(_ line: String, peak: Int, mean: Int) -> String {
        guard let oldPeak = value(of: ":BANDWIDTH=", in: line) ?? value(of: ",BANDWIDTH=", in: line),
            let oldMean = value(of: "AVERAGE-BANDWIDTH=", in: line)
        else { return line }
        return line.replacing("AVERAGE-BANDWIDTH=\(oldMean)", with: "AVERAGE-BANDWIDTH=\(mean)")
            .replacing(":BANDWIDTH=\(oldPeak)", with: ":BANDWIDTH=\(peak)")
            .replacing(",BANDWIDTH=\(oldPeak)", with: ",BANDWIDTH=\(peak)")
    }

    /// A peak is at least the mean.
    private static func raise(_ line: String) -> String {
        guard let peak = value(of: ":BANDWIDTH=", in: line), let mean = value(of: "AVERAGE-BANDWIDTH=", in: line),
            mean > peak
        else { return line }
        return with(line, peak: mean, mean: mean)
    }

    private static func value(of key: String, in line: String) -> Int? {
        guard let range = line.firstRange(of: key) else { return nil }
        return Int(line[range.upperBound...].prefix(while: \.isNumber))
    }

    private static func text(of key: String, in line: String) -> String? {
        guard let range = line.firstRange(of: key) else { return nil }
        return String(line[range.upperBound...].prefix { $0 != "\"" })
    }
}
