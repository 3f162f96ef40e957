import Foundation

/// Places the rungs that serve an audience best.
struct AudiencePlacement {
    let placement: RungPlacement
    let solver: RungSolver

    /// How many budgets are looked at together; more are looked at where the first look found rungs.
    static let mostBudgets = 64

    /// Best first.
    func draft(_ audience: Audience) -> LadderDraft {
        let heights = Set(placement.frontiers.map(\.resolution.height)).sorted()
        let entries = audience.entries(heights: heights, headroom: placement.rules.headroom)
        let most = audience.rungs ?? placement.rules.mostRungs
        let all = Set(entries.map(\.budget)).sorted()
        let coarse = budgets(all)
        var choice = solve(entries, budgets: coarse, heights: heights, most: most)
        if all.count > Self.mostBudgets, !choice.candidates.isEmpty {
            let fine = refined(all, coarse, around: choice.candidates.map(\.bps))
            let second = solve(entries, budgets: fine, heights: heights, most: most)
            if second.value > choice.value { choice = second }
        }
        let rungs = choice.candidates.compactMap(rung)
        return LadderDraft(rungs: rungs, notes: notes(choice, rungs))
    }

    private struct Choice {
        let candidates: [AudienceCandidate]
        let value: Double
        let gap: Double
    }

    private func solve(
        _ entries: [ViewerGroups.Entry], budgets: [Double], heights: [Int], most: Int
    ) -> Choice {
        let candidates = placement.candidates(budgets: budgets, heights: heights)
        let groups = ViewerGroups(entries, budgets: budgets, kinds: heights.count)
        let problem = AudienceProblem(
            candidates: candidates, groups: groups, most: most, totalBps: placement.rules.storage?.totalBps)
        let search = AudienceSearch(problem)
        return Choice(candidates: search.chosen.map { candidates[$0] }, value: search.value, gap: search.gap)
    }

    private func rung(_ candidate: AudienceCandidate) -> LadderRung? {
        solver.rung(at: .init(resolution: candidate.resolution, vmaf: candidate.vmaf, goal: .bps(candidate.bps)))
    }

    /// At most `mostBudgets` of all budgets, evenly apart in ratio; with a storage budget also ones that nobody has.
    private func budgets(_ all: [Double]) -> [Double] {
        guard let low = all.first, let high = all.last else { return [] }
        let ratio = max(high / low, 1 + 1e-9)
        func step(_ index: Int) -> Double { low * pow(ratio, Double(index) / Double(Self.mostBudgets - 1)) }
        var chosen = all
        if all.count > Self.mostBudgets {
            chosen = (0..<Self.mostBudgets).map { all[min(all.firstIndex(notBelow: step($0)), all.count - 1)] }
        }
        if placement.rules.storage != nil { chosen += (0..<Self.mostBudgets / 2).map { step($0 * 2) } }
        return Set(chosen).sorted()
    }

    /// The budgets near those of chosen rungs: all between the coarse ones beside them, thinned evenly.
    private func refined(_ all: [Double], _ coarse: [Double], around chosen: [Double]) -> [Double] {
        var kept: Set<Double> = []
        for bps in chosen {
            let index = coarse.firstIndex(notBelow: bps)
            let low = coarse[max(index - 1, 0)]
            let high = coarse[min(index + 1, coarse.count - 1)]
            let near = all[all.firstIndex(notBelow: low)..<all.firstIndex(notBelow: high)]
            let stride = max(1, near.count / (Self.mostBudgets / chosen.count))
            kept.formUnion(near.enumerated().filter { $0.offset % stride == 0 }.map(\.element))
            kept.formUnion([low, high, coarse[min(index, coarse.count - 1)]])
        }
        return kept.sorted()
    }

    private func notes(_ choice: Choice, _ rungs: [LadderRung]) -> [String] {
        guard !rungs.isEmpty else { return ["no viewer's bandwidth affords an encode within the limits"] }
        let average = "viewers get \(vmafText(choice.value)) on average"
        let gap = (choice.gap * 100).rounded(.up) / 100
        return [gap > 0 ? average + "; another choice of rungs may give up to \(gap) more" : average]
    }
}
