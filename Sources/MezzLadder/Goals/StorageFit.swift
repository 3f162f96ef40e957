/// Makes a ladder fit its storage budget by lowering the quality above which there is no rung.
///
/// The top falls first and the bottom never. The top rung takes about half of a ladder's bytes and its last points of
/// VMAF cost 25 to 30% of its bits each, so this is where a byte saved costs viewers least; a viewer without the
/// bottom rung has nothing to watch, and it saves next to nothing. Rungs that lie above the lowered top become one,
/// the others stay or are placed anew below it.
struct StorageFit {
    let budget: StorageBudget
    /// The ladder under a ceiling, from the frontiers alone.
    let estimate: (Double) -> LadderDraft
    /// The ladder under a ceiling, solved.
    let solve: (Double) -> LadderDraft

    /// How often a solved ladder may be larger than estimated before rungs are dropped.
    private static let rounds = 4

    /// The ladder under the highest ceiling in `range` whose rungs fit. Rungs may be missing entirely when even the
    /// lowest ceiling's do not fit.
    func fitted(_ range: ClosedRange<Double>) -> LadderDraft {
        var draft = solve(range.upperBound)
        guard draft.totalBps > budget.totalBps else { return draft }
        let full = draft.totalBps
        var allowed = budget.totalBps
        for _ in 0..<Self.rounds where draft.totalBps > budget.totalBps {
            draft = solve(highest(range, totalBps: allowed))
            allowed *= min(budget.totalBps / draft.totalBps, 1) * 0.999
        }
        draft.dropDearest(over: budget)
        draft.notes.append(note(draft, full: full))
        return draft
    }

    /// The highest ceiling whose estimated rungs add up to no more than `total`; the lowest when none do.
    private func highest(_ range: ClosedRange<Double>, totalBps total: Double) -> Double {
        var (low, high) = (range.lowerBound, range.upperBound)
        for _ in 0..<24 {
            let middle = (low + high) / 2
            if estimate(middle).totalBps <= total { low = middle } else { high = middle }
        }
        return low
    }

    private func note(_ draft: LadderDraft, full: Double) -> String {
        "storage: the ladder would take \(megabytes(budget.bytes(totalBps: full))) of the \(megabytes(budget.bytes)) "
            + "allowed, so its top is lowered to \(vmafText(draft.rungs.first?.vmaf ?? 0))"
    }
}

extension LadderDraft {
    /// Drops the dearest rung while the rungs exceed the budget.
    mutating func dropDearest(over budget: StorageBudget) {
        while totalBps > budget.totalBps, let dearest = rungs.indices.max(by: { rungs[$0].bps < rungs[$1].bps }) {
            rungs.remove(at: dearest)
        }
    }
}
