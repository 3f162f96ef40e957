import Foundation

/// Writes scores as libvmaf's own logs, for tools that read those.
package struct LibvmafLogWriter: Sendable {
    package enum Form: String, Sendable, CaseIterable {
        case json, csv
    }

    /// What the log says wrote it.
    package let version: String
    /// Frames per second of the measurement.
    package let speed: Double

    package init(version: String, speed: Double) {
        self.version = version
        self.speed = speed
    }

    package func text(_ scores: FrameScores, _ form: Form) -> String {
        switch form {
        case .json: json(scores)
        case .csv: csv(scores)
        }
    }

    /// A line per frame; every line ends with a comma, as libvmaf's do.
    private func csv(_ scores: FrameScores) -> String {
        var lines = [(["Frame"] + scores.names).joined(separator: ",") + ","]
        for (row, frame) in scores.frames.enumerated() {
            lines.append(
                ([String(frame)] + scores.columns.map { LogNumber.text($0[row]) }).joined(separator: ",") + ",")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func json(_ scores: FrameScores) -> String {
        var lines = ["{", "  \"version\": \(quoted(version)),", "  \"fps\": " + String(format: "%.2f,", speed)]
        lines.append("  \"frames\": [")
        for (row, frame) in scores.frames.enumerated() {
            lines += ["    {", "      \"frameNum\": \(frame),", "      \"metrics\": {"]
            let values = zip(scores.names, scores.columns).map { ($0, LogNumber.json($1[row])) }
            lines += members(values, indent: 8)
            lines += ["      }", row + 1 < scores.frames.count ? "    }," : "    }"]
        }
        lines += ["  ],", "  \"pooled_metrics\": {"]
        lines += pooled(scores)
        lines += ["  },", "  \"aggregate_metrics\": {", "  }", "}"]
        return lines.joined(separator: "\n") + "\n"
    }

    private func pooled(_ scores: FrameScores) -> [String] {
        let pools = scores.names.compactMap { name in scores.pooled(name).map { (name, $0) } }
        return pools.enumerated().flatMap { index, entry in
            let (name, pool) = entry
            let values = [
                ("min", pool.min), ("max", pool.max), ("mean", pool.mean), ("harmonic_mean", pool.harmonicMean),
            ].map { ($0, LogNumber.json($1)) }
            return ["    \(quoted(name)): {"] + members(values, indent: 6)
                + [index + 1 < pools.count ? "    }," : "    }"]
        }
    }

    private func members(_ values: [(String, String)], indent: Int) -> [String] {
        let space = String(repeating: " ", count: indent)
        return values.enumerated().map { index, member in
            space + quoted(member.0) + ": " + member.1 + (index + 1 < values.count ? "," : "")
        }
    }

    private func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"", "\\": "\\" + String(scalar)
            case "\u{0}"..."\u{1F}": String(format: "\\u%04x", scalar.value)
            default: String(scalar)
            }
        }
        return "\"" + escaped.joined() + "\""
    }
}
