import Foundation
import MezzCore
import MezzPipeline

/// A planned ladder on the terminal.
struct LadderTable {
    let report: Report

    var text: String {
        let header = ["rung", "size", "level", "kbps", "max", "VMAF", "CRF"]
        let rows = report.ladder.rungs.map { rung in
            [
                rung.id, "\(rung.width)x\(rung.height)", rung.level.isEmpty ? "–" : rung.level,
                "\(rung.averageBPS / 1000)", rung.peakBPS > 0 ? "\(rung.peakBPS / 1000)" : "–",
                rung.predictedVMAF.map { String(format: "%.1f", $0) } ?? "–", crfs(rung),
            ]
        }
        let made = report.cost.trialEncodes
        let last =
            "\(made) trial encodes, \(report.cost.reused) found · \(Int(report.cost.cpuSeconds)) CPU s"
        return TextTable(header: header, rows: rows, leftAligned: 2).text + "\n\n" + last
    }

    private func crfs(_ rung: Report.Rung) -> String {
        let values = rung.shots.compactMap(\.crf)
        guard let low = values.min(), let high = values.max() else { return "–" }
        return low == high ? Self.text(low) : Self.text(low) + "…" + Self.text(high)
    }

    private static func text(_ crf: Double) -> String {
        crf == crf.rounded() ? String(Int(crf)) : String(format: "%.2f", crf)
    }
}
