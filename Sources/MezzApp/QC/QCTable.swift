import MezzCore
import MezzQC

/// The result of a check, for a person.
struct QCTable {
    let result: PackageAudit.Result

    var text: String {
        let header = [
            "stream", "codecs", "profile", "level", "size", "bits", "range", "frames", "keys", "kbps", "peak",
        ]
        let rows = result.streams.map { stream in
            [
                stream.name.printable, stream.codecs.printable, stream.profile,
                stream.level + (stream.tier == "High" ? " High" : ""), "\(stream.width)x\(stream.height)",
                "\(stream.bitDepth)", stream.range, "\(stream.frames)", "\(stream.keyFrames)",
                "\(stream.averageBPS / 1000)", "\(stream.peakBPS / 1000)",
            ]
        }
        var lines = rows.isEmpty ? [] : [TextTable(header: header, rows: rows, leftAligned: 3).text, ""]
        lines += result.findings.map { finding in
            "\(finding.severity.rawValue): \(place(finding.place))\(finding.message.printable) (\(finding.code)): "
                + finding.remedy.printable
        }
        let errors = result.findings.count { $0.severity == .error }
        let warnings = result.findings.count { $0.severity == .warning }
        lines.append(
            "quality control \(result.passed ? "passed" : "FAILED"): \(errors) errors, \(warnings) warnings")
        return lines.joined(separator: "\n")
    }

    private func place(_ place: Finding.Place) -> String {
        let parts = [
            place.stream?.printable, place.frame.map { "frame \($0)" },
            place.seconds.map { "\(Double(Int($0 * 1000)) / 1000) s" },
        ].compactMap(\.self)
        return parts.isEmpty ? "" : parts.joined(separator: ", ") + ": "
    }
}
