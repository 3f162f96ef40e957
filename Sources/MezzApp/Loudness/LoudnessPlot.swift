import Foundation
import MezzAudio
import MezzCore

/// Momentary and short-term loudness of each track over time, with what is heard beneath, as a drawing (SVG).
struct LoudnessPlot {
    private let report: LoudnessReport

    init(_ report: LoudnessReport) {
        self.report = report
    }

    private static let width = 1200.0
    private static let panel = 300.0
    private static let left = 56.0
    private static let right = 16.0
    private static let top = 34.0
    /// Of the panel's lower end, for the timeline and the times.
    private static let bottom = 56.0
    private static let loudest = 0.0
    private static let quietest = -60.0
    /// Points of a line; a longer title shows the lowest and the highest of each stretch.
    private static let mostPoints = 2_000
    /// Told apart by people with any common colour vision (Okabe and Ito's).
    private static let colors: [SoundSegment.Kind: String] = [
        .speech: "#d55e00", .music: "#56b4e9", .other: "#bbbbbb", .silence: "#eeeeee",
    ]

    var svg: String {
        let height = Self.panel * Double(max(1, report.rows.count)) + 26
        var parts = [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(SVG.number(Self.width)) \(SVG.number(height))\" "
                + "font-family=\"sans-serif\" font-size=\"12\">",
            "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>",
        ]
        for (number, row) in report.rows.enumerated() { parts += drawing(of: row, at: Self.panel * Double(number)) }
        return (parts + key(at: height - 8) + ["</svg>"]).joined(separator: "\n") + "\n"
    }

    private func drawing(of row: LoudnessReport.Row, at top: Double) -> [String] {
        let title = Self.text(Self.left, top + 20, title(of: row), size: 14)
        guard let survey = row.survey else { return [title] }
        let end = max(0.1, survey.seconds)
        var parts = [title] + scale(at: top) + times(to: end, at: top) + segments(of: survey, to: end, at: top)
        parts += line(survey.trace.momentary, from: 0.4, to: end, at: top, "#9ecae1", 0.8)
        parts += line(survey.trace.shortTerm, from: 3, to: end, at: top, "#0072b2", 1.6)
        parts += marks(of: survey, at: top)
        return parts
    }

    private func title(of row: LoudnessReport.Row) -> String {
        let name =
            "\((report.source as NSString).lastPathComponent), stream \(row.track.stream) (\(row.track.language))"
        guard let loudness = row.survey?.loudness, let integrated = loudness.integrated else {
            return name + (row.survey == nil ? ": not measured" : ": silent")
        }
        let dialogue = loudness.dialogue.flatMap { heard in
            heard.integrated.map { String(format: ", dialogue %.1f LKFS over %.0f%%", $0, 100 * heard.share) }
        }
        return name + String(format: ": %.1f LKFS, range %.1f LU", integrated, loudness.range) + (dialogue ?? "")
            + (loudness.truePeak.map { String(format: ", true peak %.1f dBTP", $0) } ?? "")
    }

    // MARK: Axes

    private func x(_ seconds: Double, _ end: Double) -> Double {
        Self.left + seconds / end * (Self.width - Self.left - Self.right)
    }

    private func y(_ loudness: Double, _ top: Double) -> Double {
        let share = (Self.loudest - min(Self.loudest, max(Self.quietest, loudness))) / (Self.loudest - Self.quietest)
        return top + Self.top + share * (Self.panel - Self.top - Self.bottom)
    }

    private func scale(at top: Double) -> [String] {
        stride(from: Self.quietest, through: Self.loudest, by: 10).flatMap { loudness in
            let level = y(loudness, top)
            return [
                rule(at: level, "#e4e4e4"),
                Self.text(Self.left - 8, level + 4, String(Int(loudness)), anchor: "end"),
            ]
        }
    }

    private func times(to end: Double, at top: Double) -> [String] {
        (0...8).map { step in
            let seconds = end * Double(step) / 8
            let anchor = step == 0 ? "start" : step == 8 ? "end" : "middle"
            return Self.text(x(seconds, end), top + Self.panel - 16, Self.clock(seconds, end), anchor: anchor)
        }
    }

    private static func clock(_ seconds: Double, _ end: Double) -> String {
        guard end >= 60 else { return String(format: "%.1f s", seconds) }
        let whole = Int(seconds.rounded())
        return String(format: "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
    }

    private func rule(at y: Double, _ color: String, dashes: String = "none") -> String {
        "<path stroke=\"\(color)\" stroke-dasharray=\"\(dashes)\" d=\"M\(SVG.number(Self.left)) \(SVG.number(y))"
            + "H\(SVG.number(Self.width - Self.right))\"/>"
    }

    // MARK: Contents

    private func segments(of survey: SoundSurvey, to end: Double, at top: Double) -> [String] {
        survey.segments.map { segment in
            let (start, stop) = (x(segment.start, end), x(segment.end, end))
            let label = "\(segment.kind.rawValue), \(SVG.number(segment.start)) to \(SVG.number(segment.end)) s"
            return "<rect class=\"\(segment.kind.rawValue)\" x=\"\(SVG.number(start))\" "
                + "y=\"\(SVG.number(top + Self.panel - Self.bottom + 8))\" width=\"\(SVG.number(stop - start))\" "
                + "height=\"14\" fill=\"\(Self.colors[segment.kind] ?? "#fff")\"><title>\(label)</title></rect>"
        }
    }

    /// Windows end where they are drawn.
    private func line(
        _ values: [Double], from first: Double, to end: Double, at top: Double, _ color: String, _ width: Double
    ) -> [String] {
        guard !values.isEmpty else { return [] }
        let stretch = max(1, (values.count * 2 + Self.mostPoints - 1) / Self.mostPoints)
        var points: [String] = []
        for start in stride(from: 0, to: values.count, by: stretch) {
            let part = start..<min(values.count, start + stretch)
            let ends = [part.min { values[$0] < values[$1] }, part.max { values[$0] < values[$1] }].compactMap(\.self)
            for place in Set(ends).sorted() {
                let seconds = first + Double(place) / Double(LoudnessTrace.stepsPerSecond)
                points.append("\(SVG.number(x(min(seconds, end), end))),\(SVG.number(y(values[place], top)))")
            }
        }
        return [
            "<polyline fill=\"none\" stroke=\"\(color)\" stroke-width=\"\(SVG.number(width))\" "
                + "stroke-linejoin=\"round\" points=\"\(points.joined(separator: " "))\"/>"
        ]
    }

    /// The programme's loudness, its dialogue's, and what the rule asks for.
    private func marks(of survey: SoundSurvey, at top: Double) -> [String] {
        var parts: [String] = []
        if let integrated = survey.loudness.integrated {
            parts.append(rule(at: y(integrated, top), "#0072b2", dashes: "6 4"))
        }
        if let dialogue = survey.loudness.dialogue?.integrated {
            parts.append(rule(at: y(dialogue, top), "#d55e00", dashes: "6 4"))
        }
        if let asked = report.rule {
            parts.append(rule(at: y(asked.anchor(of: survey.loudness).goal.loudness, top), "#000", dashes: "2 3"))
        }
        return parts
    }

    private func key(at y: Double) -> [String] {
        var entries: [(color: String, name: String)] = [
            ("#9ecae1", "momentary"), ("#0072b2", "short-term, programme"),
            ("#d55e00", "speech, dialogue"), ("#56b4e9", "music"), ("#bbbbbb", "other"),
        ]
        if report.rule != nil { entries.append(("#000", "asked for")) }
        return entries.enumerated().flatMap { number, entry in
            let place = Self.left + 190 * Double(number)
            return [
                "<rect x=\"\(SVG.number(place))\" y=\"\(SVG.number(y - 8))\" width=\"14\" height=\"8\" "
                    + "fill=\"\(entry.color)\"/>",
                Self.text(place + 20, y, entry.name),
            ]
        }
    }

    private static func text(
        _ x: Double, _ y: Double, _ text: String, size: Int = 12, anchor: String = "start"
    ) -> String {
        "<text x=\"\(SVG.number(x))\" y=\"\(SVG.number(y))\" font-size=\"\(size)\" text-anchor=\"\(anchor)\" "
            + "fill=\"#333\">\(SVG.escaped(text))</text>"
    }
}
