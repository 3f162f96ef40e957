import MezzCore
import MezzFormats

/// The segment index points exactly at the fragments, and its lengths add up to the track's.
enum IndexCheck {
    static func findings(_ track: PackagedTrack) -> [Finding] {
        let stream = track.reference.id
        var findings: [Finding] = []
        for file in track.files {
            if let message = problem(in: file.structure, bytes: file.bytes) {
                findings.append(PackageRule.trackIndex.finding("\(file.name): \(message)", stream: stream))
            }
        }
        let indexed = track.segments.reduce(0.0) { $0 + $1.duration.value }
        if abs(indexed - track.seconds) > Tolerance.rounding {
            findings.append(
                PackageRule.trackIndex.finding(
                    "the index adds up to \(indexed) s, the samples to \(track.seconds) s", stream: stream))
        }
        return findings
    }

    private static func problem(in file: MP4File, bytes: Int) -> String? {
        let entries = file.indexes.flatMap(\.entries)
        guard !entries.isEmpty else { return "there is no segment index" }
        guard entries.count == file.fragments.count else {
            return "the index has \(entries.count) segments, the file \(file.fragments.count)"
        }
        for (index, (entry, fragment)) in zip(entries, file.fragments).enumerated() {
            let end = index + 1 < file.fragments.count ? file.fragments[index + 1].start : bytes
            if entry.isIndex || entry.bytes != fragment.start..<max(fragment.start, end) {
                return "index entry \(index + 1) does not point at its segment"
            }
            if !entry.startsWithSAP { return "segment \(index + 1) does not begin with a key frame" }
            for track in fragment.tracks {
                guard let start = track.dataStart, start >= fragment.headerEnd, start <= end, track.bytes <= end - start
                else { return "samples of segment \(index + 1) lie outside it" }
            }
        }
        return nil
    }
}
