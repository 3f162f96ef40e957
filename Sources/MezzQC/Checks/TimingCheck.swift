import MezzCore
import MezzFormats

/// Segments follow each other without a hole or an overlap, and frames have their exact length.
enum TimingCheck {
    static func findings(_ track: PackagedTrack, frameRate: Rational?) -> [Finding] {
        let scale = Double(track.movie.timescale)
        var frame = 0
        var expected: Int?
        for (index, fragment) in track.fragments.enumerated() {
            let seconds = Double(fragment.decodeTime) / scale
            if let expected, fragment.decodeTime != expected {
                return [
                    PackageRule.trackTiming.finding(
                        "segment \(index + 1) begins at tick \(fragment.decodeTime), the one before ends at \(expected)",
                        stream: track.reference.id, frame: frame, seconds: seconds)
                ]
            }
            let length = Double(fragment.duration) / scale
            if let frameRate, abs(length - frameRate.seconds(ofFrame: fragment.samples)) > Tolerance.rounding {
                return [
                    PackageRule.trackTiming.finding(
                        "\(fragment.samples) frames of segment \(index + 1) last \(length) s",
                        stream: track.reference.id,
                        frame: frame, seconds: seconds)
                ]
            }
            expected = fragment.decodeTime.addingReportingOverflow(fragment.duration).partialValue
            frame = frame.addingReportingOverflow(fragment.samples).partialValue
        }
        return []
    }
}
