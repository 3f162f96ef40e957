import MezzCore
import MezzFormats

/// Codec and picture size are what the job asked for.
enum CodecCheck {
    static func findings(_ track: PackagedTrack, _ rung: PackageExpectation.Rung) -> [Finding] {
        var findings: [Finding] = []
        // Before encryption, where there is any.
        let codec = track.movie.entries.first?.codec ?? track.movie.codec
        if !sampleEntries(of: rung.codec).contains(codec) {
            findings.append(
                PackageRule.trackCodec.finding(
                    "the rung is \(codec), not \(rung.codec.rawValue)", stream: rung.id))
        }
        if track.movie.width != rung.width || track.movie.height != rung.height {
            findings.append(
                PackageRule.trackResolution.finding(
                    "the picture is \(track.movie.width)x\(track.movie.height), not \(rung.width)x\(rung.height)",
                    stream: rung.id))
        }
        return findings
    }

    private static func sampleEntries(of codec: CodecFamily) -> Set<FourCC> {
        switch codec {
        case .avc: ["avc1", "avc3"]
        case .hevc: ["hvc1", "hev1"]
        case .av1: ["av01"]
        }
    }
}
