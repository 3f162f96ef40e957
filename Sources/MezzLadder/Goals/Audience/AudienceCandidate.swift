/// A rung that an audience's ladder may have.
struct AudienceCandidate: Hashable {
    /// The size to encode.
    let resolution: LadderResolution
    /// The first kind of display that may be sent this height.
    let kind: Int
    /// The first budget that affords it, an index.
    let budget: Int
    /// Bits per second.
    let bps: Double
    /// Pooled VMAF.
    let vmaf: Double

    /// Whether every viewer who could get this one could get `other`, at no less quality and for no more room.
    func isCovered(by other: AudienceCandidate) -> Bool {
        other.kind <= kind && other.budget <= budget && other.vmaf >= vmaf && other.bps <= bps
    }
}

extension RungPlacement {
    /// The operating points worth a look: per size the best that fits each budget, the caps and the ceiling.
    ///
    /// No other points need be looked at: a rung between two budgets is afforded by the same viewers at the upper one,
    /// where it is better. (Under a storage budget points between may be better; the caller then adds budgets.)
    func candidates(budgets: [Double], heights: [Int]) -> [AudienceCandidate] {
        let all = frontiers.flatMap { size, frontier in
            budgets.compactMap { budget -> AudienceCandidate? in
                let allowed = min(budget, rules.cap(height: size.height))
                guard let reached = frontier.vmaf(bps: allowed), let kind = heights.firstIndex(of: size.height)
                else { return nil }
                let vmaf = min(reached, max(ceiling, frontier.leastVMAF))
                // The bits of a quality come from the cubic, those of a budget from its inverse: rounding may differ.
                let bps =
                    reached > vmaf ? min(frontier.bps(vmaf: vmaf) ?? allowed, allowed) : min(allowed, frontier.mostBps)
                guard rules.reachesMinimum(bps) else { return nil }
                return AudienceCandidate(
                    resolution: size, kind: kind, budget: budgets.firstIndex(notBelow: bps), bps: bps, vmaf: vmaf)
            }
        }
        return Self.uncovered(all)
    }

    private static func uncovered(_ all: [AudienceCandidate]) -> [AudienceCandidate] {
        // Equal ones cover each other: the first stays.
        all.enumerated().filter { index, candidate in
            !all.enumerated().contains { other, rival in
                other != index && candidate.isCovered(by: rival) && (other < index || !rival.isCovered(by: candidate))
            }
        }.map(\.element)
    }
}
