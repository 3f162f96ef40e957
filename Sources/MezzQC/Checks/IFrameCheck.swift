import MezzCore
import MezzFormats

/// An I-frame playlist plays: each of its ranges holds a whole key frame, and each segment has one.
enum IFrameCheck {
    static func findings(_ tracks: [PackagedTrack], _ manifests: PackageManifests, in folder: String) -> [Finding] {
        tracks.filter { $0.reference.kind == .video }.compactMap { track in
            let path = track.reference.iFramePlaylist
            guard let playlist = manifests.playlists[path], let problem = problem(track, playlist, path, folder) else {
                return nil
            }
            return PackageRule.manifestSegments.finding("\(path): \(problem)", stream: track.reference.id)
        }
    }

    private static func problem(
        _ track: PackagedTrack, _ playlist: MediaPlaylist, _ path: String, _ folder: String
    ) -> String? {
        // What cannot be read of a track is said by its own checks.
        guard let parts = try? track.parts(in: folder).parts else { return nil }
        let resources = playlist.resources(at: path).dropFirst(playlist.map == nil ? 0 : 1)
        var held = 0
        for (number, resource) in resources.enumerated() {
            guard let place = track.files.firstIndex(where: { $0.name == resource.path }) else {
                return "entry \(number + 1) names no file of the track"
            }
            let range = resource.bytes ?? 0..<track.files[place].bytes
            let keys = parts[place].samples.count { sample in
                sample.isSync && range.lowerBound <= sample.offset && sample.bytes.upperBound <= range.upperBound
            }
            guard keys > 0 else { return "entry \(number + 1) holds no whole key frame" }
            held += keys
        }
        let segments = track.files.reduce(0) { $0 + $1.structure.fragments.count }
        return held < segments ? "\(held) key frames for \(segments) segments" : nil
    }
}
