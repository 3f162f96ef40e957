/// The parts every FFmpeg call shares.
package enum FFmpegCommand {
    /// Quiet, no questions, overwriting only what mezz names in its own work folder.
    package static let preamble = ["-hide_banner", "-nostdin", "-v", "error", "-y"]

    /// Reads a local file and nothing else: hostile playlists and references inside containers cannot reach the
    /// network or other protocols. The explicit `file:` keeps names that begin with a dash or hold a colon literal.
    package static func input(_ path: String, options: [String] = []) -> [String] {
        options + ["-protocol_whitelist", "file,pipe,fd", "-i", "file:" + path]
    }

    /// Arguments that keep an output free of what varies between runs: dates, versions, tags.
    package static let reproducible = ["-fflags", "+bitexact", "-map_metadata", "-1", "-map_chapters", "-1"]
}
