import MezzCore
import MezzFormats

/// The DASH manifest describes exactly the expected tracks, as they are.
enum DashCheck {
    static func findings(
        _ presentation: MediaPresentation, _ tracks: [PackagedTrack], _ expectation: PackageExpectation
    ) -> [Finding] {
        var findings: [Finding] = []
        let seconds = presentation.durationSeconds ?? 0
        if abs(seconds - expectation.videoSeconds) > Tolerance.seconds {
            findings.append(
                PackageRule.manifestDuration.finding(
                    "manifest.mpd states \(seconds) s, not \(expectation.videoSeconds) s"))
        }
        if presentation.type == "dynamic" {
            findings.append(PackageRule.manifestOpen.finding("manifest.mpd describes a live stream"))
        }
        let representations = DashRepresentation.all(presentation).filter(\.isTrack)
        for reference in expectation.references {
            let own = representations.filter { $0.belongs(to: reference) }
            guard own.count == 1, let one = own.first else {
                findings.append(
                    PackageRule.manifestTrack.finding(
                        "manifest.mpd lists the track \(own.count) times", stream: reference.id))
                continue
            }
            findings += attributes(one, reference, expectation)
            if let track = tracks.first(where: { $0.reference == reference }) { findings += segments(one, track) }
        }
        if representations.count > expectation.references.count {
            findings.append(PackageRule.manifestTrack.finding("manifest.mpd lists tracks that nobody asked for"))
        }
        return findings
    }

    private static func attributes(
        _ one: DashRepresentation, _ reference: TrackReference, _ expectation: PackageExpectation
    ) -> [Finding] {
        let representation = one.representation
        var wrong: [String] = []
        if (representation.bandwidth ?? 0) <= 0 { wrong.append("bandwidth") }
        if (representation.codecs ?? "").isEmpty { wrong.append("codecs") }
        if one.set.contentType != reference.kind.rawValue { wrong.append("contentType") }
        if let rung = expectation.rungs.first(where: { $0.reference == reference }) {
            if representation.width != rung.width { wrong.append("width") }
            if representation.height != rung.height { wrong.append("height") }
            if representation.frameRate.map({ abs($0.value - rung.frameRate.value) < 0.01 }) != true {
                wrong.append("frameRate")
            }
            if !one.set.segmentAlignment && !one.set.subsegmentAlignment { wrong.append("segmentAlignment") }
        }
        guard !wrong.isEmpty else { return [] }
        let message = "manifest.mpd states \(wrong.joined(separator: ", ")) wrongly or not at all"
        return [PackageRule.manifestAttributes.finding(message, stream: reference.id)]
    }

    /// The index range is the index, or the timeline is that of the segments.
    private static func segments(_ one: DashRepresentation, _ track: PackagedTrack) -> [Finding] {
        let isRight: Bool
        if let template = one.representation.segmentTemplate {
            let scale = Int64(template.timescale)
            let timeline = template.timeline.map { Rational(Int64($0.duration), scale) }
            isRight = timeline == track.segments.map(\.duration)
        } else {
            isRight = one.representation.segmentBase?.indexRange == track.files.first?.structure.indexes.first?.bytes
        }
        guard !isRight else { return [] }
        return [
            PackageRule.manifestSegments.finding(
                "manifest.mpd does not describe the track's segments", stream: track.reference.id)
        ]
    }
}

extension DashRepresentation {
    /// Whether its files are those of the track.
    func belongs(to track: TrackReference) -> Bool {
        resources.contains { $0.path == track.file || $0.path?.hasPrefix(track.stem + "/") == true }
    }
}
