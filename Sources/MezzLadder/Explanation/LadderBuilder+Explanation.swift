extension LadderBuilder {
    /// Why shot `index` got its CRF in `rung`, a rung of a ladder this builder made.
    ///
    /// - Returns: nil when the rung has no such shot, or its size no curve for it.
    package func explanation(shot index: Int, in rung: LadderRung) -> ShotExplanation? {
        rung.shots.first { $0.index == index }.flatMap { explanations(of: [$0], in: rung).first }
    }

    /// Why every shot got its CRF in `rung`, in the rung's order; shots are compared once for all.
    ///
    /// - Returns: Nothing when the rung's size lacks a curve for one of its shots.
    package func explanations(in rung: LadderRung) -> [ShotExplanation] {
        explanations(of: rung.shots, in: rung)
    }

    private func explanations(of choices: [ShotAllocation], in rung: LadderRung) -> [ShotExplanation] {
        guard let slopes = SlopeComparison(model: model, rung: rung) else { return [] }
        let probes = Dictionary(model.shots.map { ($0.index, $0.points) }) { first, _ in first }
        let sizes = sizes(at: rung)
        return choices.compactMap { choice in
            guard let curve = model.curve(shot: choice.index, resolution: rung.resolution),
                let points = probes[choice.index], let slope = slopes.explanation(of: choice, curve: curve)
            else { return nil }
            let own = points.filter { $0.resolution == rung.resolution && $0.isUsable }
            return ShotExplanation(
                shot: choice.index, resolution: rung.resolution, choice: choice,
                measured: own.sorted { $0.crf < $1.crf }.map { fitted($0, curve) }, crfRange: curve.crfRange,
                slope: slope, sizes: sizes)
        }
    }

    private func fitted(_ point: ProbePoint, _ curve: RateQualityCurve) -> ShotExplanation.MeasuredPoint {
        .init(
            crf: point.crf, bps: point.bps, vmaf: point.vmaf, fittedBps: curve.bps(at: point.crf),
            fittedVMAF: curve.vmaf(at: point.crf))
    }

    private func sizes(at rung: LadderRung) -> [SizeComparison] {
        model.resolutions.compactMap { size in
            frontier(rung.style, at: size).map { frontier in
                SizeComparison(
                    resolution: size, vmaf: frontier.vmaf(bps: rung.bps),
                    isMeasured: (frontier.leastBps...frontier.mostBps).contains(rung.bps))
            }
        }
    }
}
