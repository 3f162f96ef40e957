/// Places a number of rungs in equal steps of quality between the ceiling and the bottom.
///
/// Where equal steps would bring neighbours nearer than the least bitrate ratio, those keep the ratio and the other
/// steps share what is left: of all ladders that keep the ratio this one's steps differ least.
struct CountPlacement {
    let placement: RungPlacement
    let solver: RungSolver

    /// Best first; fewer than `count`, with a note, when the title's range has no room for more.
    func draft(_ count: Int) -> LadderDraft {
        guard let top = placement.top().flatMap(solver.rung) else { return LadderDraft() }
        var draft = LadderDraft(rungs: [top])
        for vmaf in qualities(below: top, count: count - 1) {
            guard let last = draft.rungs.last else { break }
            let spot = placement.spot(vmaf: vmaf, among: placement.choices(upTo: last.resolution))
            if let rung = spot.flatMap(solver.rung), rung.isUnder(last) { draft.rungs.append(rung) }
        }
        if draft.rungs.count < count {
            draft.notes.append(
                "\(count) rungs are not possible: between the bottom and \(vmafText(top.vmaf)) at \(kbps(top.bps)) "
                    + "is room for \(draft.rungs.count), each at least \(placement.rules.leastRatio) times the next")
        }
        return draft
    }

    /// The qualities of at most `count` rungs under the top, best first.
    private func qualities(below top: LadderRung, count: Int) -> [Double] {
        let choices = placement.choices(upTo: top.resolution)
        guard count > 0, let floor = placement.bottomBps(among: choices), floor <= top.bps,
            let bottom = placement.spot(budget: floor * 1.000_001, among: choices)?.vmaf, bottom < top.vmaf
        else { return [] }
        let start = Walk.Point(bps: top.bps, vmaf: top.vmaf)
        let walk = Walk(placement: placement, choices: choices, start: start, bottom: bottom)
        let room = min(count, walk.points(step: 0, limit: count).count)
        guard room > 0 else { return [] }
        var (low, high) = (0.0, top.vmaf - bottom)
        for _ in 0..<40 {
            let middle = (low + high) / 2
            if walk.points(step: middle, limit: room).count == room { low = middle } else { high = middle }
        }
        // The last rung lies on the bottom itself: no step was wasted.
        return walk.points(step: low, limit: room).map(\.vmaf)
    }
}

/// Steps down the frontiers, each of a quality or of the least ratio of bitrates, whichever is longer.
private struct Walk {
    struct Point {
        let bps: Double
        let vmaf: Double
    }

    let placement: RungPlacement
    let choices: [RungPlacement.Choice]
    let start: Point
    let bottom: Double

    /// Up to `limit` points under the start, none under the bottom.
    func points(step: Double, limit: Int) -> [Point] {
        var points: [Point] = []
        var here = start
        while points.count < limit, let next = next(below: here, step: step) {
            points.append(next)
            here = next
        }
        return points
    }

    private func next(below point: Point, step: Double) -> Point? {
        let most = point.bps / placement.rules.leastRatio
        guard let nearest = placement.spot(budget: most, among: choices)?.vmaf else { return nil }
        let vmaf = min(point.vmaf - step, nearest)
        // A billionth of VMAF: the bottom itself may be reached.
        guard vmaf >= bottom - 1e-9, vmaf < point.vmaf, let spot = placement.spot(vmaf: vmaf, among: choices),
            let bps = placement.bps(spot), bps < point.bps
        else { return nil }
        return Point(bps: min(bps, most), vmaf: vmaf)
    }
}
