import Foundation
import MezzFleet

/// Workers there and workers busy over time, as a drawing (SVG).
struct SimulationPlot {
    private let report: SimulationReport

    init(_ report: SimulationReport) {
        self.report = report
    }

    private static let width = 900.0
    private static let height = 320.0
    private static let left = 64.0
    private static let top = 36.0
    private static let bottom = 40.0

    var svg: String {
        let alive = report.samples.map { ($0.seconds, Double($0.alive)) }
        let busy = report.samples.map { ($0.seconds, Double($0.busy)) }
        return
            ([
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(SVG.number(Self.width)) \(SVG.number(Self.height))\" "
                    + "font-family=\"sans-serif\" font-size=\"12\">",
                "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>",
                "<text x=\"\(SVG.number(Self.left))\" y=\"22\" font-size=\"15\">\(report.plan.titles) titles on "
                    + "\(report.plan.workers) workers</text>",
                area(alive, "#e3e3e3"), area(busy, "#0072b2"),
            ] + grid + legend + ["</svg>"]).joined(separator: "\n") + "\n"
    }

    private func x(_ seconds: Double) -> Double {
        Self.left + seconds / max(report.makespan, 1) * (Self.width - Self.left - 16)
    }

    private func y(_ workers: Double) -> Double {
        let span = Self.height - Self.top - Self.bottom
        return Self.top + span * (1 - workers / Double(max(report.plan.workers, 1)))
    }

    private func area(_ points: [(Double, Double)], _ color: String) -> String {
        let line = points.map { "\(SVG.number(x($0.0))),\(SVG.number(y($0.1)))" }.joined(separator: " ")
        let ends = (points.first?.0 ?? 0, points.last?.0 ?? 0)
        return "<polygon fill=\"\(color)\" points=\"\(SVG.number(x(ends.0))),\(SVG.number(y(0))) \(line) "
            + "\(SVG.number(x(ends.1))),\(SVG.number(y(0)))\"/>"
    }

    private var grid: [String] {
        let shares = [0, 0.25, 0.5, 0.75, 1].map { share -> String in
            let workers = share * Double(report.plan.workers)
            return "<text x=\"\(SVG.number(Self.left - 8))\" y=\"\(SVG.number(y(workers) + 4))\" text-anchor=\"end\">"
                + "\(Int(workers))</text>"
                + "<line x1=\"\(SVG.number(Self.left))\" x2=\"\(SVG.number(Self.width - 16))\" "
                + "y1=\"\(SVG.number(y(workers)))\" y2=\"\(SVG.number(y(workers)))\" stroke=\"#000\" stroke-opacity=\"0.15\"/>"
        }
        let hours = report.makespan / 3600
        let step = [0.25, 0.5, 1, 2, 4, 8, 24, 48, 168].first { hours / $0 <= 12 } ?? 336
        let times = stride(from: 0, through: hours, by: step).map { hour in
            "<text x=\"\(SVG.number(x(hour * 3600)))\" y=\"\(SVG.number(Self.height - 18))\" text-anchor=\"middle\">"
                + "\(SVG.number(hour)) h</text>"
        }
        return shares + times
    }

    private var legend: [String] {
        [("#0072b2", "busy"), ("#e3e3e3", "there")].enumerated().map { number, entry in
            let place = Self.width - 190 + Double(number) * 80
            return "<rect x=\"\(SVG.number(place))\" y=\"12\" width=\"12\" height=\"12\" fill=\"\(entry.0)\"/>"
                + "<text x=\"\(SVG.number(place + 18))\" y=\"22\">\(entry.1)</text>"
        }
    }
}
