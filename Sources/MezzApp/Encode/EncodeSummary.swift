import Foundation
import MezzCore
import MezzPipeline

/// What a finished encode says on the terminal.
struct EncodeSummary {
    let report: Report
    let folder: String

    var text: String {
        var lines = [table, ""]
        for finding in report.qc.findings where finding.severity > .info {
            lines.append(
                "\(finding.severity.rawValue): \(finding.message.printable) (\(finding.code)): \(finding.remedy.printable)"
            )
        }
        let verdict = report.qc.passed ? "passed" : "FAILED"
        lines.append(
            "quality control \(verdict) · \(Int(report.cost.cpuSeconds)) CPU s in \(ProgressDisplay.clock(report.cost.wallSeconds))"
                + " · \(report.cost.trialEncodes) trial encodes")
        if let cost { lines.append(cost) }
        lines.append("package: \(folder.printable)")
        lines.append("report:  \((folder as NSString).appendingPathComponent("report.html").printable)")
        return lines.joined(separator: "\n")
    }

    /// What it cost, where a price was given, and how far the forecast was off.
    private var cost: String? {
        let amount = report.cost.price.map { price in
            String(format: "%.\(price.amount < 1 ? 4 : 2)f", price.amount) + " " + price.currency.printable
        }
        let error = report.cost.forecast?.errorPercent.map {
            String(format: "%.0f%% %@ the forecast", abs($0), $0 < 0 ? "below" : "above")
        }
        let parts = [amount, error].compactMap(\.self)
        return parts.isEmpty ? nil : "cost:    " + parts.joined(separator: ", ")
    }

    private var table: String {
        let rows = report.ladder.rungs.map { rung in
            [
                rung.id, "\(rung.width)x\(rung.height)", "\(rung.averageBPS / 1000)", "\(rung.peakBPS / 1000)",
                Self.text(rung.targetVMAF), Self.text(rung.quality?.harmonicMean), Self.text(rung.quality?.min),
            ]
        }
        let header = ["rung", "size", "kbps", "peak", "target", "VMAF", "worst"]
        return TextTable(header: header, rows: rows, leftAligned: 2).text
    }

    private static func text(_ value: Double?) -> String { value.map { String(format: "%.1f", $0) } ?? "–" }
}
