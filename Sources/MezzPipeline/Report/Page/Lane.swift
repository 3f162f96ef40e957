/// One chart along the title's time axis: labels left, lines in the middle, the lines' names right. The drawing
/// stretches with the page while its lines and letters keep their size.
struct Lane {
    struct Line {
        /// Of the rung in the page.
        let number: Int
        let style: Int
        /// The second rung of one picture size is drawn a little darker.
        let isAlternate: Bool
        let isChosen: Bool
        let name: String
        let value: String
        /// Where the name stands beside the chart.
        let level: Double
        let target: Double?
        let trace: Trace
    }

    let title: String
    let note: String
    let axis: Axis
    let decimals: Int
    /// Pixels.
    let height: Int
    let lines: [Line]
    let boundaries: String
    let timeTicks: [String]

    func markup() -> Markup {
        let kind = axis.isLogarithmic ? "log" : "linear"
        return """
            <div class="lane-head"><b>\(title)</b> <small>\(note)</small></div>
            <div class="lane" style="height:\(height)px"><div class="ya">\(tickLabels)</div>\
            <svg viewBox="0 0 2000 1000" preserveAspectRatio="none" role="img" \
            data-low="\(Figures.coordinate(axis.low, places: 4))" \
            data-high="\(Figures.coordinate(axis.high, places: 4))" data-scale="\(kind)" \
            data-decimals="\(decimals)">\
            <title>\(title): \(lines.map { "\($0.name) \($0.value)" }.joined(separator: ", "))</title>
            <path class="grid" d="\(grid)"/><path class="cuts" d="\(boundaries)"/>
            \(lines.map(drawn))</svg><div class="ra">\(names)</div></div>

            """
    }

    private var grid: String {
        axis.ticks.map { "M0 \(Trace.y($0, axis))H2000" }.joined() + timeTicks.map { "M\($0) 0V1000" }.joined()
    }

    private var tickLabels: [Markup] {
        axis.ticks.map { tick in
            let top = Figures.coordinate((1 - axis.position(tick)) * 100, places: 2)
            return "<span style=\"top:\(top)%\">\(Figures.fixed(tick, tick == tick.rounded() ? 0 : 1))</span>"
        }
    }

    private func classes(_ line: Line) -> String {
        "r\(line.number) c\(line.style)\(line.isAlternate ? " alt" : "")"
    }

    private func drawn(_ line: Line) -> Markup {
        let goal: Markup =
            line.target.map { "<path class=\"goal\" d=\"M0 \(Trace.y($0, axis))H2000\"/>" as Markup } ?? ""
        let extreme: Markup =
            line.trace.extreme.isEmpty ? "" : "<path class=\"low\" d=\"\(Markup(verbatim: line.trace.extreme))\"/>"
        return """
            <g class="\(classes(line))">\(goal)\(extreme)\
            <path class="line" d="\(Markup(verbatim: line.trace.line))"/></g>

            """
    }

    /// The names beside the lines. Those that are shown at first are pushed apart where they would cover each other;
    /// the script does the same for another choice.
    private var names: [Markup] {
        let room = Double(height)
        let natural = lines.map { (1 - axis.position($0.level)) * room }
        var tops = natural
        let order = tops.indices.filter { lines[$0].isChosen }.sorted { (tops[$0], $0) < (tops[$1], $1) }
        let gap = min(16, room / Double(max(order.count, 1)))
        for (above, below) in zip(order, order.dropFirst()) { tops[below] = max(tops[below], tops[above] + gap) }
        var floor = room
        for position in order.reversed() {
            tops[position] = min(tops[position], floor)
            floor = tops[position] - gap
        }
        return lines.indices.map { position in
            let (line, top) = (lines[position], tops[position])
            return """
                <span class="\(classes(line))" data-top="\(Figures.coordinate(natural[position]))" \
                style="top:\(Figures.coordinate(top))px"><b>\(line.name)</b> <i>\(line.value)</i></span>
                """
        }
    }
}
