/// Says of a variant what players that know more may take it for: SUPPLEMENTAL-CODECS (draft-pantos-hls-rfc8216bis,
/// 4.4.6.2), which the packager does not write.
enum SupplementMender {
    /// - Parameter next: The line after it, which names the variant's playlist.
    static func mend(_ line: String, before next: Substring, _ tracks: [PackageTrack]) -> String {
        guard line.hasPrefix("#EXT-X-STREAM-INF:"),
            let track = tracks.first(where: { $0.kind == .video && PackageNames($0).playlist == next }),
            let supplement = track.supplement, let start = line.firstRange(of: "CODECS=\"")
        else { return line }
        let codec = line[start.upperBound...].prefix { $0 != "\"" && $0 != "," }
        return line + ",SUPPLEMENTAL-CODECS=\"\(codec)/\(supplement)\""
    }
}
