import Foundation
import MezzCore
import MezzFormats

/// A track of a package as its own boxes describe it.
struct PackagedTrack {
    /// One media file: the whole track on demand, a segment otherwise.
    struct MediaFile {
        let name: String
        let bytes: Int
        let structure: MP4File
    }

    let reference: TrackReference
    let movie: MovieTrack
    /// The initialization segment; `nil` on demand.
    let initialization: String?
    let files: [MediaFile]

    /// Samples of all fragments, in file order.
    var fragments: [TrackFragment] {
        files.flatMap { $0.structure.fragments.flatMap(\.tracks).filter { $0.track == movie.id } }
    }

    var isEncrypted: Bool { movie.entries.contains { $0.protection?.isProtected == true } }

    var samples: Int { fragments.reduce(0) { $0 &+ $1.samples } }

    /// When the track is shown, in seconds, after its edit list.
    var presentation: (start: Double, end: Double) {
        let shift = Double(movie.edits.first { $0.mediaTime >= 0 }?.mediaTime ?? 0)
        let scale = Double(movie.timescale)
        let first = fragments.map(\.presentation.lowerBound).min() ?? 0
        let last = fragments.map(\.presentation.upperBound).max() ?? 0
        return (max(0, Double(first) - shift) / scale, (Double(last) - shift) / scale)
    }

    var seconds: Double { presentation.end - presentation.start }

    /// Start and length of each segment in seconds, by the index.
    var segments: [(start: Rational, duration: Rational)] {
        var segments: [(start: Rational, duration: Rational)] = []
        for index in files.flatMap(\.structure.indexes) {
            var time = index.earliestTime
            for entry in index.entries {
                guard let start = Rational(Int64(time), Int64(index.timescale)),
                    let duration = Rational(Int64(entry.duration), Int64(index.timescale))
                else { continue }
                segments.append((start, duration))
                time += entry.duration
            }
        }
        return segments
    }
}

extension PackagedTrack {
    /// Reads a track, or says why it cannot be read.
    static func read(_ reference: TrackReference, in folder: String) -> (track: PackagedTrack?, findings: [Finding]) {
        let manager = FileManager.default
        let isFile = manager.fileExists(atPath: folder + "/" + reference.file)
        var name = isFile ? reference.file : reference.stem + "/init.mp4"
        guard isFile || manager.fileExists(atPath: folder + "/" + name) else {
            return (nil, [PackageRule.trackMissing.finding("the track has no media file", stream: reference.id)])
        }
        do {
            let source = try FileBytes(folder + "/" + name)
            let whole = try MP4File.read(source)
            guard let movie = whole.movie, let track = movie.tracks.first else {
                throw FormatError(.invalid, "no track is described", at: 0)
            }
            if isFile {
                let media = MediaFile(name: name, bytes: source.count, structure: whole)
                return (PackagedTrack(reference: reference, movie: track, initialization: nil, files: [media]), [])
            }
            var files: [MediaFile] = []
            var findings: [Finding] = []
            for segment in try segmentNames(reference, in: folder, &findings) {
                name = segment
                let bytes = try FileBytes(folder + "/" + segment)
                files.append(
                    MediaFile(
                        name: segment, bytes: bytes.count,
                        structure: try MP4File.read(bytes, initialization: movie)))
            }
            let result = PackagedTrack(
                reference: reference, movie: track, initialization: reference.stem + "/init.mp4", files: files)
            return (result, findings)
        } catch {
            let message = "\(name) cannot be read: \(error)".printable
            return (nil, [PackageRule.trackDamaged.finding(message, stream: reference.id)])
        }
    }

    /// The segment files in order; a hole in their numbers is a finding.
    private static func segmentNames(
        _ reference: TrackReference, in folder: String, _ findings: inout [Finding]
    ) throws(FormatError) -> [String] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder + "/" + reference.stem) else {
            throw FormatError(.unreadable, "the folder cannot be read", at: 0)
        }
        let numbers = names.compactMap { $0.hasSuffix(".m4s") ? Int($0.dropLast(4)) : nil }.filter { $0 > 0 }.sorted()
        if let gap = numbers.enumerated().first(where: { $0.element != $0.offset + 1 })?.offset {
            findings.append(
                PackageRule.trackMissing.finding("segment \(gap + 1) is not there", stream: reference.id))
        }
        return numbers.map { number in
            let digits = String(number)
            return reference.stem + "/" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits + ".m4s"
        }
    }
}
