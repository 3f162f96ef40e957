/// Where every shot stands on its hull at a common slope.
///
/// Two slopes enclose the one looked for. As they close in, most shots stand at the same place for both and need no
/// search: a solve over 1,500 shots costs little more than its first few looks.
struct SlopeSearch {
    /// Steepest slope of any shot; nil when no shot has a choice.
    let steepest: Double?
    /// Flattest slope of any shot.
    let flattest: Double?

    private let starts: [Int]
    private let counts: [Int]
    private let gains: [Double]
    private let positions: [Int]

    init(_ shots: [ShotCandidates]) {
        counts = shots.map(\.hull.count)
        starts = startOffsets(counts)
        gains = shots.flatMap(\.gains)
        positions = shots.flatMap(\.hull)
        let runs = shots.lazy.map { $0.gains.dropFirst() }
        steepest = runs.compactMap(\.first).max()
        flattest = runs.compactMap(\.last).min()
    }

    /// Every shot at the cheap end of its hull.
    var coarsest: [Int] { counts.map { _ in 0 } }
    /// Every shot at the best end of its hull.
    var finest: [Int] { counts.map { $0 - 1 } }

    /// Each shot's finest hull index whose gain is at least `slope`, known to lie in `coarse[i]...fine[i]`.
    func indices(slope: Double, between coarse: [Int], and fine: [Int]) -> [Int] {
        var result = coarse
        for i in result.indices where coarse[i] < fine[i] {
            var (low, high) = (coarse[i], fine[i] + 1)
            while high - low > 1 {
                let middle = (low + high) / 2
                if gains[starts[i] + middle] >= slope { low = middle } else { high = middle }
            }
            result[i] = low
        }
        return result
    }

    /// The candidates at these hull indices, or the floors where those are finer.
    func candidates(_ indices: [Int], floors: [Int]) -> [Int] {
        var result = floors
        for i in result.indices { result[i] = max(result[i], positions[starts[i] + indices[i]]) }
        return result
    }
}
