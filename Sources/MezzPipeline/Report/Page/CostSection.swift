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
                    <th class="n">Share of CPU</th><th class="n">Wall, s</th>\(amountHead)</tr>
                    """,
                rows: rows.joined())
        return .section("cost", "Cost", note: summary, "\(bar(total: total))\(table)\(rungTable)")
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
        if let price = cost.price {
            let amount = Figures.fixed(price.amount, price.amount < 1 ? 4 : 2)
            let each = Figures.fixed(price.perSlotHour, price.perSlotHour < 1 ? 4 : 2)
            parts.append("\(amount) \(price.currency) at \(each) a slot and hour")
        }
        if let forecast = cost.forecast { parts.append(comparison(forecast)) }
        return "\(parts.joined(separator: "; "))."
    }

    private func comparison(_ forecast: Report.Cost.Expected) -> String {
        let basis = forecast.jobs == 0 ? "by built-in rates" : "by \(Figures.count(forecast.jobs)) earlier jobs"
        let text = "forecast \(basis): \(Figures.span(forecast.slotSeconds)) of a slot"
        guard let error = forecast.errorPercent else { return text }
        return "\(text), the job took \(Figures.signed(error, 1))%"
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
            <td class="n">\(Figures.fixed(stage.wallSeconds, 1))</td>\(amount(stage.slotSeconds ?? stage.wallSeconds))</tr>

            """
    }

    /// What each rung took, where the report knows it.
    private var rungTable: Markup {
        guard let rungs = cost.rungs, !rungs.isEmpty else { return "" }
        let rows = rungs.map { rung -> Markup in
            """
            <tr><th scope="row">\(rung.id)</th><td class="n">\(Figures.fixed(rung.cpuSeconds, 1))</td>\
            <td class="n">\(Figures.fixed(rung.slotSeconds, 1))</td>\(amount(rung.slotSeconds))</tr>

            """
        }
        let table: Markup = .table(
            "Cost by rung: encoding, joining, measuring and checking it; encodes of several rungs by their pixels",
            head: """
                <tr><th>Rung</th><th class="n">CPU, s</th><th class="n">Slot time, s</th>\(amountHead)</tr>
                """,
            rows: rows.joined())
        return "<h3>By rung: encoded, joined, measured and checked</h3>\n\(table)"
    }

    private var amountHead: Markup {
        cost.price.map { "<th class=\"n\">\($0.currency)</th>" } ?? ""
    }

    private func amount(_ slotSeconds: Double) -> Markup {
        guard let price = cost.price else { return "" }
        let amount = slotSeconds / 3600 * price.perSlotHour
        return "<td class=\"n\">\(Figures.fixed(amount, price.amount < 10 ? 4 : 2))</td>"
    }
}
