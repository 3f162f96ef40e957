import MezzCore
import MezzFormats

/// Tracks begin together and last as long as each other.
enum SyncCheck {
    static func findings(_ tracks: [PackagedTrack], _ expectation: PackageExpectation) -> [Finding] {
        let videoSeconds = expectation.videoSeconds
        return tracks.compactMap { track in
            let excess = track.seconds - videoSeconds
            // The packager closes a text with a whole segment; the presentation's own end cuts it off.
            let allowed: Double =
                switch track.reference.kind {
                case .text: expectation.segmentSeconds ?? .infinity
                case .audio: max(Tolerance.seconds, frameSeconds(of: track))
                case .video: Tolerance.seconds
                }
            guard excess > allowed || excess < -Tolerance.seconds else { return nil }
            return PackageRule.syncDuration.finding(
                "the track lasts \(track.seconds) s, the title \(videoSeconds) s", stream: track.reference.id,
                seconds: min(track.seconds, videoSeconds))
        } + starts(tracks)
    }

    private static func starts(_ tracks: [PackagedTrack]) -> [Finding] {
        guard let video = tracks.first(where: { $0.reference.kind == .video })?.presentation.start else { return [] }
        return tracks.compactMap { track in
            let offset = track.presentation.start - video
            // Sound may begin within one of its own frames, picture not at all.
            let allowed = track.reference.kind == .audio ? frameSeconds(of: track) : 0
            guard abs(offset) > allowed + Tolerance.rounding else { return nil }
            return PackageRule.syncStart.finding(
                "the track begins \(offset) s after the picture", stream: track.reference.id, seconds: video)
        }
    }

    private static func frameSeconds(of track: PackagedTrack) -> Double {
        guard let first = track.fragments.first, first.samples > 0 else { return 0 }
        return Double(first.duration) / Double(first.samples) / Double(track.movie.timescale)
    }
}
