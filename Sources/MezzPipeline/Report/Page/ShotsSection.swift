import Foundation
import MezzCore

/// The shots as a strip of pictures along the time line, and as a table.
struct ShotsSection {
    let context: PageContext

    /// More are left to `report.json`.
    private static let maximumCards = 2000

    func markup() -> Markup {
        guard !shots.isEmpty else { return "" }
        let counts = [Transition.cut, .dissolve, .fade, .wipe].compactMap { kind -> String? in
            let count = shots.count { $0.transition == kind }
            return count == 0 ? nil : "\(count) \(Self.name(of: kind, count: count))"
        }
        let opening = counts.isEmpty ? "" : "; " + counts.joined(separator: ", ")
        let total = shots.count == 1 ? "1 shot" : "\(Figures.count(shots.count)) shots"
        let exception = shots.count == 1 ? "" : "; very short shots are drawn wider"
        let width = shots.count * 150
        return .section(
            "shots", "Shots",
            note: "\(total)\(opening). Widths follow duration\(exception).\(overflow)\(credits)",
            """
            \(overview)<div class="strip" tabindex="0" role="region" aria-label="Shots along the time line">\
            <ol style="min-width:max(100%,\(width)px)">\(cards)</ol></div>
            \(table)
            """)
    }

    private var shots: [Report.Shot] { Array(context.report.shots.prefix(Self.maximumCards)) }

    private var overflow: Markup {
        let rest = context.report.shots.count - shots.count
        return rest > 0 ? " \(Figures.count(rest)) more are in <code>report.json</code>." : ""
    }

    private var credits: Markup {
        let ranges = (context.report.credits ?? []).map {
            "\($0.kind.rawValue) credits \(Figures.clock($0.startSeconds)) to \(Figures.clock($0.endSeconds))"
        }
        guard let first = ranges.first else { return "" }
        let text = ([first.prefix(1).uppercased() + first.dropFirst()] + ranges.dropFirst()).joined(separator: ", ")
        return " \(text)."
    }

    private static func name(of transition: Transition, count: Int) -> String {
        count == 1 ? transition.rawValue : "\(transition.rawValue)s"
    }

    /// The whole title in the page's width: each shot leads to its picture. Only where the strip has to scroll.
    private var overview: Markup {
        guard shots.count > 10 else { return "" }
        let scale = 2000 / Double(context.frames)
        let blocks = shots.map { shot -> Markup in
            let left = Figures.coordinate(Double(shot.firstFrame) * scale)
            let width = Figures.coordinate(Double(shot.frameCount) * scale)
            return """
                <a href="#s\(shot.index)"><rect x="\(left)" width="\(width)" height="20"><title>\(label(shot))</title>\
                </rect></a>
                """
        }
        return """
            <svg class="overview" viewBox="0 0 2000 20" preserveAspectRatio="none" role="group">\
            <title>All shots; choose one to bring its picture into view</title>\(blocks)</svg>

            """
    }

    private func label(_ shot: Report.Shot) -> String {
        "Shot \(shot.number), \(context.timeCode(shot.firstFrame)), \(duration(shot)), \(shot.transition.rawValue)"
    }

    private func duration(_ shot: Report.Shot) -> String {
        Figures.span(context.seconds(from: shot.firstFrame, to: shot.endFrame))
    }

    private var cards: [Markup] {
        shots.enumerated().map { position, shot in
            """
            <li id="s\(shot.index)" class="\(shot.transition.rawValue)" style="flex-grow:\(max(shot.frameCount, 1))">\
            \(picture(position, shot))<span class="shot"><b>\(shot.number)</b> \(Self.icon(shot.transition))\
            \(shot.transition.rawValue)</span><span class="tc">\(context.timeCode(shot.firstFrame))</span>\
            <span class="dur">\(duration(shot))</span></li>

            """
        }
    }

    private func picture(_ position: Int, _ shot: Report.Shot) -> Markup {
        let thumbnails = context.extras.thumbnails
        if thumbnails.allSatisfy(\.isEmpty) { return "<span class=\"bar\"></span>" }
        guard position < thumbnails.count, !thumbnails[position].isEmpty else { return "<span class=\"blank\"></span>" }
        let data = Markup(verbatim: thumbnails[position].base64EncodedString())
        return """
            <span class="pic"><img src="data:image/jpeg;base64,\(data)" alt="Shot \(shot.number)" loading="lazy"/>\
            </span>
            """
    }

    private static func icon(_ transition: Transition) -> Markup {
        """
        <svg class="mark" viewBox="-6 -6 12 12" aria-hidden="true"><use href="#t-\(transition.rawValue)"/></svg>
        """
    }

    private var table: Markup {
        let hasComplexity = shots.contains { $0.complexity != nil }
        let complexityHead: Markup =
            hasComplexity ? "<th class=\"n\">Spatial</th><th class=\"n\">Temporal</th><th class=\"n\">Grain</th>" : ""
        let rows = shots.map { shot -> Markup in
            let complexity = [shot.complexity?.spatial, shot.complexity?.temporal, shot.complexity?.grain]
                .map { "<td class=\"n\">\(Figures.fixed($0, 2))</td>" as Markup }
            return """
                <tr><th scope="row" class="n">\(shot.number)</th><td>\(context.timeCode(shot.firstFrame))</td>\
                <td class="n">\(Figures.count(shot.firstFrame))</td>\
                <td class="n">\(Figures.count(shot.frameCount))</td>\
                <td class="n">\(duration(shot))</td><td>\(shot.transition.rawValue)</td>\
                <td class="n">\(Figures.fixed(shot.confidence, 2))</td>\(hasComplexity ? complexity : [])</tr>

                """
        }
        let body: Markup = .table(
            "Shot list", kind: "slim",
            head: """
                <tr><th class="n">Shot</th><th>Start</th><th class="n">First frame</th><th class="n">Frames</th>\
                <th class="n">Duration</th><th>Opens with</th><th class="n">Confidence</th>\(complexityHead)</tr>
                """,
            rows: rows.joined())
        return "<details><summary>Shot list\(hasComplexity ? " with complexity" : "")</summary>\(body)</details>"
    }
}
