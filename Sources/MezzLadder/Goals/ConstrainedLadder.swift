/// A ladder for a goal that keeps every limit of the rules, or the reason why there is none.
struct ConstrainedLadder {
    /// Smallest resolution first; at least one.
    let frontiers: [RungPlacement.Choice]
    let rules: LadderRules
    let solver: RungSolver
    /// As the solver, from the frontiers alone.
    let estimator: RungSolver

    func result(_ goal: LadderGoal) throws(LadderError) -> LadderResult {
        let ceilings = try ceilings(goal)
        let draft = draft(goal, ceilings)
        guard !draft.rungs.isEmpty else {
            throw .noRungLeft(draft.notes.isEmpty ? ["no encode lies between the limits"] : draft.notes)
        }
        return LadderResult(rungs: draft.rungs, notes: draft.notes)
    }

    private func draft(_ goal: LadderGoal, _ ceilings: ClosedRange<Double>) -> LadderDraft {
        let solve = { (ceiling: Double) in placement(solver, ceiling).draft(goal) }
        guard let budget = rules.storage else { return solve(goal.ceiling(rules)) }
        // An audience's rungs are chosen within the budget: it says itself what it misses least. Rounding is left.
        guard !goal.isAudience else {
            var draft = solve(goal.ceiling(rules))
            draft.dropDearest(over: budget)
            return draft
        }
        let estimate = { (ceiling: Double) in placement(estimator, ceiling).draft(goal) }
        return StorageFit(budget: budget, estimate: estimate, solve: solve).fitted(ceilings)
    }

    private func placement(_ solver: RungSolver, _ ceiling: Double) -> GoalPlacement {
        GoalPlacement(
            placement: RungPlacement(frontiers: frontiers, rules: rules, ceiling: ceiling), solver: solver)
    }

    /// From the quality of the cheapest rung allowed to the goal's own ceiling.
    private func ceilings(_ goal: LadderGoal) throws(LadderError) -> ClosedRange<Double> {
        let highest = goal.ceiling(rules)
        let placement = RungPlacement(frontiers: frontiers, rules: rules, ceiling: highest)
        let cheapest = frontiers.map(\.frontier.leastBps).min() ?? .infinity
        if let maximum = rules.maximumBps, maximum < cheapest {
            throw .maximumBelowCheapest(maximum: maximum, cheapest: cheapest)
        }
        let saturation = placement.top().flatMap(placement.bps) ?? cheapest
        if let minimum = rules.minimumBps, !rules.reachesMinimum(saturation) {
            throw .minimumAboveSaturation(minimum: minimum, saturation: saturation)
        }
        let least = max(cheapest, rules.minimumBps ?? 0)
        if let storage = rules.storage, least > storage.totalBps {
            throw .storageBelowCheapest(bytes: storage.bytes, needed: storage.bytes(totalBps: least))
        }
        // A millionth more bits: the frontier's own start counts as within them.
        let lowest = placement.spot(budget: least * 1.000_001, among: frontiers)?.vmaf ?? highest
        return min(lowest, highest)...highest
    }
}

extension LadderGoal {
    var isAudience: Bool {
        if case .audience = self { true } else { false }
    }
}
