import MezzCore
import MezzFormats

/// The HLS playlists describe exactly the expected tracks, as they are.
struct HLSCheck {
    let manifests: PackageManifests
    let tracks: [PackagedTrack]
    let expectation: PackageExpectation

    func findings() -> [Finding] {
        guard let master = manifests.master else { return [] }
        var findings: [Finding] = []
        for rung in expectation.rungs {
            let variants = master.variants.filter { $0.uri == rung.reference.playlist }
            if variants.isEmpty { findings.append(unlisted(rung.id)) }
            findings += variants.flatMap { attributes($0, rung, master) }
            findings += playlist(rung.reference, rung.reference.playlist, seconds: rung.seconds)
        }
        for audio in expectation.audio {
            if !master.renditions.contains(where: { $0.uri == audio.reference.playlist }) {
                findings.append(unlisted(audio.id))
            }
            findings += playlist(audio.reference, audio.reference.playlist, seconds: audio.seconds)
        }
        for text in expectation.text { findings += self.text(text, master) }
        let known = Set(expectation.references.map(\.playlist))
        if !master.variants.allSatisfy({ known.contains($0.uri) }) {
            findings.append(PackageRule.manifestTrack.finding("master.m3u8 lists variants that nobody asked for"))
        }
        return findings + iFrames(master)
    }

    /// The playlist of a text names the WebVTT file beside its segments.
    private func text(_ text: PackageExpectation.Text, _ master: MasterPlaylist) -> [Finding] {
        let reference = text.reference
        let isListed = master.renditions.contains { $0.type == "SUBTITLES" && $0.uri == reference.playlist }
        guard isListed, let playlist = manifests.playlists[reference.playlist] else { return [unlisted(text.id)] }
        var findings: [Finding] = []
        if playlist.resources(at: reference.playlist).map(\.path) != [reference.sidecar] {
            findings.append(
                PackageRule.manifestSegments.finding(
                    "\(reference.playlist) does not name \(reference.sidecar)", stream: text.id))
        }
        if abs(playlist.durationSeconds - expectation.videoSeconds) > Tolerance.seconds || !playlist.isComplete {
            findings.append(
                PackageRule.manifestDuration.finding(
                    "\(reference.playlist) adds up to \(playlist.durationSeconds) s, not \(expectation.videoSeconds) s",
                    stream: text.id))
        }
        return findings
    }

    private func unlisted(_ id: String) -> Finding {
        PackageRule.manifestTrack.finding("master.m3u8 does not list the track", stream: id)
    }

    private func attributes(
        _ variant: MasterPlaylist.Variant, _ rung: PackageExpectation.Rung, _ master: MasterPlaylist
    ) -> [Finding] {
        let groups = Set(master.renditions.filter { $0.type == "AUDIO" }.map(\.group))
        var wrong: [String] = []
        if (variant.bandwidth ?? 0) <= 0 { wrong.append("BANDWIDTH") }
        let average = variant.averageBandwidth ?? 0
        if average <= 0 || average > variant.bandwidth ?? 0 { wrong.append("AVERAGE-BANDWIDTH") }
        if (variant.codecs ?? "").isEmpty { wrong.append("CODECS") }
        if variant.resolution != Resolution(width: rung.width, height: rung.height) { wrong.append("RESOLUTION") }
        if variant.frameRate.map({ abs($0 - rung.frameRate.value) < 0.01 }) != true { wrong.append("FRAME-RATE") }
        if variant.audioGroup.map(groups.contains) ?? groups.isEmpty {} else { wrong.append("AUDIO") }
        let texts = Set(master.renditions.filter { $0.type == "SUBTITLES" }.map(\.group))
        if variant.subtitleGroup.map(texts.contains) ?? texts.isEmpty {} else { wrong.append("SUBTITLES") }
        guard !wrong.isEmpty else { return [] }
        let message = "master.m3u8 states \(wrong.joined(separator: ", ")) wrongly or not at all"
        return [PackageRule.manifestAttributes.finding(message, stream: rung.id)]
    }

    private func playlist(_ reference: TrackReference, _ path: String, seconds: Double) -> [Finding] {
        guard let playlist = manifests.playlists[path] else { return [] }
        var findings: [Finding] = []
        if !playlist.isComplete || playlist.type != "VOD" {
            findings.append(
                PackageRule.manifestOpen.finding("\(path) does not say that it is complete", stream: reference.id))
        }
        // Each length is rounded to a millisecond in the playlist.
        let tolerance = Tolerance.seconds + 0.0005 * Double(playlist.segments.count)
        if abs(playlist.durationSeconds - seconds) > tolerance {
            findings.append(
                PackageRule.manifestDuration.finding(
                    "\(path) adds up to \(playlist.durationSeconds) s, not \(seconds) s", stream: reference.id))
        }
        if let track = tracks.first(where: { $0.reference == reference }), !describes(playlist, track, path) {
            findings.append(
                PackageRule.manifestSegments.finding(
                    "\(path) does not describe the track's segments", stream: reference.id))
        }
        return findings
    }

    private func describes(_ playlist: MediaPlaylist, _ track: PackagedTrack, _ path: String) -> Bool {
        let media = playlist.resources(at: path).dropFirst(playlist.map == nil ? 0 : 1)
        guard track.initialization == nil else { return media.map(\.path) == track.files.map(\.name) }
        let entries = track.files.flatMap(\.structure.indexes).flatMap(\.entries)
        return media.map(\.bytes) == entries.map(\.bytes)
    }

    private func iFrames(_ master: MasterPlaylist) -> [Finding] {
        expectation.rungs.compactMap { rung in
            let path = rung.reference.iFramePlaylist
            let isListed = master.iFrameStreams.contains { $0.uri == path }
            if isListed && manifests.playlists[path].map(\.isIFramesOnly) != false { return nil }
            return PackageRule.manifestTrack.finding(
                "master.m3u8 lists no I-frame playlist for the rung", stream: rung.id)
        }
    }
}
