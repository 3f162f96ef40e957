import Foundation
import MezzCore
import MezzMetrics

/// Everything a finished measurement says.
struct VMAFReport: Sendable {
    struct Encode: Sendable {
        let source: StreamSource
        /// The encode's frame that shows the reference's frame 0.
        let offset: Int
        let scores: FrameScores
        /// The first model's mean over all frames, where only some were scored.
        let estimate: MeanEstimate?
    }

    let reference: StreamSource
    let encodes: [Encode]
    let models: [Model]
    /// Frames that were paired.
    let frames: Int
    /// Frames of the reference at which shots begin.
    let shots: [Int]
    let framesPerSecond: Double

    /// The score that the table's worst frames and the plot show.
    var leadingScore: String { models[0].scoreName }

    /// libvmaf's log of one encode; of several, `{"encodes": [{"distorted": NAME, then the log's members}]}`.
    var json: String {
        guard encodes.count > 1 else { return log(encodes[0], .json) }
        let logs = encodes.map { encode in
            let body = log(encode, .json).trimmingCharacters(in: .whitespacesAndNewlines).dropFirst()
            return "{\n  \"distorted\": \(Self.quoted(encode.source.path))," + body
        }
        return "{\"encodes\": [\n" + logs.joined(separator: ",\n") + "\n]}\n"
    }

    /// libvmaf's log of one encode; of several, all lines under one head, the encode's name first.
    var csv: String {
        guard encodes.count > 1 else { return log(encodes[0], .csv) }
        var lines: [String] = []
        for encode in encodes {
            let own = log(encode, .csv).split(separator: "\n")
            if lines.isEmpty { lines += own.prefix(1).map { "Distorted," + $0 } }
            let name = "\"" + encode.source.path.printable.replacingOccurrences(of: "\"", with: "\"\"") + "\","
            lines += own.dropFirst().map { name + $0 }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func log(_ encode: Encode, _ form: LibvmafLogWriter.Form) -> String {
        LibvmafLogWriter(version: "mezz " + mezzVersion, speed: framesPerSecond).text(encode.scores, form)
    }

    private static func quoted(_ text: String) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        let data = try? encoder.encode(text)
        return data.map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }
}

/// Hours, minutes, seconds and frames, counted through (non-drop).
func timeCode(frame: Int, rate: Rational) -> String {
    let nominal = max(1, Int(rate.value.rounded()))
    let seconds = frame / nominal
    return String(format: "%02d:%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60, frame % nominal)
}
