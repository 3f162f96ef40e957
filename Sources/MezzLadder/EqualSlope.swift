import Foundation

/// CRF per shot at equal slope: every shot stops where one more bit per second would remove equally little distortion.
///
/// With distortion additive over frames this minimises bits at a pooled quality (Y. Shoham, A. Gersho, "Efficient
/// bit allocation for an arbitrary set of quantizers", IEEE Trans. ASSP 36, 1988). Slopes are in bitrate, not in
/// log bitrate, and goals are tested against the model's own pooled value so that common biases cancel.
/// Choices are made among accepted CRFs from the start: there is no rounding afterwards that could miss the goal.
struct EqualSlope {
    let table: ResolutionTable
    /// How far below the pooled value a shot may lie, in VMAF.
    let floorDistance: Double
    private let search: SlopeSearch

    /// See `ShotCandidates.position(floor:slack:)`.
    static let floorSlack = 2.0

    init(table: ResolutionTable, floorDistance: Double) {
        self.table = table
        self.floorDistance = floorDistance
        search = SlopeSearch(table.shots)
    }

    /// The cheapest choice whose pooled VMAF reaches `target`; the best there is when none does.
    func positions(vmaf target: Double) -> [Int] {
        var floors = floors(pooled: target)
        var chosen = solve(target: target, floors: floors)
        // When the coarsest encodes already exceed the target the floor follows the value really reached; each
        // round can only raise shots, a few rounds settle it.
        for _ in 0..<16 {
            let pooled = table.vmaf(chosen)
            let raised = self.floors(pooled: max(pooled, target))
            guard pooled > target, zip(chosen, raised).contains(where: { $0 < $1 }) else { break }
            floors = zip(floors, raised).map(max)
            chosen = solve(target: target, floors: floors)
        }
        return chosen
    }

    /// The choice of best pooled VMAF within `budget` bits per second, and whether one fits.
    ///
    /// Bits rise with the pooled target, floor included, so the target is searched: along the line through the ends
    /// of what is left, in ln(bits), which is near straight; halved where that is slow. A ten-thousandth of the budget
    /// may be left over.
    func positions(bps budget: Double) -> (positions: [Int], fits: Bool) {
        var best = positions(vmaf: 0)
        guard table.bps(best) <= budget else { return (best, false) }
        let finest = positions(vmaf: 100)
        guard table.bps(finest) > budget else { return (finest, true) }
        var low = (vmaf: table.vmaf(best), bps: table.bps(best))
        var high = (vmaf: table.vmaf(finest), bps: table.bps(finest))
        for round in 0..<32 where low.bps < budget * 0.9999 && high.vmaf - low.vmaf > 1e-6 {
            let share = log(budget / low.bps) / log(high.bps / low.bps)
            // Every third look halves: a line that bends would otherwise approach from one side only.
            let part = round % 3 == 2 ? 0.5 : min(max(share, 0.01), 0.99)
            let target = low.vmaf + (high.vmaf - low.vmaf) * part
            let trial = positions(vmaf: target)
            let bps = table.bps(trial)
            if bps <= budget { (best, low) = (trial, (target, bps)) } else { high = (target, bps) }
        }
        return (best, true)
    }

    private func floors(pooled: Double) -> [Int] {
        table.shots.map { $0.position(floor: pooled - floorDistance, slack: Self.floorSlack) }
    }

    private func solve(target: Double, floors: [Int]) -> [Int] {
        var (coarse, fine) = (search.coarsest, search.finest)
        let (cheapest, best) = (search.candidates(coarse, floors: floors), search.candidates(fine, floors: floors))
        guard let steepest = search.steepest, let flattest = search.flattest, table.vmaf(cheapest) < target else {
            return cheapest
        }
        guard table.vmaf(best) >= target else { return best }
        var (low, high) = (log(flattest / 2), log(steepest * 2))
        // 40 halvings separate slopes that differ by parts in 10^10; ties remain and are settled by `refine`.
        for _ in 0..<40 where coarse != fine {
            let middle = (low + high) / 2
            let trial = search.indices(slope: exp(middle), between: coarse, and: fine)
            if table.vmaf(search.candidates(trial, floors: floors)) >= target {
                (fine, low) = (trial, middle)
            } else {
                (coarse, high) = (trial, middle)
            }
        }
        return refine(
            search.candidates(coarse, floors: floors), towards: search.candidates(fine, floors: floors), target: target)
    }

    /// Moves shots from `coarse` to `fine`, best gain first, until the target is met; then takes back what the last
    /// move bought too much, among the candidates between.
    private func refine(_ coarse: [Int], towards fine: [Int], target: Double) -> [Int] {
        var chosen = coarse
        var distortion = table.distortion(chosen)
        for move in moves(from: coarse, to: fine) {
            let (shot, before) = (table.shots[move.shot], chosen[move.shot])
            chosen[move.shot] = move.position
            distortion += shot.frames * (shot.distortion[move.position] - shot.distortion[before])
            guard table.vmaf(distortion: distortion) >= target else { continue }
            chosen[move.shot] = before + 1
            while chosen[move.shot] < move.position, table.vmaf(chosen) < target { chosen[move.shot] += 1 }
            break
        }
        return chosen
    }

    private struct Move {
        let shot: Int
        let position: Int
        let gain: Double
    }

    private func moves(from coarse: [Int], to fine: [Int]) -> [Move] {
        let all = coarse.indices.filter { coarse[$0] < fine[$0] }.flatMap { i -> [Move] in
            let shot = table.shots[i]
            return shot.hull.indices.compactMap { h in
                let position = shot.hull[h]
                guard position > coarse[i], position <= fine[i] else { return nil }
                return Move(shot: i, position: position, gain: shot.gains[h])
            }
        }
        return all.sorted { ($1.gain, $0.shot, $0.position) < ($0.gain, $1.shot, $1.position) }
    }
}
