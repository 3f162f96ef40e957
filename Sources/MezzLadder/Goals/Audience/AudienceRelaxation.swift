/// An upper bound on what an audience can be given, by Lagrangian relaxation.
///
/// Groups may take several candidates, but each pays its price, in VMAF, for being served; storage has a price too.
/// For any prices the best choice of candidates is read off one by one and gives a bound; subgradient steps towards
/// prices at which groups take one each lower it. G. Cornuéjols, M. L. Fisher, G. L. Nemhauser, "Location of bank
/// accounts to optimize float", Management Science 23 (1977); M. Held, P. Wolfe, H. P. Crowder, "Validation of
/// subgradient optimization", Mathematical Programming 6 (1974).
struct AudienceRelaxation {
    let problem: AudienceProblem

    /// What is decided of a candidate.
    enum Decision {
        case open
        case taken
        case left
    }

    /// What each group, and the storage budget as a whole, pays.
    struct Prices {
        var groups: [Double]
        var storage: Double
    }

    /// A bound and how it comes about.
    struct Bound {
        /// No admissible choice gives more.
        var value: Double
        /// What each candidate is worth at the prices.
        var worths: [Double]
        /// The candidates the bound takes: those decided first, then the others by falling worth.
        var chosen: [Int]
        /// The worth of the best open candidate that was not taken, at least 0.
        var next: Double
        /// The worth of the least open candidate that was taken, 0 when there was room for more.
        var last: Double
    }

    /// The bound at `prices`.
    func bound(_ decisions: [Decision], _ prices: Prices) -> Bound {
        let worths = problem.candidates.indices.map { worth($0, prices) }
        let taken = decisions.indices.filter { decisions[$0] == .taken }
        let open = decisions.indices.filter { decisions[$0] == .open && worths[$0] > 0 }
            .sorted { (worths[$1], $0) < (worths[$0], $1) }
        let room = max(problem.most - taken.count, 0)
        let chosen = taken + open.prefix(room)
        var value = zip(problem.shares, prices.groups).reduce(prices.storage) { $0 + $1.0 * $1.1 }
        for index in chosen { value += worths[index] }
        return Bound(
            value: value, worths: worths, chosen: chosen,
            next: open.dropFirst(room).first.map { worths[$0] } ?? 0,
            last: room > 0 && open.count >= room ? worths[open[room - 1]] : 0)
    }

    /// The lowest bound that so many steps find, its prices left in `prices`.
    ///
    /// - Parameters:
    ///   - goal: A value already reached by an admissible choice: below it a bound need not be improved.
    ///   - visit: Told every choice on the way.
    func lowest(
        _ decisions: [Decision], _ prices: inout Prices, goal: Double, steps: Int, visit: ([Int]) -> Void
    ) -> Bound {
        var best = bound(decisions, prices)
        var (current, here) = (best, prices)
        var (length, stale) = (1.0, 0)
        for _ in 0..<steps where best.value > goal && length > 0.002 {
            guard step(&here, current, length: length, goal: goal) else { break }
            current = bound(decisions, here)
            visit(current.chosen)
            if current.value < best.value {
                (best, prices, stale) = (current, here, 0)
            } else {
                stale += 1
                if stale == 10 { (length, stale, here, current) = (length / 2, 0, prices, best) }
            }
        }
        return best
    }

    private func worth(_ index: Int, _ prices: Prices) -> Double {
        problem.gain(index, over: prices.groups) - prices.storage * problem.costs[index]
    }

    /// Moves the prices against the subgradient; false at the lowest bound there is.
    private func step(_ prices: inout Prices, _ bound: Bound, length: Double, goal: Double) -> Bool {
        var slopes = Array(repeating: 1.0, count: prices.groups.count)
        for index in bound.chosen {
            let vmaf = problem.candidates[index].vmaf
            problem.forEachRun(of: index) { run in
                for group in run where vmaf > prices.groups[group] { slopes[group] -= 1 }
            }
        }
        let cost = bound.chosen.reduce(0) { $0 + problem.costs[$1] }
        let storageSlope = cost > 0 ? 1 - cost : 0
        let square = zip(problem.shares, slopes).reduce(storageSlope * storageSlope) { $0 + $1.0 * $1.1 * $1.1 }
        guard square > 1e-12 else { return false }
        let distance = length * (bound.value - goal) / square
        for group in slopes.indices {
            prices.groups[group] = min(max(prices.groups[group] - distance * slopes[group], 0), 100)
        }
        prices.storage = max(prices.storage - distance * storageSlope, 0)
        return true
    }
}
