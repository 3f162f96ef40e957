import MezzCore

/// Quality and bitrate over time, for each codec: two charts on one time axis, with a choice of rungs.
struct TimeSection {
    let context: PageContext

    var hasContent: Bool {
        context.codecs.contains { group in group.rungs.contains { hasQuality($0.rung) || !$0.rung.segments.isEmpty } }
    }

    func markup() -> Markup {
        guard hasContent else { return "" }
        let starts = context.report.shots.map { String($0.firstFrame) }.joined(separator: ",")
        let rate = context.frameRate
        return .section(
            "time", "Over time",
            note: "Dashed lines are targets, faint verticals shot boundaries. Choose rungs with the boxes.",
            """
            <style>\(hidingRules)</style>
            <div class="times" data-frames="\(context.frames)" data-rate="\(rate.description)" data-shots="\(starts)">
            \(context.codecs.map(figure))</div>
            """)
    }

    private typealias Group = (codec: CodecFamily, rungs: [PageContext.NumberedRung])

    private func hasQuality(_ rung: Report.Rung) -> Bool {
        context.extras.frameScores[rung.id]?.contains(where: \.isFinite) == true
            || rung.shots.contains { $0.vmaf != nil }
    }

    /// The boxes work without a script: an unchecked one hides whatever bears its rung's number.
    private var hidingRules: Markup {
        let rules = context.codecs.flatMap(\.rungs)
            .map { ".times:has(#v\($0.number):not(:checked)) .r\($0.number){display:none}" }
        return Markup(verbatim: rules.joined(separator: "\n"))
    }

    private func figure(_ group: Group) -> Markup {
        let charts: Markup = "\(qualityLane(group))\(rateLane(group))"
        guard !charts.isEmpty else { return "" }
        let chosen = Self.chosen(group.rungs.count)
        let boxes = group.rungs.enumerated().map { position, entry -> Markup in
            let checked: Markup = chosen.contains(position) ? " checked=\"checked\"" : ""
            return """
                <label><input type="checkbox" id="v\(entry.number)"\(checked)/>\(context.mark(of: entry.rung.size))\
                \(entry.rung.height)p <small>\(Figures.rate(entry.rung.averageBPS))</small></label>

                """
        }
        return """
            <details class="time" open="open"><summary>\(group.codec.title) <output></output></summary>
            <div class="boxes" role="group" aria-label="\(group.codec.title) rungs shown">\(boxes)</div>
            \(charts)<div class="xa">\(timeLabels)</div></details>

            """
    }

    /// The rungs that are shown at first.
    private var chosenNumbers: Set<Int> {
        Set(context.codecs.flatMap { group in Self.chosen(group.rungs.count).map { group.rungs[$0].number } })
    }

    /// All rungs of a short ladder, else five spread over it with the first and the last.
    private static func chosen(_ count: Int) -> Set<Int> {
        count <= 6 ? Set(0..<count) : Set((0..<5).map { $0 * (count - 1) / 4 })
    }

    private var timeAxis: Axis { .time(seconds: context.seconds, steps: 10) }

    private var timeLabels: [Markup] {
        let axis = timeAxis
        return axis.ticks.enumerated().map { position, tick in
            let left = Figures.coordinate(axis.position(tick) * 100, places: 3)
            let kind = position % 2 == 1 ? "odd" : "even"
            return """
                <span class="\(kind)" style="left:\(left)%">\(Figures.clock(tick, step: axis.step))</span>
                """
        }
    }

    private var timeTicks: [String] {
        timeAxis.ticks.map { Figures.coordinate(timeAxis.position($0) * Trace.width) }
    }

    /// A few pixels apart, verticals over the whole height would be a grey sheet: then they are ticks at the foot.
    private var boundaries: String {
        let inner = context.report.shots.filter { $0.firstFrame > 0 }.prefix(Self.maximumBoundaries)
        let top = inner.count > 120 ? 960 : 0
        return inner.map { "M\(Trace.x($0.firstFrame, of: context.frames)) \(top)V1000" }.joined()
    }

    private static let maximumBoundaries = 5000

    private func alternates(_ rungs: [PageContext.NumberedRung]) -> [Bool] {
        var seen: [Resolution: Int] = [:]
        return rungs.map { entry in
            seen[entry.rung.size, default: 0] += 1
            return seen[entry.rung.size, default: 0] % 2 == 0
        }
    }

    private func qualityLane(_ group: Group) -> Markup {
        let measured = group.rungs.filter { hasQuality($0.rung) }
        guard !measured.isEmpty else { return "" }
        let scores = context.extras.frameScores
        let worst = measured.map { entry -> Double in
            let frames = scores[entry.rung.id]?.filter(\.isFinite).min().map(Double.init)
            let shots = entry.rung.shots.compactMap(\.vmaf).min()
            return min(frames ?? 100, shots ?? 100, entry.rung.targetVMAF ?? 100)
        }
        let axis = Axis.quality(lowest: worst.min() ?? 0, steps: 6)
        let isByFrame = measured.contains { scores[$0.rung.id]?.contains(where: \.isFinite) == true }
        let lines = zip(measured, alternates(measured)).map { entry, isAlternate in
            line(
                entry, isAlternate, value: Figures.fixed(entry.rung.quality?.mean, 1),
                level: entry.rung.quality?.mean ?? 100, target: entry.rung.targetVMAF,
                trace: qualityTrace(entry.rung, axis))
        }
        let thinning = lines.map(\.trace.thinning).max() ?? 1
        let note =
            thinning > 1
            ? "by frame; each point stands for \(thinning) frames: line the mean, faint line the worst"
            : isByFrame ? "by frame" : "by shot"
        return lane("VMAF", note, axis, decimals: 1, height: 240, lines)
    }

    private func qualityTrace(_ rung: Report.Rung, _ axis: Axis) -> Trace {
        if let scores = context.extras.frameScores[rung.id], scores.contains(where: \.isFinite) {
            return Trace(scores: scores, frames: context.frames, axis: axis)
        }
        let shots = Dictionary(context.report.shots.map { ($0.index, $0) }, uniquingKeysWith: { first, _ in first })
        let steps = rung.shots.compactMap { entry -> Trace.Step? in
            guard let shot = shots[entry.index], let vmaf = entry.vmaf else { return nil }
            return Trace.Step(first: shot.firstFrame, end: shot.endFrame, value: vmaf)
        }
        return Trace(steps: steps, frames: context.frames, axis: axis)
    }

    private func rateLane(_ group: Group) -> Markup {
        let coded = group.rungs.map { ($0, steps($0.rung)) }.filter { !$0.1.isEmpty }
        let rates = coded.flatMap { $0.1.map(\.value) }.filter { $0 > 0 }.sorted()
        guard !rates.isEmpty else { return "" }
        // Black or still stretches cost next to nothing and would take half the axis.
        let low = max(rates[rates.count / 50], (rates.last ?? 1) / 10_000)
        let axis = Axis.logarithmic(low / 1.2, (rates.last ?? 1) * 1.1, maximumTicks: 7)
        let lines = zip(coded, alternates(coded.map(\.0))).map { entry, isAlternate in
            line(
                entry.0, isAlternate, value: Figures.kbps(entry.0.rung.averageBPS),
                level: Double(entry.0.rung.averageBPS) / 1000, target: nil,
                trace: Trace(steps: entry.1, frames: context.frames, axis: axis))
        }
        let thinning = lines.map(\.trace.thinning).max() ?? 1
        let note =
            "by segment, logarithmic"
            + (thinning > 1 ? "; \(thinning) segments in one step, faint line the highest" : "")
        return lane("Bitrate, kbps", note, axis, decimals: 0, height: 190, lines)
    }

    /// Bitrate of each segment, kbps.
    private func steps(_ rung: Report.Rung) -> [Trace.Step] {
        rung.segments.compactMap { segment in
            let seconds = context.seconds(from: segment.firstFrame, to: segment.endFrame)
            guard seconds > 0 else { return nil }
            return Trace.Step(
                first: segment.firstFrame, end: segment.endFrame, value: Double(segment.bytes) * 8 / seconds / 1000)
        }
    }

    private func line(
        _ entry: PageContext.NumberedRung, _ isAlternate: Bool, value: String, level: Double, target: Double?,
        trace: Trace
    ) -> Lane.Line {
        Lane.Line(
            number: entry.number, style: context.style(of: entry.rung.size), isAlternate: isAlternate,
            isChosen: chosenNumbers.contains(entry.number), name: "\(entry.rung.height)p", value: value, level: level,
            target: target, trace: trace)
    }

    private func lane(
        _ title: String, _ note: String, _ axis: Axis, decimals: Int, height: Int, _ lines: [Lane.Line]
    ) -> Markup {
        Lane(
            title: title, note: note, axis: axis, decimals: decimals, height: height, lines: lines,
            boundaries: boundaries,
            timeTicks: timeTicks
        ).markup()
    }
}
