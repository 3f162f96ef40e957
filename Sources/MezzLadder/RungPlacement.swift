/// Chooses the bitrate, quality and resolution of the next rung from the resolutions' frontiers.
struct RungPlacement {
    typealias Choice = (resolution: LadderResolution, frontier: Frontier)

    /// Smallest resolution first.
    let frontiers: [Choice]
    let rules: LadderRules
    /// Pooled VMAF above which there is no rung.
    let ceiling: Double

    /// Chooses among `frontiers`, smallest resolution first; the rules' top is the ceiling unless another is given.
    init(frontiers: [Choice], rules: LadderRules, ceiling: Double? = nil) {
        self.frontiers = frontiers
        self.rules = rules
        self.ceiling = ceiling ?? rules.topVMAF
    }

    /// How much of a saturated title's VMAF is given up at the top: the last half point costs 10 to 15% of the bits
    /// and a tenth of a just noticeable difference is not seen.
    static let saturationSlack = 0.5

    /// A rung to be: a resolution and what to solve for there.
    struct Spot {
        let resolution: LadderResolution
        let vmaf: Double
        let goal: AllocationGoal

        /// Solved for its quality unless another goal is given.
        init(resolution: LadderResolution, vmaf: Double, goal: AllocationGoal? = nil) {
            self.resolution = resolution
            self.vmaf = vmaf
            self.goal = goal ?? .vmaf(vmaf)
        }
    }

    /// The rung at the quality where more is not seen, or the best the caps and CRF ranges allow.
    func top() -> Spot? {
        guard let best = bestVMAF else { return cheapest() }
        return spot(vmaf: best >= ceiling ? ceiling : best - Self.saturationSlack, among: frontiers)
    }

    /// The highest pooled VMAF that caps and CRF ranges allow; nil when every encode exceeds its cap.
    var bestVMAF: Double? { spot(budget: .infinity, among: frontiers)?.vmaf }

    /// The sizes a rung under one of `resolution` may have: a ladder never grows downwards. All of them without one.
    func choices(upTo resolution: LadderResolution?) -> [Choice] {
        guard let resolution else { return frontiers }
        return frontiers.filter { $0.resolution <= resolution }
    }

    /// The rung under one of `bps` bits per second and `vmaf`, no taller than `resolution`; nil at the bottom.
    ///
    /// One step of quality down, held inside the bitrate ratios; the last rung lies on the bottom itself when the
    /// step would cross it and there is room.
    func next(below rung: (resolution: LadderResolution, bps: Double, vmaf: Double), step: Double) -> Spot? {
        let choices = choices(upTo: rung.resolution)
        let (most, least) = (rung.bps / rules.leastRatio, rung.bps / rules.largestRatio)
        guard let bottom = bottomBps(among: choices), most >= bottom else { return nil }
        let stepped = spot(vmaf: rung.vmaf - step, among: choices)
        guard let stepped, let wanted = bps(stepped), wanted <= most else {
            return spot(budget: most, among: choices).flatMap { $0.vmaf < rung.vmaf ? $0 : nil }
        }
        let floor = max(least, bottom)
        guard wanted < floor, let raised = spot(budget: floor, among: choices) else { return stepped }
        // Where caps or the order of sizes made the rung above dear, the raised one could dominate it.
        if raised.vmaf < rung.vmaf { return Spot(resolution: raised.resolution, vmaf: raised.vmaf) }
        return wanted >= bottom ? stepped : nil
    }

    /// The least bitrate worth a rung: the rules' limits, as far down as the frontiers go.
    func bottomBps(among choices: [Choice]) -> Double? {
        let least = choices.map(\.frontier.leastBps).min()
        let useful = choices.compactMap { $0.frontier.bps(vmaf: rules.leastVMAF) }.min()
        return least.map { max($0, rules.leastBps, useful ?? 0, rules.minimumBps ?? 0) }
    }

    /// Bits per second that the frontier gives a spot which is solved for its quality.
    func bps(_ spot: Spot) -> Double? {
        frontiers.first { $0.resolution == spot.resolution }?.frontier.bps(vmaf: spot.vmaf)
    }

    /// The fewest bits that reach `target` under the caps; of equal ones the smaller picture.
    func spot(vmaf target: Double, among choices: [Choice]) -> Spot? {
        let costs = choices.compactMap { size, frontier -> (size: LadderResolution, bps: Double)? in
            guard let bps = frontier.bps(vmaf: target), bps <= rules.cap(height: size.height) else { return nil }
            return (size, bps)
        }
        return costs.min { $0.bps < $1.bps }.map { Spot(resolution: $0.size, vmaf: target) }
    }

    /// The best quality within `budget` and the caps; of equal ones the smaller picture.
    func spot(budget: Double, among choices: [Choice]) -> Spot? {
        let reach = choices.compactMap { size, frontier -> Spot? in
            let allowed = min(budget, rules.cap(height: size.height))
            return frontier.vmaf(bps: allowed).map { Spot(resolution: size, vmaf: $0, goal: .bps(allowed)) }
        }
        return reach.reduce(nil) { best, next in best.map { next.vmaf > $0.vmaf ? next : $0 } ?? next }
    }

    /// What is left when every resolution exceeds its cap at the coarsest CRF.
    private func cheapest() -> Spot? {
        frontiers.min { $0.frontier.leastBps < $1.frontier.leastBps }.map {
            Spot(resolution: $0.resolution, vmaf: $0.frontier.leastVMAF)
        }
    }
}
