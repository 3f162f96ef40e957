import MezzTestKit
import Testing

/// The names and keys that readers outside rely on.
enum PackageContract {
    static let names: Set<String> = [
        "manifest.mpd", "master.m3u8", "video", "audio", "text", "thumbnails", "report.json", "report.html", "job.json",
        ".mezz",
    ]
    static let required: Set<String> = [
        "manifest.mpd", "master.m3u8", "video", "thumbnails", "report.json", "report.html", "job.json",
    ]

    /// Keys by the path of the objects that hold them; `[]` stands for each element of an array.
    private static let keys: [(path: [String], names: [String])] = [
        ([], ["mezz", "source", "shots", "ladder", "audio", "text", "qc", "cost"]),
        (
            ["source"],
            [
                "path", "sha256", "bytes", "duration_seconds", "frames", "width", "height", "frame_rate",
                "pixel_format", "color", "hdr",
            ]
        ),
        (["source", "color"], ["primaries", "transfer", "matrix", "range"]),
        (
            ["shots", "[]"],
            [
                "index", "first_frame", "end_frame", "start_seconds", "transition", "confidence", "complexity",
                "stand_in",
            ]
        ),
        (["ladder"], ["mode", "metric", "rungs", "points"]),
        (
            ["ladder", "rungs", "[]"],
            [
                "id", "codec", "profile", "level", "width", "height", "bit_depth", "target_vmaf", "average_bps",
                "peak_bps", "frames", "quality", "shots", "segments",
            ]
        ),
        (["ladder", "rungs", "[]", "quality"], ["model", "mean", "harmonic_mean", "p5", "min"]),
        (["ladder", "rungs", "[]", "shots", "[]"], ["index", "crf", "planned_crf", "bps", "vmaf", "vmaf_harmonic"]),
        (["ladder", "rungs", "[]", "segments", "[]"], ["first_frame", "end_frame", "bytes"]),
        (
            ["ladder", "points", "[]"],
            [
                "codec", "shot", "width", "height", "crf", "whole_crf", "preset", "bps", "vmaf", "vmaf_harmonic",
                "measured",
            ]
        ),
        (["audio", "[]"], ["id", "language", "codec", "channels", "bps", "loudness"]),
        (
            ["audio", "[]", "loudness"],
            ["integrated_lkfs", "dialogue_lkfs", "true_peak_dbtp", "range_lu", "gain_db"]
        ),
        (["text", "[]"], ["id", "language", "format"]),
        (["qc"], ["passed", "findings"]),
        (["qc", "findings", "[]"], ["code", "severity", "message", "where", "remedy"]),
        (["qc", "findings", "[]", "where"], ["stream", "frame", "seconds"]),
        (["cost"], ["wall_seconds", "cpu_seconds", "stages", "trial_encodes", "reused"]),
        (["cost", "stages", "[]"], ["name", "tasks", "cpu_seconds", "wall_seconds", "cached"]),
    ]

    /// Expects every key of the contract wherever its object is there.
    static func expectKeys(of report: JSONValue) {
        for (path, names) in keys {
            for object in objects(at: path[...], in: report) where object != .null {
                let missing = names.filter { !object.keys.contains($0) }
                #expect(missing.isEmpty, "\(path.joined(separator: ".")) lacks \(missing)")
            }
        }
    }

    private static func objects(at path: ArraySlice<String>, in value: JSONValue) -> [JSONValue] {
        guard let step = path.first else { return [value] }
        let next = step == "[]" ? value.items : [value[step]]
        return next.flatMap { objects(at: path.dropFirst(), in: $0) }
    }
}
