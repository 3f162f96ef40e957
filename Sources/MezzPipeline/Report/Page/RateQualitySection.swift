import MezzCore

/// Rate against quality: the operating points the ladder was chosen from, the hull and the rungs. One plot for each
/// codec, all on the same axes.
struct RateQualitySection {
    let context: PageContext

    func markup() -> Markup {
        guard !context.codecs.isEmpty else { return "" }
        let plots = context.codecs.map { group in
            RateQualityPlot(
                context: context, codec: group.codec, rungs: group.rungs.map(\.rung),
                curves: curves(of: group.codec))
        }
        let (rate, quality) = axes(plots)
        let width = plots.count == 1 ? 900.0 : plots.count == 2 ? 600 : 480
        let figures = plots.map {
            $0.markup(rate: rate, quality: quality, width: width, height: plots.count == 1 ? 440 : 400)
        }
        return .section(
            "rq", "Rate and quality", note: note,
            "<div class=\"plots p\(min(plots.count, 3))\">\(figures)</div>\n\(legend)")
    }

    private var points: [Report.Point] { context.report.ladder.points }

    private var note: Markup {
        if points.isEmpty { return "No trial encodes: the ladder alone." }
        let single = context.report.shots.count == 1
        return single
            ? """
            Small marks are trial encodes, lines join those of one picture size, large marks are the rungs of the \
            package.
            """
            : """
            Small marks are trial encodes of single shots; lines are the whole title at one picture size and constant \
            CRF, worked out from them; large marks are the rungs of the package.
            """
    }

    private func curves(of codec: CodecFamily) -> [TitleCurve] {
        let own = points.filter { $0.codec == codec }
        return context.sizes.compactMap { TitleCurve(size: $0, points: own, shots: context.report.shots) }
    }

    /// Wide enough for rungs, curves and nearly all trial encodes.
    private func axes(_ plots: [RateQualityPlot]) -> (rate: Axis, quality: Axis) {
        var rates = plots.flatMap {
            $0.rungs.map { Double($0.averageBPS) } + $0.curves.flatMap { $0.places.map(\.bps) }
        }
        var qualities = plots.flatMap { plot in
            plot.rungs.compactMap { $0.quality?.mean } + plot.curves.flatMap { $0.places.map(\.vmaf) }
        }
        let known = points.filter { $0.bps > 0 && $0.vmaf != nil }
        rates += Self.middle(known.map { Double($0.bps) })
        qualities += Self.middle(known.compactMap(\.vmaf))
        let positive = rates.filter { $0 > 0 && $0.isFinite }
        let low = (positive.min() ?? 1e5) / 1000 / 1.15
        let high = (positive.max() ?? 1e7) / 1000 * 1.15
        return (
            .logarithmic(low, high, maximumTicks: plots.count > 2 ? 7 : 9),
            .quality(lowest: (qualities.filter(\.isFinite).min() ?? 0) - 2, steps: 7)
        )
    }

    /// The range without the outermost fiftieth on either side, which would squeeze all others.
    private static func middle(_ values: [Double]) -> [Double] {
        let sorted = values.filter(\.isFinite).sorted()
        guard sorted.count > 400 else { return sorted }
        return [sorted[sorted.count / 50], sorted[sorted.count - 1 - sorted.count / 50]]
    }

    private var legend: Markup {
        let sizes = context.sizes.map { size -> Markup in
            "<span>\(context.mark(of: size)) \(size.width)×\(size.height)</span> "
        }
        var lines: Markup = ""
        if !points.isEmpty || !context.report.ladder.hull.isEmpty {
            lines += entry("<path class=\"hull\" d=\"M-12 0H12\"/>", "convex hull")
        }
        lines += entry("<use href=\"#m0\" transform=\"scale(1.4)\"/>", "rung")
        if points.contains(where: { !$0.measured }) {
            lines += entry("<use href=\"#m0\" class=\"guess\"/>", "predicted, not encoded")
        }
        return "<p class=\"legend\">\(sizes)\(lines)</p>"
    }

    private func entry(_ sign: Markup, _ meaning: String) -> Markup {
        """
        <span><svg class="swatch" viewBox="-12 -6 24 12" aria-hidden="true">\(sign)</svg> \(meaning)</span> \

        """
    }
}
