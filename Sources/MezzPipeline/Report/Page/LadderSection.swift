import MezzCore

/// The ladder as a table: what was promised, what came out.
struct LadderSection {
    let context: PageContext

    func markup() -> Markup {
        guard !context.codecs.isEmpty else { return "" }
        let groups = context.codecs.map { group -> Markup in group.rungs.map { row($0.rung) }.joined() }
        let bodies = groups.map(\.html).joined(separator: "</tbody><tbody>")
        return .section(
            "ladder", "Ladder",
            note: """
                A promise is kept when the harmonic mean is at most \
                \(Figures.fixed(Report.Rung.promiseTolerance, 1)) VMAF below the target. p5: 95% of the frames are at \
                least this good. In the spread, the line begins at the worst frame and the bar at p5; the dot is the \
                mean, the dotted mark the target.
                """,
            .table(
                "Ladder", kind: "ladder",
                head: """
                    <tr><th rowspan="2">Rung</th><th rowspan="2">Profile, level</th><th rowspan="2">Picture</th>\
                    <th colspan="2" class="g">Bitrate, kbps</th><th colspan="6" class="g">VMAF</th>\
                    <th rowspan="2" class="wide">\(scale)</th>\
                    <th rowspan="2" class="n">Frames</th><th rowspan="2">Promise</th></tr>
                    <tr><th class="n">average</th><th class="n">peak</th><th class="n">target</th>\
                    <th class="n">expected</th><th class="n">mean</th><th class="n">harmonic</th><th class="n">p5</th>\
                    <th class="n">min</th></tr>
                    """,
                rows: Markup(verbatim: bodies)))
    }

    private func row(_ rung: Report.Rung) -> Markup {
        let quality = rung.quality
        let values = [
            rung.targetVMAF, rung.predictedVMAF, quality?.mean, quality?.harmonicMean, quality?.p5, quality?.min,
        ]
        return """
            <tr><th scope="row">\(context.mark(of: rung.size))<code>\(rung.id)</code></th>\
            <td>\(rung.codec.title) \(rung.profile), \(rung.level)</td>\
            <td>\(rung.width)×\(rung.height) <small>\(rung.bitDepth) bit</small></td>\
            <td class="n">\(Figures.kbps(rung.averageBPS))</td><td class="n">\(Figures.kbps(rung.peakBPS))</td>\
            \(values.map { "<td class=\"n\">\(Figures.fixed($0, 1))</td>" as Markup })\
            <td class="wide">\(spread(rung))</td><td class="n">\(Figures.count(rung.frames))</td>\
            <td>\(promise(rung))</td></tr>

            """
    }

    private func promise(_ rung: Report.Rung) -> Markup {
        switch rung.promiseMet {
        case true: return "<span class=\"yes\">✓ kept</span>"
        case false:
            guard let target = rung.targetVMAF, let mean = rung.quality?.harmonicMean, mean < target else {
                return "<span class=\"no\">✕ missed</span>"
            }
            return "<span class=\"no\">✕ missed by \(Figures.fixed(target - mean, 1))</span>"
        case nil: return "<span class=\"none\">\(Figures.none)</span>"
        }
    }

    /// The scale over the spreads.
    private var scale: Markup {
        let axis = axis
        let labels = axis.ticks.map { tick -> Markup in
            let x = Figures.coordinate(12 + axis.position(tick) * 146)
            return "<text x=\"\(x)\" y=\"16\">\(Figures.fixed(tick, 0))</text>"
        }
        return "Spread<svg class=\"spread\" viewBox=\"0 0 170 20\" aria-hidden=\"true\">\(labels)</svg>"
    }

    /// One scale for all rungs, so that the rows can be compared.
    private var axis: Axis {
        let lowest = context.report.ladder.rungs.flatMap {
            [$0.quality?.min, $0.quality?.p5, $0.quality?.mean, $0.targetVMAF]
        }
        .compactMap(\.self).min()
        return .quality(lowest: lowest ?? 0, steps: 5)
    }

    /// A line from the worst frame to the mean with a tick at p5, a dot at the mean and a mark at the target.
    private func spread(_ rung: Report.Rung) -> Markup {
        guard let mean = rung.quality?.mean else { return "" }
        let axis = axis
        func x(_ value: Double) -> String { Figures.coordinate(12 + axis.position(value) * 146) }
        var marks = Markup()
        for tick in axis.ticks { marks += "<path class=\"grid\" d=\"M\(x(tick)) 2V18\"/>" }
        if let low = rung.quality?.min { marks += "<path class=\"span\" d=\"M\(x(low)) 10H\(x(mean))\"/>" }
        if let p5 = rung.quality?.p5 {
            marks += "<path class=\"body\" d=\"M\(x(p5)) 10H\(x(mean))\"/><path class=\"tick\" d=\"M\(x(p5)) 6V14\"/>"
        }
        if let target = rung.targetVMAF { marks += "<path class=\"goal\" d=\"M\(x(target)) 2V18\"/>" }
        marks += "<circle cx=\"\(x(mean))\" cy=\"10\" r=\"3.2\"/>"
        let values = [
            ("min", rung.quality?.min), ("p5", rung.quality?.p5), ("mean", mean), ("target", rung.targetVMAF),
        ]
        let list = values.map { "\($0.0) \(Figures.fixed($0.1, 1))" }.joined(separator: ", ")
        let title = "VMAF \(Figures.fixed(axis.low, 0)) to 100: \(list)"
        return """
            <svg class="spread c\(context.style(of: rung.size))" viewBox="0 0 170 20" role="img">\
            <title>\(title)</title>\
            \(marks)</svg>
            """
    }
}
