/// Places one rung for each bitrate asked for.
struct BitratePlacement {
    let placement: RungPlacement
    let solver: RungSolver

    /// Best first. Bits beyond saturation are not spent: the first bitrate above it gives the rung that saturates,
    /// further ones none; bitrates below the cheapest encode give none either.
    func draft(_ asked: [Double]) -> LadderDraft {
        var draft = LadderDraft()
        let top = placement.top().flatMap(solver.rung)
        for bps in Set(asked).sorted(by: >) {
            if let top, bps >= top.bps {
                saturate(bps, top, &draft)
            } else {
                fill(bps, &draft)
            }
        }
        if asked.count > Set(asked).count { draft.notes.append("bitrates that were given twice are used once") }
        return draft
    }

    private func saturate(_ bps: Double, _ top: LadderRung, _ draft: inout LadderDraft) {
        if draft.rungs.isEmpty {
            draft.rungs.append(top)
            guard bps > top.bps * 1.01 else { return }
            draft.notes.append(
                "\(kbps(bps)) is not filled: its rung stops at \(kbps(top.bps)) and \(vmafText(top.vmaf))")
        } else {
            draft.notes.append("\(kbps(bps)) is dropped: the rung above it already stops at \(kbps(top.bps))")
        }
    }

    private func fill(_ bps: Double, _ draft: inout LadderDraft) {
        let last = draft.rungs.last
        guard let spot = placement.spot(budget: bps, among: placement.choices(upTo: last?.resolution)) else {
            draft.notes.append("\(kbps(bps)) is dropped: no encode of this title has so few bits")
            return
        }
        guard let rung = solver.rung(at: spot) else {
            draft.notes.append("\(kbps(bps)) is dropped: no encode lies between the limits of the bitrate")
            return
        }
        if let last, !rung.isUnder(last) {
            draft.notes.append("\(kbps(bps)) is dropped: it gives no other encode than the rung above it")
        } else {
            draft.rungs.append(rung)
        }
    }
}
