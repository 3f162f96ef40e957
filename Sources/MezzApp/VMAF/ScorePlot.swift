import Foundation
import MezzCore
import MezzMetrics

/// The leading score of each encode over time, as a drawing (SVG).
struct ScorePlot {
    private let report: VMAFReport

    init(_ report: VMAFReport) {
        self.report = report
    }

    private static let width = 1200.0
    private static let height = 420.0
    private static let left = 56.0
    private static let right = 16.0
    private static let top = 40.0
    private static let bottom = 40.0
    /// Points of a line; a longer title shows the lowest and the highest frame of each stretch.
    private static let mostPoints = 2_000
    /// Told apart by people with any common colour vision (Okabe and Ito's).
    private static let colors = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"]

    var svg: String {
        var parts = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(SVG.number(Self.width)) "
                + "\(SVG.number(Self.height + legendHeight))\" font-family=\"sans-serif\" font-size=\"12\">",
            "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>",
            "<text x=\"\(SVG.number(Self.left))\" y=\"22\" font-size=\"15\">\(SVG.escaped(title))</text>",
        ]
        parts += shotLines + scale + timeScale
        for (number, encode) in report.encodes.enumerated() { parts += line(encode, number) }
        return (parts + ["</svg>"]).joined(separator: "\n") + "\n"
    }

    private var title: String {
        report.models[0].name + " against " + (report.reference.path as NSString).lastPathComponent
    }

    private var legendHeight: Double { 18 * Double(report.encodes.count) + 6 }

    // MARK: Axes

    private var frames: ClosedRange<Double> {
        let all = report.encodes.flatMap { [$0.scores.frames.first, $0.scores.frames.last].compactMap(\.self) }
        let first = Double(all.min() ?? 0)
        return first...max(first + 1, Double(all.max() ?? 0))
    }

    private var scores: ClosedRange<Double> {
        let values = report.encodes.flatMap { $0.scores[report.leadingScore] ?? [] }.filter(\.isFinite)
        let low = (((values.min() ?? 0) - 1) / 10).rounded(.down) * 10
        let high = max(100, values.max() ?? 100)
        return min(max(0, low), 90)...high
    }

    private func x(_ frame: Double) -> Double {
        let span = Self.width - Self.left - Self.right
        return Self.left + (frame - frames.lowerBound) / (frames.upperBound - frames.lowerBound) * span
    }

    private func y(_ score: Double, _ scores: ClosedRange<Double>) -> Double {
        let span = Self.height - Self.top - Self.bottom
        return Self.top + (scores.upperBound - score) / (scores.upperBound - scores.lowerBound) * span
    }

    private var shotLines: [String] {
        report.shots.filter { frames.contains(Double($0)) }.map { shot in
            let x = SVG.number(x(Double(shot)))
            return "<line class=\"shot\" x1=\"\(x)\" x2=\"\(x)\" y1=\"\(SVG.number(Self.top))\" "
                + "y2=\"\(SVG.number(Self.height - Self.bottom))\" stroke=\"#ccc\" stroke-dasharray=\"2 3\"/>"
        }
    }

    private var scale: [String] {
        let range = scores
        let step = range.upperBound - range.lowerBound > 50 ? 20.0 : range.upperBound - range.lowerBound > 20 ? 10 : 5
        return stride(from: range.lowerBound, through: range.upperBound, by: step).flatMap { score in
            let y = y(score, range)
            return [
                "<line x1=\"\(SVG.number(Self.left))\" x2=\"\(SVG.number(Self.width - Self.right))\" "
                    + "y1=\"\(SVG.number(y))\" y2=\"\(SVG.number(y))\" stroke=\"#e4e4e4\"/>",
                "<text x=\"\(SVG.number(Self.left - 8))\" y=\"\(SVG.number(y + 4))\" text-anchor=\"end\">"
                    + "\(Int(score))</text>",
            ]
        }
    }

    private var timeScale: [String] {
        let steps = 8
        return (0...steps).map { step in
            let frame = frames.lowerBound + (frames.upperBound - frames.lowerBound) * Double(step) / Double(steps)
            let whole = Int(frame.rounded())
            let text = report.reference.frameRate.map { timeCode(frame: whole, rate: $0) } ?? String(whole)
            let anchor = step == 0 ? "start" : step == steps ? "end" : "middle"
            return "<text x=\"\(SVG.number(x(frame)))\" y=\"\(SVG.number(Self.height - Self.bottom + 18))\" "
                + "text-anchor=\"\(anchor)\">\(text)</text>"
        }
    }

    // MARK: Encodes

    private func line(_ encode: VMAFReport.Encode, _ number: Int) -> [String] {
        let color = Self.colors[number % Self.colors.count]
        let range = scores
        let runs = Self.runs(encode.scores.frames, encode.scores[report.leadingScore] ?? []).map { run in
            let points = Self.thinned(run).map {
                "\(SVG.number(x(Double($0.frame)))),\(SVG.number(y($0.score, range)))"
            }
            return "<polyline fill=\"none\" stroke=\"\(color)\" stroke-width=\"1.3\" stroke-linejoin=\"round\" "
                + "points=\"\((points.count == 1 ? points + points : points).joined(separator: " "))\" "
                + "stroke-linecap=\"round\"/>"
        }
        let base = Self.height + 18 * Double(number) + 8
        let mean = Pool((encode.scores[report.leadingScore] ?? []).filter(\.isFinite))?.mean
        let name = (encode.source.path as NSString).lastPathComponent
        return runs + [
            "<rect x=\"\(SVG.number(Self.left))\" y=\"\(SVG.number(base - 9))\" width=\"18\" height=\"4\" "
                + "fill=\"\(color)\"/>",
            "<text x=\"\(SVG.number(Self.left + 26))\" y=\"\(SVG.number(base))\">\(SVG.escaped(name))"
                + (mean.map { String(format: ", mean %.2f", $0) } ?? "") + "</text>",
        ]
    }

    /// Stretches of frames that have a score.
    private static func runs(_ frames: [Int], _ scores: [Double]) -> [[(frame: Int, score: Double)]] {
        var runs: [[(frame: Int, score: Double)]] = []
        var isOpen = false
        for (frame, score) in zip(frames, scores) {
            guard score.isFinite else {
                isOpen = false
                continue
            }
            if !isOpen { runs.append([]) }
            isOpen = true
            runs[runs.count - 1].append((frame, score))
        }
        return runs
    }

    private static func thinned(_ run: [(frame: Int, score: Double)]) -> [(frame: Int, score: Double)] {
        guard run.count > mostPoints else { return run }
        let stretch = (run.count * 2 + mostPoints - 1) / mostPoints
        return stride(from: 0, to: run.count, by: stretch).flatMap { start in
            let part = run[start..<min(run.count, start + stretch)]
            let ends = [part.min { $0.score < $1.score }, part.max { $0.score < $1.score }].compactMap(\.self)
            return ends.sorted { $0.frame < $1.frame }
        }
    }
}
