import MezzCore

/// What every section of the page needs to know of the report, worked out once.
struct PageContext {
    /// A rung with the number it has in the page's element names.
    struct NumberedRung {
        let number: Int
        let rung: Report.Rung
    }

    let report: Report
    let extras: ReportExtras
    /// The rungs of each codec, best first; codecs without rungs are left out.
    let codecs: [(codec: CodecFamily, rungs: [NumberedRung])]
    /// Every picture size of rungs and operating points, largest first: its place decides colour and mark.
    let sizes: [Resolution]

    init(report: Report, extras: ReportExtras) {
        self.report = report
        self.extras = extras
        var number = 0
        var groups: [(codec: CodecFamily, rungs: [NumberedRung])] = []
        for codec in CodecFamily.allCases {
            let rungs = report.ladder.rungs.filter { $0.codec == codec }
                .sorted { ($1.averageBPS, $0.id) < ($0.averageBPS, $1.id) }
            guard !rungs.isEmpty else { continue }
            groups.append(
                (codec, rungs.enumerated().map { NumberedRung(number: number + $0.offset, rung: $0.element) }))
            number += rungs.count
        }
        codecs = groups
        let used = Set(report.ladder.rungs.map(\.size)).union(report.ladder.points.map(\.size))
        sizes = used.sorted { ($1.pixels, $1.height) < ($0.pixels, $0.height) }
    }

    var frameRate: Rational {
        // A report read from elsewhere may hold a rate that no clip has.
        report.source.frameRate.numerator > 0 ? report.source.frameRate : Rational(25)
    }

    /// Frames the time axes span.
    var frames: Int {
        max(1, report.source.frames, report.shots.map(\.endFrame).max() ?? 0)
    }

    var seconds: Double { frameRate.seconds(ofFrame: frames) }

    /// Number of the colour and mark of a picture size, 0…7.
    func style(of size: Resolution) -> Int { (sizes.firstIndex(of: size) ?? 0) % PageStyle.markCount }

    func timeCode(_ frame: Int) -> String { Figures.timeCode(frame: frame, rate: frameRate) }

    func seconds(from first: Int, to end: Int) -> Double {
        frameRate.seconds(ofFrame: max(0, end)) - frameRate.seconds(ofFrame: max(0, first))
    }

    /// The mark of a picture size beside a text.
    func mark(of size: Resolution) -> Markup {
        let style = style(of: size)
        return """
            <svg class="mark c\(style)" viewBox="-6 -6 12 12" aria-hidden="true"><use href="#m\(style)"/></svg>
            """
    }
}

extension Report.Rung {
    var size: Resolution { Resolution(width: width, height: height) }
}

extension Report.Point {
    var size: Resolution { Resolution(width: width, height: height) }
}

extension Report.Shot {
    var frameCount: Int { max(0, endFrame - firstFrame) }
    /// As people count.
    package var number: Int { index + 1 }
}

extension Markup {
    /// A section with its heading; nothing when it has no content.
    static func section(_ id: String, _ title: String, note: Markup = "", _ content: Markup) -> Markup {
        guard !content.isEmpty else { return "" }
        let remark: Markup = note.isEmpty ? "" : "<p class=\"note\">\(note)</p>"
        return """
            <section id="\(id)" aria-labelledby="\(id)-h"><h2 id="\(id)-h">\(title)</h2>\(remark)
            \(content)
            </section>

            """
    }

    /// A table that scrolls sideways where the page is narrow. The first column stays.
    static func table(_ label: String, kind: String = "", head: Markup, rows: Markup) -> Markup {
        """
        <div class="scroll" tabindex="0" role="region" aria-label="\(label)"><table class="\(kind)">
        <thead>\(head)</thead>
        <tbody>\(rows)</tbody></table></div>
        """
    }
}
