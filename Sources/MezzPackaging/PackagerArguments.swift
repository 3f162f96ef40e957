import MezzFormats

/// Writes the command line of Shaka Packager.
struct PackagerArguments {
    let tracks: [PackageTrack]
    let segmentSeconds: Double
    let layout: SegmentLayout
    /// Sample entry of each audio track, by id.
    let audioCodecs: [String: FourCC]
    /// A folder beside the outputs, for the links to the inputs and the packager's own temporary files (its default
    /// is the system's folder, which a long film overflows).
    let workFolder: String
    /// Whether keys come on standard input.
    let isProtected: Bool

    /// The link in the work folder that leads to a track's file.
    func input(_ index: Int) -> String { "\(workFolder)/\(index)." + (tracks[index].kind == .text ? "vtt" : "mp4") }

    var all: [String] {
        var arguments = tracks.indices.flatMap(descriptors)
        arguments += [
            "--segment_duration", Self.text(segmentSeconds), "--fragment_duration", Self.text(segmentSeconds),
            "--mpd_output", "manifest.mpd", "--min_buffer_time", "2", "--hls_master_playlist_output", "master.m3u8",
            "--hls_playlist_type", "VOD", "--temp_dir", workFolder, "--quiet",
        ]
        if layout == .segmented { arguments.append("--generate_static_live_mpd") }
        let audio = tracks.filter { $0.kind == .audio }
        if let language = (audio.first(where: \.isDefault) ?? audio.first)?.language {
            arguments += ["--default_language", language]
        }
        if let text = tracks.first(where: { $0.kind == .text && $0.isDefault })?.language {
            arguments += ["--default_text_language", text]
        }
        return arguments + (isProtected ? PackagerKeys.flags : [])
    }

    /// A text is packaged twice: as `wvtt` in MP4, which DASH players know, and as a WebVTT file for HLS.
    private func descriptors(_ index: Int) -> [String] {
        let track = tracks[index]
        let names = PackageNames(track)
        let common = ["in=" + input(index), "stream=" + track.kind.rawValue] + protection(index) + description(track)
        switch track.kind {
        case .video:
            let lists = ["playlist_name=" + names.playlist, "iframe_playlist_name=" + names.iFramePlaylist]
            return [(common + media(names) + lists).joined(separator: ",")]
        case .audio:
            let list = ["playlist_name=" + names.playlist, "hls_group_id=" + group(track)] + rendition(track)
            return [(common + media(names) + ["dash_roles=" + track.purpose.dashRole] + list).joined(separator: ",")]
        case .text:
            let dash = media(names) + ["dash_only=1", "dash_roles=" + track.purpose.dashRole]
            let list = ["playlist_name=" + names.playlist, "hls_group_id=" + Self.textGroup] + rendition(track)
            // What it writes for HLS is thrown away but for the master's line: the text is delivered as it came.
            let file = workFolder + "/text-\(index)"
            let thrown = layout == .onDemand ? "output=\(file).vtt" : "segment_template=\(file)-$Number$.vtt"
            let hls = [thrown, "hls_only=1"] + list
            return [dash, hls].map { (common + $0).joined(separator: ",") }
        }
    }

    /// The one group of all text: two would multiply every variant.
    static let textGroup = "text"

    private func media(_ names: PackageNames) -> [String] {
        switch layout {
        case .onDemand: ["output=" + names.file]
        case .segmented: ["init_segment=" + names.initialization, "segment_template=" + names.segmentPattern]
        }
    }

    /// The HLS group of a sound.
    func group(_ track: PackageTrack) -> String {
        track.group ?? AudioGroup.name(for: audioCodecs[track.id] ?? "mp4a")
    }

    /// The name to show is put in afterwards: it may hold what a descriptor cannot.
    private func rendition(_ track: PackageTrack) -> [String] {
        let characteristics = track.purpose.hlsCharacteristics
        return ["hls_name=" + track.id]
            + (characteristics.isEmpty ? [] : ["hls_characteristics=" + characteristics.joined(separator: ";")])
    }

    private func protection(_ index: Int) -> [String] {
        guard isProtected else { return [] }
        return tracks[index].keyLabel == nil ? ["skip_encryption=1"] : ["drm_label=" + PackagerKeys.name(index)]
    }

    /// Tracks of one language and purpose would be taken for bitrates of one track in DASH: the label keeps them apart.
    private func description(_ track: PackageTrack) -> [String] {
        (track.language.map { ["lang=" + $0] } ?? [])
            + (track.kind == .video ? [] : ["dash_label=" + TrackLabel.stand(for: track, among: tracks)])
            + (track.purpose.dashAccessibility.map { ["dash_accessibilities=" + $0] } ?? [])
            + (track.purpose == .forced ? ["forced_subtitle=1"] : [])
    }

    private static func text(_ seconds: Double) -> String {
        seconds == seconds.rounded() && abs(seconds) < 1e9 ? String(Int(seconds)) : String(seconds)
    }
}
