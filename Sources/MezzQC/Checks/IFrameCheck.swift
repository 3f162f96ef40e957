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
        let keys = parts.map { part in part.samples.filter(\.isSync).sorted { $0.offset < $1.offset } }
        var held = 0
        for (number, resource) in resources.enumerated() {
            guard let place = track.files.firstIndex(where: { $0.name == resource.path }) else {
                return "entry \(number + 1) names no file of the track"
            }
            let range = resource.bytes ?? 0..<track.files[place].bytes
            let inside = whole(keys[place], in: range)
            guard inside > 0 else { return "entry \(number + 1) holds no whole key frame" }
            held += inside
        }
        let segments = track.files.reduce(0) { $0 + $1.structure.fragments.count }
        return held < segments ? "\(held) key frames for \(segments) segments" : nil
    }

    /// How many of the key frames, in order of their places, lie inside a range of bytes.
    private static func whole(_ keys: [Sample], in range: Range<Int>) -> Int {
        var (low, high) = (0, keys.count)
        while low < high {
            let middle = (low + high) / 2
            if keys[middle].offset < range.lowerBound { low = middle + 1 } else { high = middle }
        }
        return keys[low...].prefix { $0.bytes.upperBound <= range.upperBound }.count
    }
}
