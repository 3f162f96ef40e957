/// Branch and bound over an audience's candidates.
struct AudienceSearch {
    /// The best choice found.
    private(set) var chosen: [Int] = []
    /// VMAF averaged over all viewers with it.
    private(set) var value = 0.0
    /// How much more another choice may give; 0 when the search has proved that none gives more than `tolerance`.
    private(set) var gap = 0.0

    /// What no choice exceeds.
    private var ceiling = Double.infinity
    /// Products computed so far.
    private var work = 0

    private let problem: AudienceProblem
    private let relaxation: AudienceRelaxation

    /// Differences of average VMAF that do not matter.
    static let tolerance = 1e-3
    /// A search of more products, some hundredths of a second, is given up: its best choice stands.
    static let mostWork = 100_000_000

    init(_ problem: AudienceProblem) {
        self.problem = problem
        relaxation = AudienceRelaxation(problem: problem)
        improve()
        let best = problem.delivered(chosen)
        let prices = AudienceRelaxation.Prices(groups: best, storage: 0)
        search(Array(repeating: .open, count: problem.candidates.count), prices, steps: 800)
    }

    /// Takes the candidate that adds most until none does or fits, then swaps while that helps.
    private mutating func improve() {
        var choice: [Int] = []
        while choice.count < problem.most {
            let best = problem.delivered(choice)
            let gains = problem.candidates.indices.map {
                problem.fits(choice + [$0]) ? problem.gain($0, over: best) : 0
            }
            guard let index = gains.indices.max(by: { gains[$0] < gains[$1] }), gains[index] > 0 else { break }
            choice.append(index)
        }
        consider(swapped(choice))
    }

    private func swapped(_ start: [Int]) -> [Int] {
        var choice = start
        var value = problem.value(choice)
        var isBetter = true
        while isBetter {
            isBetter = false
            for position in choice.indices {
                let others = choice.enumerated().filter { $0.offset != position }.map(\.element)
                let best = problem.delivered(others)
                let base = problem.value(others)
                for index in problem.candidates.indices where problem.fits(others + [index]) {
                    let reached = base + problem.gain(index, over: best)
                    guard reached > value + 1e-9 else { continue }
                    (choice[position], value, isBetter) = (index, reached, true)
                }
            }
        }
        return choice
    }

    private mutating func consider(_ choice: [Int]) {
        guard problem.fits(choice) else { return }
        let reached = problem.value(choice)
        if reached > value { (chosen, value) = (choice.sorted(), reached) }
    }

    private mutating func search(
        _ decisions: [AudienceRelaxation.Decision], _ start: AudienceRelaxation.Prices, steps: Int
    ) {
        guard work < Self.mostWork else {
            gap = max(ceiling - value, 0)
            return
        }
        let taken = decisions.indices.filter { decisions[$0] == .taken }
        guard problem.fits(taken) else { return }
        var (decisions, prices, seen) = (decisions, start, Set<[Int]>())
        let bound = relaxation.lowest(decisions, &prices, goal: value, steps: steps) {
            seen.insert($0.sorted())
            work += problem.candidates.count * problem.shares.count
        }
        seen.insert(bound.chosen.sorted())
        // The first bound holds for every choice, later ones for their branch alone.
        if ceiling == .infinity { ceiling = bound.value }
        for choice in seen { consider(choice) }
        guard bound.value > value + Self.tolerance else { return }
        decide(&decisions, bound)
        let open = decisions.indices.filter { decisions[$0] == .open }
        guard let branch = open.max(by: { bound.worths[$0] < bound.worths[$1] }),
            decisions.count(where: { $0 == .taken }) < problem.most
        else {
            consider(decisions.indices.filter { decisions[$0] == .taken })
            return
        }
        for decision in [AudienceRelaxation.Decision.taken, .left] {
            decisions[branch] = decision
            search(decisions, prices, steps: 40)
        }
    }

    /// Decides what the bound already proves: leaving a candidate, or taking it, would bring the bound under the value.
    private func decide(_ decisions: inout [AudienceRelaxation.Decision], _ bound: AudienceRelaxation.Bound) {
        let chosen = Set(bound.chosen)
        for index in decisions.indices where decisions[index] == .open {
            let worth = bound.worths[index]
            if chosen.contains(index) {
                if bound.value - worth + bound.next <= value + Self.tolerance { decisions[index] = .taken }
            } else if bound.value + worth - bound.last <= value + Self.tolerance {
                decisions[index] = .left
            }
        }
    }
}
