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
    package init(
        shots: [ShotProbes], scale: CRFScale, pooling: QualityPooling = .harmonicMean, rules: LadderRules = .init()
    ) {
        let model = TitleModel(shots: shots, scale: scale, pooling: pooling, floorDistance: rules.floorDistance)
        self.model = model
        self.rules = rules
        frontiers = [
            .uniform: Self.frontiers(model, .uniform),
            .perShot: Self.frontiers(model, .perShot),
        ]
    }

    /// The ladder, best rung first; empty when nothing was measured well enough.
    ///
    /// A fixed rung whose height was not measured is left out; the others are kept as given.
    package func build(_ mode: LadderMode) -> [LadderRung] {
        switch mode {
        case .fixed(let rungs): rungs.compactMap(fixed)
        case .perTitle: placed(.uniform)
        case .perShot: placed(.perShot)
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

    private func fixed(_ rung: FixedRung) -> LadderRung? {
        // The largest picture of that height: letterboxed variants are narrower in bits, not in promise.
        guard let resolution = model.resolutions.last(where: { $0.height == rung.height }),
            let allocation = model.allocateUniform(at: resolution, nearestBps: rung.bps)
        else { return nil }
        return LadderRung(resolution: resolution, targetBps: rung.bps, style: .uniform, allocation: allocation)
    }

    /// Places rungs one step apart; when they do not fit, with larger steps, so that the bottom is still reached.
    private func placed(_ style: AllocationStyle) -> [LadderRung] {
        let available = model.resolutions.compactMap { size in frontier(style, at: size).map { (size, $0) } }
        let placement = RungPlacement(frontiers: available, rules: rules)
        for step in stride(from: rules.stepVMAF, to: rules.stepVMAF * 2, by: 0.5) {
            let rungs = placed(style, placement, step: step, limit: rules.mostRungs + 1)
            if rungs.count <= rules.mostRungs { return rungs }
        }
        return placed(style, placement, step: rules.stepVMAF * 2, limit: rules.mostRungs)
    }

    private func placed(
        _ style: AllocationStyle, _ placement: RungPlacement, step: Double, limit: Int
    ) -> [LadderRung] {
        var rungs: [LadderRung] = []
        var spot = limit > 0 ? placement.top() : nil
        while let here = spot, let rung = solve(here, style) {
            if let above = rungs.last, !isWorthwhile(rung, below: above) { break }
            rungs.append(rung)
            guard rungs.count < limit else { break }
            spot = placement.next(below: (rung.resolution, rung.bps, rung.vmaf), step: step)
        }
        return rungs
    }

    /// Neither dominating the rung above nor, by quantisation, under the lowest bitrate; 1% is interpolation error.
    private func isWorthwhile(_ rung: LadderRung, below above: LadderRung) -> Bool {
        rung.bps < above.bps && rung.vmaf < above.vmaf && rung.bps >= rules.leastBps * 0.99
    }

    private func solve(_ spot: RungPlacement.Spot, _ style: AllocationStyle) -> LadderRung? {
        guard let allocation = model.allocate(style, at: spot.resolution, for: spot.goal) else { return nil }
        // A rung solved for bits promises what it is predicted to reach; one that fell short promises no more.
        let target = if case .vmaf(let vmaf) = spot.goal { min(vmaf, allocation.vmaf) } else { allocation.vmaf }
        return LadderRung(
            resolution: spot.resolution, targetVMAF: target, style: style, allocation: allocation)
    }
}
