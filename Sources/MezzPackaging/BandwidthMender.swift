/// Mends a variant's BANDWIDTH. The packager leaves a short last segment out of the peak but not out of the mean, so
/// that a short title may state a peak below its mean; by RFC 8216, 4.3.4.2, neighbouring segments together count for
/// the peak, which is then at least the mean.
enum BandwidthMender {
    static func mend(_ line: String) -> String {
        guard line.hasPrefix("#EXT-X-STREAM-INF:") || line.hasPrefix("#EXT-X-I-FRAME-STREAM-INF:"),
            let peak = value(of: ":BANDWIDTH=", in: line) ?? value(of: ",BANDWIDTH=", in: line),
            let mean = value(of: "AVERAGE-BANDWIDTH=", in: line), mean > peak
        else { return line }
        return line.replacing(":BANDWIDTH=\(peak)", with: ":BANDWIDTH=\(mean)")
            .replacing(",BANDWIDTH=\(peak)", with: ",BANDWIDTH=\(mean)")
    }

    private static func value(of key: String, in line: String) -> Int? {
        guard let range = line.firstRange(of: key) else { return nil }
        return Int(line[range.upperBound...].prefix(while: \.isNumber))
    }
}
