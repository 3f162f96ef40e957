import MezzCore
import MezzFormats

/// The container holds every frame and every key frame.
enum FrameCountCheck {
    static func findings(_ track: PackagedTrack, _ rung: PackageExpectation.Rung) -> [Finding] {
        var findings: [Finding] = []
        let frames = track.samples
        if frames != rung.frames {
            findings.append(
                PackageRule.trackFrames.finding(
                    "the rung holds \(frames) frames, not \(rung.frames)", stream: rung.id,
                    frame: min(frames, rung.frames)))
        }
        let keyFrames = track.fragments.reduce(0) { $0 &+ $1.syncSamples }
        if let expected = rung.keyFrames, keyFrames != expected {
            findings.append(
                PackageRule.trackKeyFrames.finding(
                    "the rung holds \(keyFrames) key frames, not \(expected)", stream: rung.id))
        }
        return findings
    }
}
