import Foundation
import MezzAudio
import MezzCore

/// What `mezz analyze` found, for people and for spreadsheets.
struct AnalysisTable {
    private let analysis: Analysis

    init(_ analysis: Analysis) {
        self.analysis = analysis
    }

    private static let heads = [
        "shot", "frames", "seconds", "spatial", "temporal", "SI", "TI", "grain", "luma", "colour", "score",
    ]

    /// Columns of equal width, then the title, then a line a sound track.
    var text: String {
        let rows = [Self.heads] + analysis.shots.map(cells)
        let widths = Self.heads.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let flags = ["flags"] + analysis.shots.map { self.flags($0.complexity).joined(separator: ", ") }
        let lines = zip(rows, flags).map { row, flags in
            let cells = zip(row, widths).map { String(repeating: " ", count: $1 - $0.count) + $0 }
            return (cells.joined(separator: "  ") + (flags.isEmpty ? "" : "  " + flags))
        }
        return (lines + ["", titleLine] + analysis.audio.map(line)).joined(separator: "\n")
    }

    /// One line a shot; flags are words separated by spaces.
    var csv: String {
        let heads = (Self.heads + ["flags", "samples"]).map { $0.lowercased() }
        let rows = analysis.shots.map { entry in
            let flags = self.flags(entry.complexity).joined(separator: " ")
            return cells(entry) + [flags, String(entry.complexity.samples)]
        }
        return ([heads] + rows).map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n"
    }

    private func cells(_ entry: (shot: Shot, complexity: ShotComplexity)) -> [String] {
        let (shot, complexity) = entry
        return [
            String(shot.index + 1), String(shot.frames.count),
            String(format: "%.3f", analysis.frameRate.seconds(ofFrame: shot.frames.count)),
            String(format: "%.1f", complexity.spatial), String(format: "%.2f", complexity.temporal),
            String(format: "%.1f", complexity.si), String(format: "%.1f", complexity.ti),
            String(format: "%.2f", complexity.grain), String(format: "%.1f", complexity.luminance),
            String(format: "%.1f", complexity.colourfulness), String(format: "%.1f", complexity.score),
        ]
    }

    private func flags(_ complexity: ShotComplexity) -> [String] {
        var flags: [String] = []
        if complexity.isBlack { flags.append("black") }
        if complexity.isStatic { flags.append("static") }
        if let bars = complexity.bars {
            if bars.top + bars.bottom > 0 { flags.append("letterbox \(bars.top)+\(bars.bottom)") }
            if bars.left + bars.right > 0 { flags.append("pillarbox \(bars.left)+\(bars.right)") }
        }
        if complexity.samples == 0 { flags.append("not sampled") }
        return flags
    }

    private var titleLine: String {
        let title = analysis.title
        return String(
            format: "%d frames, %@ frames/s: complexity %.1f (95%% of frames up to %.1f), %@, bitrate × %.1f",
            analysis.frames, analysis.frameRate.description, title.average, title.p95,
            title.category.rawValue.replacing("_", with: " "), title.multiplier)
    }

    private func line(_ audio: Analysis.Audio) -> String {
        let name = "audio stream \(audio.track.stream) (\(audio.track.language.printable))"
        guard let loudness = audio.loudness else { return "\(name): not measured" }
        guard let integrated = loudness.integrated else { return "\(name): silent" }
        let peak = loudness.truePeak.map { String(format: "%.1f dBTP", $0) } ?? "none"
        return name + String(format: ": %.1f LKFS, range %.1f LU, true peak ", integrated, loudness.range) + peak
    }
}
