import MezzCore

/// One codec's rate–quality plot.
struct RateQualityPlot {
    let context: PageContext
    let codec: CodecFamily
    let rungs: [Report.Rung]
    let curves: [TitleCurve]

    /// More trial encodes than this are thinned out evenly.
    private static let maximumPoints = 900
    private static let (left, right, top, bottom) = (44.0, 14.0, 14.0, 46.0)

    func markup(rate: Axis, quality: Axis, width: Double, height: Double) -> Markup {
        let frame = Frame(
            rate: rate, quality: quality,
            area: (Self.left, Self.top, width - Self.right, height - Self.bottom))
        let cloud = cloud(frame)
        let isSparse = cloud.marks.count <= 60
        let lines = curves.map { line($0, frame) }.joined()
        let notes = cloud.notes.isEmpty ? "" : " <small>\(cloud.notes)</small>" as Markup
        return """
            <figure><figcaption>\(codec.title)\(notes)</figcaption>
            <svg class="rq" viewBox="0 0 \(Int(width)) \(Int(height))" role="img"><title>\(summary)</title>
            \(frame.grid)
            \(hull(frame))\(isSparse ? lines : "")
            <g class="cloud\(isSparse ? " sparse" : "")">\(cloud.marks)</g>\(isSparse ? "" : lines)
            \(marks(frame))
            </svg></figure>

            """
    }

    private var summary: String {
        let list = rungs.map {
            "\($0.height)p \(Figures.rate($0.averageBPS)) VMAF \(Figures.fixed($0.quality?.mean, 1))"
        }
        return "\(codec.title), bitrate against VMAF. Rungs: \(list.joined(separator: "; "))"
    }

    private func cloud(_ frame: Frame) -> (marks: [Markup], notes: String) {
        let all = context.report.ladder.points.filter { $0.codec == codec && $0.bps > 0 && $0.vmaf != nil }
        let shown = all.filter { frame.contains(bps: Double($0.bps), vmaf: $0.vmaf ?? 0) }
        let stride = (shown.count + Self.maximumPoints - 1) / Self.maximumPoints
        let picked = stride > 1 ? shown.indices.filter { $0 % stride == 0 }.map { shown[$0] } : shown
        let scale = picked.count > 200 ? ".5" : picked.count > 60 ? ".7" : ".8"
        let marks = picked.map { point -> Markup in
            let style = context.style(of: point.size)
            let kind = point.measured ? "" : " guess"
            let place = "\(frame.x(Double(point.bps))) \(frame.y(point.vmaf ?? 0))"
            let recipe = "shot \(point.shot + 1), \(point.size), CRF \(Figures.coordinate(point.crf, places: 2))"
            let result = "\(Figures.kbps(point.bps)) kbps, VMAF \(Figures.fixed(point.vmaf, 1))"
            return """
                <use href="#m\(style)" class="c\(style)\(kind)" transform="translate(\(place))scale(\(scale))">\
                <title>\(recipe): \(result)</title></use>
                """
        }
        let total = "\(Figures.count(all.count)) trial encodes"
        var notes: [String] = []
        if picked.count < shown.count {
            notes.append("\(Figures.count(picked.count)) of \(total) drawn")
        } else if shown.count < all.count {
            notes.append("\(Figures.count(all.count - shown.count)) of \(total) outside the axes")
        }
        return (marks, notes.joined(separator: "; "))
    }

    private func line(_ curve: TitleCurve, _ frame: Frame) -> Markup {
        """
        <path class="curve c\(context.style(of: curve.size))" d="\(frame.path(curve.places))"><title>\
        \(curve.size.width)×\(curve.size.height), whole title at constant CRF</title></path>
        """
    }

    private func hull(_ frame: Frame) -> Markup {
        let given = context.report.ladder.hull.filter { $0.codec == codec }
            .map { TitleCurve.Place(bps: Double($0.bps), vmaf: $0.vmaf) }
        let places = given.isEmpty ? TitleCurve.hull(of: curves.flatMap(\.places)) : given.sorted { $0.bps < $1.bps }
        let inside = places.filter { frame.contains(bps: $0.bps, vmaf: $0.vmaf) }
        guard inside.count > 1 else { return "" }
        return "<path class=\"hull\" d=\"\(frame.path(inside))\"><title>Convex hull over picture sizes</title></path>"
    }

    private func marks(_ frame: Frame) -> Markup {
        let placed = rungs.compactMap { rung -> (rung: Report.Rung, x: Double, y: Double)? in
            guard let mean = rung.quality?.mean, rung.averageBPS > 0 else { return nil }
            return (rung, frame.across(Double(rung.averageBPS)), frame.down(mean))
        }
        var labels = LabelPlacer(area: frame.area, taken: placed.map { ($0.x, $0.y) })
        var result = Markup()
        for (rung, x, y) in placed {
            let style = context.style(of: rung.size)
            let label = labels.place(width: Double(rung.height.description.count + 1) * 6.8, nextTo: (x, y))
            let quality = [("mean", rung.quality?.mean), ("harmonic", rung.quality?.harmonicMean)]
                .map { "\($0.0) \(Figures.fixed($0.1, 1))" }.joined(separator: ", ")
            let title = "\(rung.id): \(Figures.kbps(rung.averageBPS)) kbps, VMAF \(quality)"
            result += """
                <g class="rung"><use href="#m\(style)" class="c\(style)" transform="translate(\(Figures.coordinate(x)) \
                \(Figures.coordinate(y)))scale(1.5)"/><text x="\(Figures.coordinate(label.x))" \
                y="\(Figures.coordinate(label.y))">\(rung.height)p</text><title>\(title)</title></g>

                """
        }
        return result
    }
}

extension RateQualityPlot {
    /// The drawing area with its axes.
    struct Frame {
        let rate: Axis
        let quality: Axis
        /// Edges in the plot's units.
        let area: (left: Double, top: Double, right: Double, bottom: Double)

        func across(_ bps: Double) -> Double {
            area.left + rate.position(bps / 1000) * (area.right - area.left)
        }

        func down(_ vmaf: Double) -> Double { area.bottom - quality.position(vmaf) * (area.bottom - area.top) }

        func x(_ bps: Double) -> String { Figures.coordinate(across(bps)) }

        func y(_ vmaf: Double) -> String { Figures.coordinate(down(vmaf)) }

        func contains(bps: Double, vmaf: Double) -> Bool { rate.contains(bps / 1000) && quality.contains(vmaf) }

        func path(_ places: [TitleCurve.Place]) -> String {
            places.enumerated().map { "\($0.offset == 0 ? "M" : "L")\(x($0.element.bps)) \(y($0.element.vmaf))" }
                .joined()
        }

        /// Grid lines, tick labels and the axes' names.
        var grid: Markup {
            var result = Markup()
            let (left, right) = (Figures.coordinate(area.left), Figures.coordinate(area.right))
            let (top, bottom) = (Figures.coordinate(area.top), Figures.coordinate(area.bottom))
            for tick in quality.ticks {
                let y = down(tick)
                result += """
                    <path class="grid" d="M\(left) \(Figures.coordinate(y))H\(right)"/><text class="t e" \
                    x="\(Figures.coordinate(area.left - 7))" y="\(Figures.coordinate(y + 4))">\
                    \(Figures.coordinate(tick))</text>
                    """
            }
            for tick in rate.ticks {
                let x = Figures.coordinate(across(tick * 1000))
                result += """
                    <path class="grid" d="M\(x) \(top)V\(bottom)"/><text class="t m" x="\(x)" \
                    y="\(Figures.coordinate(area.bottom + 17))">\
                    \(Figures.fixed(tick, tick < 10 && tick != tick.rounded() ? 1 : 0))</text>
                    """
            }
            let middle = Figures.coordinate((area.left + area.right) / 2)
            result += """
                <path class="axis" d="M\(left) \(bottom)H\(right)"/><text class="t m" x="\(middle)" \
                y="\(Figures.coordinate(area.bottom + 37))">Average bitrate, kbps (logarithmic)</text>\
                <text class="t n" x="\(left)" \
                y="\(Figures.coordinate(area.top))" dx="6" dy="13">VMAF</text>
                """
            return result
        }
    }
}
