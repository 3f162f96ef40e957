/// Makes rungs of spots, within the limits on every rung's bitrate.
struct RungSolver {
    let rules: LadderRules
    let style: AllocationStyle
    /// The choice for a goal at a size; nil when the size cannot become a rung.
    let allocate: (LadderResolution, AllocationGoal) -> Allocation?

    /// Solves exactly, over the title's shots.
    static func exact(_ model: TitleModel, _ rules: LadderRules, _ style: AllocationStyle) -> RungSolver {
        RungSolver(rules: rules, style: style) { model.allocate(style, at: $0, for: $1) }
    }

    /// Reads bitrate and quality off the frontiers: rungs without shots, in microseconds, to search among ladders.
    static func estimating(
        _ frontiers: [RungPlacement.Choice], _ rules: LadderRules, _ style: AllocationStyle
    ) -> RungSolver {
        RungSolver(rules: rules, style: style) { size, goal in
            frontiers.first { $0.resolution == size }.flatMap { estimate($0.frontier, goal) }
        }
    }

    /// The rung, or nil when it cannot be made or no choice of its size lies between the limits.
    func rung(at spot: RungPlacement.Spot) -> LadderRung? {
        guard var allocation = allocate(spot.resolution, spot.goal) else { return nil }
        // A rung solved for bits promises what it is predicted to reach; one that fell short promises no more.
        var promise = if case .vmaf(let vmaf) = spot.goal { min(vmaf, allocation.vmaf) } else { allocation.vmaf }
        if let most = rules.maximumBps, allocation.bps > most {
            guard let within = allocate(spot.resolution, .bps(most)), within.meetsGoal else { return nil }
            allocation = within
            promise = min(promise, within.vmaf)
        }
        guard rules.reachesMinimum(allocation.bps) else { return nil }
        return LadderRung(resolution: spot.resolution, targetVMAF: promise, style: style, allocation: allocation)
    }

    private static func estimate(_ frontier: Frontier, _ goal: AllocationGoal) -> Allocation? {
        switch goal {
        case .vmaf(let target):
            let reached = min(max(target, frontier.leastVMAF), frontier.bestVMAF)
            return frontier.bps(vmaf: reached).map {
                Allocation(shots: [], bps: $0, vmaf: reached, meetsGoal: reached >= target)
            }
        case .bps(let budget):
            let bps = min(max(budget, frontier.leastBps), frontier.mostBps)
            return frontier.vmaf(bps: bps).map {
                Allocation(shots: [], bps: bps, vmaf: $0, meetsGoal: bps <= budget)
            }
        }
    }
}
