import Foundation

/// One CRF for the whole title: the choices all shots' ranges share.
struct UniformCRF {
    let table: ResolutionTable
    /// Grid indices (see `CRFScale`) inside every shot's range.
    let grid: ClosedRange<Int>

    /// nil when the shots' CRF ranges have no value in common.
    init?(table: ResolutionTable) {
        let coarsest = table.shots.map(\.coarsest).min()
        let finest = table.shots.map { $0.coarsest - $0.bps.count + 1 }.max()
        guard let coarsest, let finest, finest <= coarsest else { return nil }
        self.table = table
        grid = finest...coarsest
    }

    /// The candidate of each shot at grid index `index`.
    func positions(_ index: Int) -> [Int] { table.shots.map { $0.coarsest - index } }

    /// The coarsest choice that meets the goal; the end of the range nearest to it when none does.
    func allocation(for goal: AllocationGoal) -> Allocation {
        switch goal {
        case .vmaf(let target):
            let index = lastIndex { table.vmaf(positions($0)) >= target }
            return table.allocation(positions(index ?? grid.lowerBound), meetsGoal: index != nil)
        case .bps(let budget):
            // One step coarser than the coarsest that exceeds the budget is the finest inside it.
            let above = lastIndex { table.bps(positions($0)) > budget }
            let index = above.map { $0 + 1 } ?? grid.lowerBound
            return table.allocation(positions(min(index, grid.upperBound)), meetsGoal: index <= grid.upperBound)
        }
    }

    /// The choice whose bitrate is nearest to `target` in ratio; it meets the goal within 10%, which is more than
    /// half a whole CRF, so only the ends of the range can miss it.
    func allocation(nearestBps target: Double) -> Allocation {
        let within = allocation(for: .bps(target))
        let finer = neighbour(above: within)
        let nearest = distance(finer, target) < distance(within, target) ? finer : within
        return Allocation(
            shots: nearest.shots, bps: nearest.bps, vmaf: nearest.vmaf, meetsGoal: distance(nearest, target) < log(1.1))
    }

    /// Pooled operating points over the whole range, coarsest first.
    func points() -> [(crf: Double, bps: Double, vmaf: Double)] {
        grid.reversed().map { index in
            let chosen = positions(index)
            return (table.scale.value(at: index), table.bps(chosen), table.vmaf(chosen))
        }
    }

    private func neighbour(above choice: Allocation) -> Allocation {
        guard let crf = choice.shots.first?.crf else { return choice }
        let index = Int((crf / table.scale.step).rounded()) - 1
        return grid.contains(index) ? table.allocation(positions(index), meetsGoal: true) : choice
    }

    private func distance(_ choice: Allocation, _ target: Double) -> Double { abs(log(choice.bps / target)) }

    /// The coarsest index where a condition that holds for fine choices still holds.
    private func lastIndex(where holds: (Int) -> Bool) -> Int? {
        guard holds(grid.lowerBound) else { return nil }
        var (low, high) = (grid.lowerBound, grid.upperBound + 1)
        while high - low > 1 {
            let middle = (low + high) / 2
            if holds(middle) { low = middle } else { high = middle }
        }
        return low
    }
}
