import Foundation
import MezzCore
import MezzMetrics
import MezzPixels

/// The scores for people.
struct ScoreTable {
    private let report: VMAFReport

    init(_ report: VMAFReport) {
        self.report = report
    }

    private static let worstFrames = 5
    private static let columns = ["mean", "harmonic", "min", "p5", "max"]

    var text: String {
        let reference = report.reference
        let rate = reference.frameRate.map { String(format: ", %.6g frames/s", $0.value) } ?? ""
        var lines = [
            "reference  \(reference.path.printable)",
            "           \(reference.size) \(reference.pixelFormat)\(rate), \(report.frames) frames compared",
            "models     " + report.models.map(\.name).joined(separator: ", "),
        ]
        for encode in report.encodes { lines += [""] + section(encode) }
        return lines.joined(separator: "\n")
    }

    private func section(_ encode: VMAFReport.Encode) -> [String] {
        var lines = ["distorted  " + encode.source.path.printable]
        let notes = notes(encode)
        if !notes.isEmpty { lines.append("           " + notes.joined(separator: "; ")) }
        let names = shownNames(encode.scores)
        let width = max(24, (names.map(\.count).max() ?? 0) + 2)
        lines.append(Self.row("", Self.columns, width))
        for name in names {
            guard let values = encode.scores[name] else { continue }
            lines.append(Self.row(name, Self.pooled(values), width))
        }
        if let estimate = encode.estimate {
            lines.append(
                String(
                    format: "%@: mean %.2f ± %.2f (95%% confidence) from %d of %d frames", report.leadingScore,
                    estimate.mean, estimate.halfWidth, estimate.measured, estimate.frames))
        }
        if let worst = worst(encode.scores) { lines.append(worst) }
        return lines
    }

    private func notes(_ encode: VMAFReport.Encode) -> [String] {
        var notes: [String] = []
        if encode.source.size != report.reference.size { notes.append("scaled from \(encode.source.size)") }
        if encode.source.format.pixelFormat != report.reference.format.pixelFormat {
            notes.append("converted from \(encode.source.pixelFormat)")
        }
        if encode.offset != 0 { notes.append(FrameOffset.text(encode.offset)) }
        if encode.scores.frames.count != report.frames { notes.append("\(encode.scores.frames.count) frames scored") }
        return notes
    }

    /// Models first, then what they are made of; members of a collection and raw sums are for the logs.
    private func shownNames(_ scores: FrameScores) -> [String] {
        let leading = report.models.flatMap(\.scoreNames)
        let features = scores.names.filter { !leading.contains($0) && !$0.hasPrefix("VMAF_") }
        return leading.filter { !Self.isMember($0) } + features
    }

    /// Whether a score is one of a bootstrap collection's twenty: `NAME_0001` and so on.
    private static func isMember(_ name: String) -> Bool {
        let number = name.suffix(5)
        return number.first == "_" && number.dropFirst().allSatisfy(\.isNumber)
    }

    private static func pooled(_ values: [Double]) -> [String] {
        // One frame without a value leaves the others' values standing.
        guard let pool = Pool(values.filter(\.isFinite)) else { return columns.map { _ in "–" } }
        return [pool.mean, pool.harmonicMean, pool.min, pool.percentile(5), pool.max].map { String(format: "%.4f", $0) }
    }

    private static func row(_ name: String, _ cells: [String], _ width: Int) -> String {
        let padded = name + String(repeating: " ", count: max(1, width - name.count))
        return padded + cells.map { String(repeating: " ", count: max(1, 11 - $0.count)) + $0 }.joined()
    }

    /// The lowest scores, none within half a second of a lower one.
    private func worst(_ scores: FrameScores) -> String? {
        guard let values = scores[report.leadingScore], values.count > 1 else { return nil }
        let distance = max(1, Int((report.reference.frameRate?.value ?? 24) / 2))
        var chosen: [(frame: Int, value: Double)] = []
        for (frame, value) in zip(scores.frames, values).filter({ $0.1.isFinite }).sorted(by: { $0.1 < $1.1 }) {
            guard chosen.allSatisfy({ abs($0.frame - frame) >= distance }) else { continue }
            chosen.append((frame, value))
            if chosen.count == Self.worstFrames { break }
        }
        let texts = chosen.map { entry in
            let time = report.reference.frameRate.map { " (\(timeCode(frame: entry.frame, rate: $0)))" } ?? ""
            return "\(entry.frame)\(time) " + String(format: "%.2f", entry.value)
        }
        return "worst frames  " + texts.joined(separator: ", ")
    }
}
