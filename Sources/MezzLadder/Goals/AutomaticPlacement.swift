/// Places rungs one step apart from the ceiling down; when they do not fit, with larger steps, so that the bottom is
/// still reached.
struct AutomaticPlacement {
    let placement: RungPlacement
    let solver: RungSolver

    /// Best first.
    func rungs() -> [LadderRung] {
        let rules = placement.rules
        for step in stride(from: rules.stepVMAF, to: rules.stepVMAF * 2, by: 0.5) {
            let rungs = rungs(step: step, limit: rules.mostRungs + 1)
            if rungs.count <= rules.mostRungs { return rungs }
        }
        return rungs(step: rules.stepVMAF * 2, limit: rules.mostRungs)
    }

    private func rungs(step: Double, limit: Int) -> [LadderRung] {
        var rungs: [LadderRung] = []
        var spot = limit > 0 ? placement.top() : nil
        while let here = spot, let rung = solver.rung(at: here) {
            if let above = rungs.last, !isWorthwhile(rung, below: above) { break }
            rungs.append(rung)
            guard rungs.count < limit else { break }
            spot = placement.next(below: (rung.resolution, rung.bps, rung.vmaf), step: step)
        }
        return rungs
    }

    /// Neither dominating the rung above nor, by quantisation, under the lowest bitrate; 1% is interpolation error.
    private func isWorthwhile(_ rung: LadderRung, below above: LadderRung) -> Bool {
        rung.isUnder(above) && rung.bps >= placement.rules.leastBps * 0.99
    }
}
