import Foundation
import MezzAudio
import MezzCore

/// What `mezz loudness` found, for people.
struct LoudnessTable {
    private let report: LoudnessReport

    init(_ report: LoudnessReport) {
        self.report = report
    }

    private static let heads = [
        "stream", "language", "layout", "LKFS", "dialogue", "share", "range", "dialogue range", "momentary",
        "short-term", "true peak", "sample peak",
    ]
    /// Half seconds in a line of the timeline at most.
    private static let timelineWidth = 100

    /// A line a track, what is heard when, then findings.
    var text: String {
        let heads = Self.heads + (report.rule == nil ? [] : ["gain"])
        let rows = report.rows.map(cells)
        let table = TextTable(header: heads, rows: rows, leftAligned: 3).text
        let timelines = report.rows.compactMap(timeline)
        let key = timelines.isEmpty ? [] : ["", "speech S  music m  other .  silence _"] + timelines
        let findings = report.rows.flatMap(\.findings).map {
            "\($0.severity.rawValue): stream \($0.place.stream ?? "?"): \($0.message.printable) (\($0.code)): \($0.remedy)"
        }
        return ([table] + key + (findings.isEmpty ? [] : [""] + findings)).joined(separator: "\n")
    }

    private func cells(_ row: LoudnessReport.Row) -> [String] {
        let loudness = row.survey?.loudness
        let numbers: [Double?] = [
            loudness?.range, loudness?.dialogue?.range, loudness?.momentaryMaximum, loudness?.shortTermMaximum,
            loudness?.truePeak, loudness?.samplePeak,
        ]
        let share = loudness?.dialogue.map { String(format: "%.0f%%", 100 * $0.share) } ?? "-"
        let name = row.track.layout ?? row.survey?.map.text ?? "-"
        return [String(row.track.stream), row.track.language.printable, name.printable]
            + [Self.number(loudness?.integrated), Self.number(loudness?.dialogue?.integrated), share]
            + numbers.map(Self.number)
            + (report.rule == nil ? [] : [row.normalization.map { String(format: "%+.1f", $0.gain) } ?? "-"])
    }

    private static func number(_ value: Double?) -> String { value.map { String(format: "%.1f", $0) } ?? "-" }

    /// One letter for each stretch of equal length: what most of it is.
    private func timeline(_ row: LoudnessReport.Row) -> String? {
        guard let survey = row.survey, let end = survey.segments.last?.end, end > 0 else { return nil }
        let count = min(Self.timelineWidth, max(1, Int((end * 2).rounded(.up))))
        let letters = (0..<count).map { place in
            let (start, stop) = (Double(place) * end / Double(count), Double(place + 1) * end / Double(count))
            var lengths: [SoundSegment.Kind: Double] = [:]
            for segment in survey.segments where segment.end > start && segment.start < stop {
                lengths[segment.kind, default: 0] += min(segment.end, stop) - max(segment.start, start)
            }
            return SoundSegment.Kind.allCases.max { lengths[$0, default: 0] < lengths[$1, default: 0] } ?? .silence
        }
        let line = letters.map(Self.letter).joined()
        return "stream \(row.track.stream)  \(line)  \(String(format: "%.1f", end)) s"
    }

    private static func letter(_ kind: SoundSegment.Kind) -> String {
        switch kind {
        case .speech: "S"
        case .music: "m"
        case .other: "."
        case .silence: "_"
        }
    }
}
