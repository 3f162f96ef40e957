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
    func input(_ index: Int) -> String { "\(workFolder)/\(index).mp4" }

    var all: [String] {
        var arguments = tracks.indices.map(descriptor)
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
        return arguments + (isProtected ? PackagerKeys.flags : [])
    }

    private func descriptor(_ index: Int) -> String {
        let track = tracks[index]
        let names = PackageNames(track)
        var fields = ["in=" + input(index), "stream=" + track.kind.rawValue]
        switch layout {
        case .onDemand: fields.append("output=" + names.file)
        case .segmented: fields += ["init_segment=" + names.initialization, "segment_template=" + names.segmentPattern]
        }
        fields.append("playlist_name=" + names.playlist)
        switch track.kind {
        case .video: fields.append("iframe_playlist_name=" + names.iFramePlaylist)
        case .audio:
            // The name to show is put in afterwards: it may hold what a descriptor cannot.
            fields += ["hls_name=" + track.id, "hls_group_id=" + AudioGroup.name(for: audioCodecs[track.id] ?? "mp4a")]
        }
        if isProtected { fields.append("drm_label=" + PackagerKeys.name(index)) }
        if let language = track.language { fields.append("lang=" + language) }
        return fields.joined(separator: ",")
    }

    private static func text(_ seconds: Double) -> String {
        seconds == seconds.rounded() && abs(seconds) < 1e9 ? String(Int(seconds)) : String(seconds)
    }
}
