/// Places one rung for each quality asked for.
struct QualityPlacement {
    let placement: RungPlacement
    let solver: RungSolver

    /// Best first. Qualities above what the title can have give one rung, the best that can be had; those below its
    /// cheapest encode give that encode once.
    func draft(_ asked: [Double]) -> LadderDraft {
        var draft = LadderDraft()
        for target in reachable(Set(asked).sorted(by: >), &draft.notes) {
            let last = draft.rungs.last
            let spot = placement.spot(vmaf: target, among: placement.choices(upTo: last?.resolution))
            guard let rung = (spot ?? placement.top()).flatMap(solver.rung) else {
                draft.notes.append("\(vmafText(target)) is dropped: no encode lies between the limits of the bitrate")
                continue
            }
            if let last, !rung.isUnder(last) {
                draft.notes.append("\(vmafText(target)) is dropped: it costs no less than \(vmafText(last.vmaf))")
            } else {
                draft.rungs.append(rung)
            }
        }
        return draft
    }

    /// The qualities that can be had, best first.
    private func reachable(_ asked: [Double], _ notes: inout [String]) -> [Double] {
        guard let best = placement.bestVMAF.map({ min($0, placement.ceiling) }) else { return asked }
        // A ceiling that storage lowered comes as near to a quality asked for as its search is exact.
        let within = asked.filter { $0 <= best + 0.01 }
        let beyond = asked.filter { $0 > best + 0.01 }
        guard !beyond.isEmpty else { return within }
        let names = beyond.map(vmafText).joined(separator: ", ")
        // Nothing is gained at the very end of the range: see `saturationSlack`. A ceiling is no such end.
        let instead = best < placement.ceiling ? best - RungPlacement.saturationSlack : best
        notes.append(
            "\(names) is out of reach: the best that can be had is \(vmafText(max(instead, within.first ?? 0)))")
        return within.first.map { $0 >= instead } == true ? within : [instead] + within
    }
}
