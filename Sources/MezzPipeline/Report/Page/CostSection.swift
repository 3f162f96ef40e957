/// Where the time went.
struct CostSection {
    let context: PageContext

    func markup() -> Markup {
        let stages = cost.stages
        let total = stages.reduce(0) { $0 + $1.cpuSeconds }
        let rows = stages.enumerated().map { row($0.element, number: $0.offset + 1, total: total) }
        let table: Markup =
            rows.isEmpty
            ? ""
            : .table(
                "Cost by stage",
                head: """
                    <tr><th>Stage</th><th class="n">Tasks</th><th class="n">Taken from store</th>\
                    <th class="n">CPU, s</th>\
                    <th class="n">Share of CPU</th><th class="n">Wall, s</th></tr>
                    """,
                rows: rows.joined())
        return .section("cost", "Cost", note: summary, "\(bar(total: total))\(table)")
    }

    private var cost: Report.Cost { context.report.cost }

    private var summary: Markup {
        var parts = ["\(Figures.span(cost.cpuSeconds)) of CPU in \(Figures.span(cost.wallSeconds))"]
        if cost.wallSeconds > 0 {
            parts[0] += " (\(Figures.fixed(cost.cpuSeconds / cost.wallSeconds, 1)) cores busy on average)"
            if context.report.source.durationSeconds > 0 {
                let ratio = Figures.fixed(cost.wallSeconds / context.report.source.durationSeconds, 1)
                parts.append("wall time \(ratio)× the title's duration")
            }
        }
        parts.append("\(Figures.count(cost.trialEncodes)) trial encodes")
        parts.append("\(Figures.count(cost.reused)) results reused")
        return "\(parts.joined(separator: "; "))."
    }

    private func share(_ stage: Report.Stage, _ total: Double) -> Double {
        total > 0 ? max(0, stage.cpuSeconds) / total : 0
    }

    private func bar(total: Double) -> Markup {
        guard total > 0 else { return "" }
        let parts = cost.stages.enumerated().compactMap { position, stage -> Markup? in
            let share = share(stage, total)
            guard share > 0.0005 else { return nil }
            let name: Markup = share > 0.025 ? "<b>\(position + 1)</b> <span>\(stage.name)</span>" : ""
            let title = "\(stage.name): \(Figures.fixed(stage.cpuSeconds, 1)) s CPU, \(Figures.fixed(share * 100, 1))%"
            return """
                <div class="k\(position % 8)" style="width:\(Figures.coordinate(share * 100, places: 2))%" \
                title="\(title)">\
                \(name)</div>
                """
        }
        return "<div class=\"stack\" role=\"img\" aria-label=\"CPU time by stage, as in the table\">\(parts)</div>\n"
    }

    private func row(_ stage: Report.Stage, number: Int, total: Double) -> Markup {
        let share = share(stage, total) * 100
        return """
            <tr><th scope="row"><span class="key k\((number - 1) % 8)">\(number)</span> \(stage.name)</th>\
            <td class="n">\(Figures.count(stage.tasks))</td><td class="n">\(Figures.count(stage.cached))</td>\
            <td class="n">\(Figures.fixed(stage.cpuSeconds, 1))</td><td class="n">\(Figures.fixed(share, 1))%</td>\
            <td class="n">\(Figures.fixed(stage.wallSeconds, 1))</td></tr>

            """
    }
}
