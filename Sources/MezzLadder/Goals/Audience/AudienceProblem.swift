/// Which candidates to take so that viewers get the most quality on average: a p-median problem (S. L. Hakimi, 1964),
/// with an optional bound on the candidates' bitrates together.
struct AudienceProblem {
    let candidates: [AudienceCandidate]
    /// Most candidates that may be taken, above 0.
    let most: Int
    /// Each candidate's share of the storage budget; 0 without one.
    let costs: [Double]
    /// The share of the viewers in each group that has any.
    let shares: [Double]

    private let kinds: Int
    /// Where the groups of each kind end in `shares`, by kind.
    private let ends: [Int]
    /// For each candidate and kind the first group that affords it, or the kind's end.
    private let starts: [Int]

    init(candidates: [AudienceCandidate], groups: ViewerGroups, most: Int, totalBps: Double?) {
        self.candidates = candidates
        self.most = most
        kinds = groups.kinds
        costs = candidates.map { candidate in totalBps.map { candidate.bps / $0 } ?? 0 }
        var (shares, ends): ([Double], [Int]) = ([], [])
        // Groups without viewers are left out; before each budget's group so many of its kind are kept.
        var kept: [[Int]] = []
        for kind in 0..<groups.kinds {
            var positions: [Int] = []
            for budget in groups.budgets.indices {
                positions.append(shares.count)
                let share = groups.share(kind: kind, budget: budget)
                if share > 0 { shares.append(share) }
            }
            ends.append(shares.count)
            kept.append(positions)
        }
        self.shares = shares
        self.ends = ends
        starts = candidates.flatMap { candidate in
            (0..<groups.kinds).map { kind in
                guard kind >= candidate.kind, candidate.budget < groups.budgets.count else { return ends[kind] }
                return kept[kind][candidate.budget]
            }
        }
    }

    /// The groups that can get candidate `index`, as runs of positions in `shares`.
    @inline(__always)
    func forEachRun(of index: Int, _ body: (Range<Int>) -> Void) {
        for kind in candidates[index].kind..<kinds {
            let start = starts[index * kinds + kind]
            if start < ends[kind] { body(start..<ends[kind]) }
        }
    }

    /// Whether these candidates fit the storage budget and the number of rungs.
    func fits(_ chosen: [Int]) -> Bool {
        chosen.count <= most && chosen.reduce(0) { $0 + costs[$1] } <= 1
    }

    /// The best VMAF among `chosen` for every group, 0 for those who can get none.
    func delivered(_ chosen: [Int]) -> [Double] {
        var best = Array(repeating: 0.0, count: shares.count)
        for index in chosen {
            let vmaf = candidates[index].vmaf
            forEachRun(of: index) { run in
                for group in run where best[group] < vmaf { best[group] = vmaf }
            }
        }
        return best
    }

    /// VMAF averaged over all viewers with the candidates `chosen`; viewers who can get none count as 0.
    func value(_ chosen: [Int]) -> Double {
        zip(shares, delivered(chosen)).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// What candidate `index` adds to the average where groups have `best` so far.
    func gain(_ index: Int, over best: [Double]) -> Double {
        let vmaf = candidates[index].vmaf
        var sum = 0.0
        forEachRun(of: index) { run in
            for group in run { sum += shares[group] * max(vmaf - best[group], 0) }
        }
        return sum
    }
}
