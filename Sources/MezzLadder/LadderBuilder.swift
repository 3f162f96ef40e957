/// Builds ladders from probes. Pure: the same probes give the same ladder.
package struct LadderBuilder: Sendable {
    /// The fitted title.
    package let model: TitleModel
    /// Where rungs may lie.
    package let rules: LadderRules

    private let frontiers: [AllocationStyle: [LadderResolution: Frontier]]

    /// Fits the title once; several ladders may be built from it.
    ///
    /// - Parameters:
    ///   - shots: The title's shots with their probes. A resolution takes part when every shot has a curve there.
    ///   - scale: The encoder's CRF values.
    ///   - pooling: How VMAF is pooled over frames.
    ///   - reach: How far from its own probes a curve may follow the shape of another size's, in CRF.
    package init(
        shots: [ShotProbes], scale: CRFScale, pooling: QualityPooling = .harmonicMean,
        reach: Double = RateQualityCurve.usualReach, rules: LadderRules = .init()
    ) {
        let model = TitleModel(
            shots: shots, scale: scale, pooling: pooling, reach: reach, floorDistance: rules.floorDistance)
        self.model = model
        self.rules = rules
        frontiers = [
            .uniform: Self.frontiers(model, .uniform),
            .perShot: Self.frontiers(model, .perShot),
        ]
    }

    /// The ladder of the automatic goal, best rung first; empty when nothing was measured well enough, or when the
    /// rules contradict each other or the title: `build(goal:mode:)` says how.
    ///
    /// A fixed rung whose height was not measured is left out; the others are kept as given.
    package func build(_ mode: LadderMode) -> [LadderRung] {
        (try? build(goal: .automatic, mode: mode))?.rungs ?? []
    }

    /// The ladder that serves `goal` best within the rules.
    ///
    /// - Parameter mode: How the rungs are made; a fixed ladder has no goal but `.automatic`.
    /// - Returns: Without rungs, and a note that says so, when nothing was measured well enough.
    /// - Throws: `LadderError` when the goal or the rules are unusable or contradict each other or the title.
    package func build(goal: LadderGoal, mode: LadderMode) throws(LadderError) -> LadderResult {
        try goal.validate()
        try rules.validate()
        switch mode {
        case .fixed(let rungs):
            guard goal == .automatic else { throw .goalOfFixedLadder }
            return try FixedPlacement(model: model, rules: rules).result(rungs)
        case .perTitle: return try placed(goal, .uniform)
        case .perShot: return try placed(goal, .perShot)
        }
    }

    /// The attainable pairs of a resolution, if it can become a rung.
    func frontier(_ style: AllocationStyle, at resolution: LadderResolution) -> Frontier? {
        frontiers[style]?[resolution]
    }

    private static func frontiers(_ model: TitleModel, _ style: AllocationStyle) -> [LadderResolution: Frontier] {
        var result: [LadderResolution: Frontier] = [:]
        for resolution in model.resolutions { result[resolution] = model.frontier(style, at: resolution) }
        return result
    }

    private func placed(_ goal: LadderGoal, _ style: AllocationStyle) throws(LadderError) -> LadderResult {
        let available = model.resolutions.compactMap { size in frontier(style, at: size).map { (size, $0) } }
        guard !available.isEmpty else {
            return LadderResult(rungs: [], notes: ["no size was measured well enough in every shot"])
        }
        let exact = RungSolver.exact(model, rules, style)
        let ladder = ConstrainedLadder(
            frontiers: available, rules: rules, solver: exact,
            estimator: RungSolver.estimating(available, rules, style))
        return try ladder.result(goal)
    }
}
