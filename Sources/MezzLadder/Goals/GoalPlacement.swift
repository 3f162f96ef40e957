/// Places the rungs of any goal.
struct GoalPlacement {
    let placement: RungPlacement
    let solver: RungSolver

    /// Best first, with the extra rungs of limited sessions; those of an audience come out of what storage is left.
    func draft(_ goal: LadderGoal) -> LadderDraft {
        var draft = main(goal)
        let limited = LimitedSessions(placement: placement, solver: solver)
        let room = goal.isAudience ? placement.rules.storage?.totalBps ?? .infinity : .infinity
        for height in placement.rules.limits {
            for extra in limited.extras(height: height, beside: draft.rungs) where draft.totalBps + extra.bps <= room {
                draft.rungs.append(extra)
            }
        }
        draft.rungs = draft.rungs.undominated().withOrderedPromises()
        return draft
    }

    private func main(_ goal: LadderGoal) -> LadderDraft {
        switch goal {
        case .automatic: automatic
        case .qualities(let values):
            Set(values).count > 1
                ? QualityPlacement(placement: placement, solver: solver).draft(values) : below(values.first)
        case .bitrates(let values): BitratePlacement(placement: placement, solver: solver).draft(values)
        case .count(let count): CountPlacement(placement: placement, solver: solver).draft(count)
        case .audience(let audience): AudiencePlacement(placement: placement, solver: solver).draft(audience)
        }
    }

    private func below(_ top: Double?) -> LadderDraft {
        var draft = automatic
        if let top, let best = placement.bestVMAF, top > best, let rung = draft.rungs.first {
            draft.notes.append("\(vmafText(top)) is out of reach: the best that can be had is \(vmafText(rung.vmaf))")
        }
        return draft
    }

    private var automatic: LadderDraft {
        LadderDraft(rungs: AutomaticPlacement(placement: placement, solver: solver).rungs())
    }
}

extension LadderGoal {
    /// The pooled VMAF above which this goal wants no rung: what is asked for, or the rules' top.
    func ceiling(_ rules: LadderRules) -> Double {
        guard case .qualities(let values) = self else { return rules.topVMAF }
        return values.max() ?? rules.topVMAF
    }
}
