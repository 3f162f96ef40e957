import MezzCore
import MezzFormats

/// The stream analyser on a track of a package.
enum StreamCheck {
    static func findings(
        _ track: PackagedTrack, in folder: String, expecting expectation: StreamExpectation
    ) -> [Finding] {
        do {
            let (parts, movie) = try track.parts(in: folder)
            let stream = try StreamScanner.scan(track.reference.id, track: track.movie, parts: parts)
            return track.files.flatMap {
                FragmentRule.findings($0.structure, initialization: movie, stream: track.reference.id)
            } + StreamAnalyzer.findings(stream, expecting: expectation)
        } catch {
            return [StreamRule.unreadable.finding("\(error)".printable, track.reference.id)]
        }
    }

    /// The manifests name the codecs that the bitstreams have.
    static func codecs(_ tracks: [PackagedTrack], _ manifests: PackageManifests, in folder: String) -> [Finding] {
        tracks.filter { $0.reference.kind == .video }.flatMap { track -> [Finding] in
            // What cannot be read is said by the track's own checks.
            guard let description = try? track.firstDescription(in: folder) else { return [] }
            let inDash = manifests.presentation.map(DashRepresentation.all)?
                .first { $0.belongs(to: track.reference) }?.representation.codecs
            let inHLS = manifests.master?.variants.first { $0.uri == track.reference.playlist }?.codecs
            let stated = [("manifest.mpd", inDash), ("master.m3u8", inHLS)]
                .compactMap { name, codecs in codecs.map { (manifest: name, codecs: $0) } }
            return CodecsRule.findings(description, stated: stated, stream: track.reference.id)
        }
    }
}

extension PackagedTrack {
    /// The samples of all media files, and the movie of the initialization segment.
    func parts(in folder: String) throws(FormatError) -> (parts: [StreamScanner.Part], movie: Movie?) {
        var first: Movie?
        if let initialization { first = try MP4File.read(try FileBytes(folder + "/" + initialization)).movie }
        var parts: [StreamScanner.Part] = []
        for file in files {
            let source = try FileBytes(folder + "/" + file.name)
            let samples = try TrackSamples.read(source, track: movie.id, initialization: first).samples
            parts.append(StreamScanner.Part(source: source, samples: samples))
        }
        return (parts, first)
    }

    /// What the first sample says of the stream.
    fileprivate func firstDescription(in folder: String) throws(FormatError) -> StreamDescription? {
        guard let part = try parts(in: folder).parts.first else { return nil }
        let opening = StreamScanner.Part(source: part.source, samples: Array(part.samples.prefix(1)))
        return try StreamScanner.scan(reference.id, track: movie, parts: [opening]).description
    }
}
