import Foundation
import MezzCore
import MezzPipeline

/// Bitrate against VMAF as a drawing (SVG): trial encodes, the title's hull and the rungs of each codec.
struct LadderPlot {
    private let report: Report
    private let rates: ClosedRange<Double>
    private let qualities: ClosedRange<Double>

    private static let width = 1000.0
    private static let height = 560.0
    private static let left = 56.0
    private static let right = 150.0
    private static let top = 40.0
    private static let bottom = 48.0
    /// More trial encodes than this are thinned out evenly.
    private static let mostPoints = 4_000
    /// Told apart by people with any common colour vision (Okabe and Ito's).
    private static let colors: [CodecFamily: String] = [.avc: "#0072b2", .hevc: "#d55e00", .av1: "#009e73"]

    init(report: Report) {
        self.report = report
        let ladder = report.ladder
        let bps = (ladder.rungs.map(\.averageBPS) + ladder.hull.map(\.bps) + ladder.points.map(\.bps))
            .filter { $0 > 0 }.map(Double.init)
        let vmaf = (ladder.rungs.compactMap(\.predictedVMAF) + ladder.hull.map(\.vmaf)).filter(\.isFinite)
        let low = bps.min() ?? 1e5
        rates = low / 1.1...max(low * 2, (bps.max() ?? 1e7) * 1.1)
        qualities = min(80, max(0, (((vmaf.min() ?? 0) - 5) / 10).rounded(.down) * 10))...100
    }

    var svg: String {
        var parts = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(SVG.number(Self.width)) "
                + "\(SVG.number(Self.height))\" font-family=\"sans-serif\" font-size=\"12\">",
            "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>",
            Self.text(Self.left, 24, title, size: 15),
        ]
        parts += grid
        for codec in CodecFamily.allCases { parts += drawing(of: codec) }
        return (parts + legend + ["</svg>"]).joined(separator: "\n") + "\n"
    }

    private var title: String {
        "\((report.source.path as NSString).lastPathComponent): \(report.ladder.mode) ladder, \(report.ladder.metric)"
    }

    // MARK: Axes

    private func x(_ bps: Double) -> Double {
        let share = log(bps / rates.lowerBound) / log(rates.upperBound / rates.lowerBound)
        return Self.left + share * (Self.width - Self.left - Self.right)
    }

    private func y(_ vmaf: Double) -> Double {
        let share = (qualities.upperBound - vmaf) / (qualities.upperBound - qualities.lowerBound)
        return Self.top + share * (Self.height - Self.top - Self.bottom)
    }

    private var grid: [String] {
        let (left, right) = (SVG.number(Self.left), SVG.number(Self.width - Self.right))
        let (top, bottom) = (SVG.number(Self.top), SVG.number(Self.height - Self.bottom))
        var lines: [String] = []
        for vmaf in stride(from: qualities.lowerBound, through: qualities.upperBound, by: 10) {
            let at = SVG.number(y(vmaf))
            lines.append("<path stroke=\"#ddd\" d=\"M\(left) \(at)H\(right)\"/>")
            lines.append(Self.text(Self.left - 8, y(vmaf) + 4, String(Int(vmaf)), anchor: "end"))
        }
        for kbps in Self.ticks where rates.contains(kbps * 1000) {
            let at = SVG.number(x(kbps * 1000))
            lines.append("<path stroke=\"#eee\" d=\"M\(at) \(top)V\(bottom)\"/>")
            lines.append(Self.text(x(kbps * 1000), Self.height - Self.bottom + 18, Self.rate(kbps), anchor: "middle"))
        }
        lines.append(Self.text(Self.left, Self.height - 8, "bitrate, logarithmic · VMAF as the model predicts it"))
        return lines
    }

    private static let ticks: [Double] = [
        10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000,
    ]

    private static func rate(_ kbps: Double) -> String {
        kbps >= 1000 ? "\(Int(kbps / 1000)) Mbit/s" : "\(Int(kbps)) kbit/s"
    }

    // MARK: Codecs

    private func drawing(of codec: CodecFamily) -> [String] {
        let color = Self.colors[codec] ?? "#000"
        let ladder = report.ladder
        let hull = ladder.hull.filter { $0.codec == codec && qualities.contains($0.vmaf) }.map {
            "\(SVG.number(x(Double($0.bps)))),\(SVG.number(y($0.vmaf)))"
        }
        let line =
            hull.isEmpty
            ? [] : ["<polyline fill=\"none\" stroke=\"\(color)\" points=\"\(hull.joined(separator: " "))\"/>"]
        return points(of: codec, color) + line + ladder.rungs.filter { $0.codec == codec }.flatMap { rung($0, color) }
    }

    private func points(of codec: CodecFamily, _ color: String) -> [String] {
        let own = report.ladder.points.filter { point in
            point.codec == codec && point.bps > 0 && point.vmaf.map(qualities.contains) == true
        }
        let step = max(1, (own.count + Self.mostPoints - 1) / Self.mostPoints)
        return stride(from: 0, to: own.count, by: step).map { number in
            let point = own[number]
            let label =
                "shot \(point.shot), \(point.width)x\(point.height), CRF \(point.crf): \(point.bps / 1000) kbit/s, "
                + String(format: "VMAF %.1f", point.vmaf ?? 0)
            return "<circle cx=\"\(SVG.number(x(Double(point.bps))))\" cy=\"\(SVG.number(y(point.vmaf ?? 0)))\" "
                + "r=\"2\" fill=\"\(color)\" fill-opacity=\"0.3\"><title>\(SVG.escaped(label))</title></circle>"
        }
    }

    private func rung(_ rung: Report.Rung, _ color: String) -> [String] {
        guard rung.averageBPS > 0, let vmaf = rung.predictedVMAF, qualities.contains(vmaf) else { return [] }
        let (across, down) = (x(Double(rung.averageBPS)), y(vmaf))
        let label = "\(rung.height)p \(rung.averageBPS / 1000)k " + String(format: "%.1f", vmaf)
        return [
            "<circle cx=\"\(SVG.number(across))\" cy=\"\(SVG.number(down))\" r=\"5\" fill=\"\(color)\">"
                + "<title>\(SVG.escaped(rung.id))</title></circle>",
            Self.text(across + 9, down + 12, label, color: color),
        ]
    }

    private var legend: [String] {
        let codecs = CodecFamily.allCases.filter { codec in report.ladder.rungs.contains { $0.codec == codec } }
        return codecs.enumerated().map { number, codec in
            Self.text(
                Self.width - Self.right + 12, Self.top + 14 + 18 * Double(number), codec.rawValue,
                color: Self.colors[codec] ?? "#000")
        }
    }

    // MARK: Marks

    private static func text(
        _ x: Double, _ y: Double, _ text: String, size: Int = 12, anchor: String = "start", color: String = "#333"
    ) -> String {
        "<text x=\"\(SVG.number(x))\" y=\"\(SVG.number(y))\" font-size=\"\(size)\" text-anchor=\"\(anchor)\" fill=\"\(color)\">"
            + "\(SVG.escaped(text))</text>"
    }
}
