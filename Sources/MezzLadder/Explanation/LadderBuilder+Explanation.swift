extension LadderBuilder {
    /// Why shot `index` got its CRF in `rung`, a rung of a ladder this builder made.
    ///
    /// - Returns: nil when the rung has no such shot, or its size no curve for it.
    package func explanation(shot index: Int, in rung: LadderRung) -> ShotExplanation? {
        guard let choice = rung.shots.first(where: { $0.index == index }),
            let probes = model.shots.first(where: { $0.index == index }),
            let curve = model.curve(shot: index, resolution: rung.resolution),
            let slope = SlopeComparison(model: model, rung: rung)?.explanation(of: choice, curve: curve)
        else { return nil }
        let points = probes.points.filter { $0.resolution == rung.resolution && $0.isUsable }
        return ShotExplanation(
            shot: index, resolution: rung.resolution, choice: choice,
            measured: points.sorted { $0.crf < $1.crf }.map { fitted($0, curve) }, crfRange: curve.crfRange,
            slope: slope, sizes: sizes(at: rung))
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
