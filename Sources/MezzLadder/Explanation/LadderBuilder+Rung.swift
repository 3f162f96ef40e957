extension LadderBuilder {
    /// A rung that was planned before, made again from its CRFs, with what the curves predict of it.
    ///
    /// - Parameters:
    ///   - crfs: By shot index; each becomes the nearest value of the scale.
    ///   - targetVMAF: What the rung promises, see `LadderRung`.
    /// - Returns: nil when the title has no shots, one of them has no CRF, or the size no curve for it.
    package func rung(
        at resolution: LadderResolution, _ style: AllocationStyle, crfs: [Int: Double], targetVMAF: Double? = nil
    ) -> LadderRung? {
        let choices = model.shots.compactMap { shot -> ShotAllocation? in
            guard let curve = model.curve(shot: shot.index, resolution: resolution), let given = crfs[shot.index]
            else { return nil }
            let crf = model.scale.nearest(to: given)
            return ShotAllocation(index: shot.index, crf: crf, bps: curve.bps(at: crf), vmaf: curve.vmaf(at: crf))
        }
        guard !choices.isEmpty, choices.count == model.shots.count else { return nil }
        return LadderRung(
            resolution: resolution, targetVMAF: targetVMAF, style: style, allocation: allocation(choices))
    }

    private func allocation(_ choices: [ShotAllocation]) -> Allocation {
        var (frames, bits, distortion) = (0.0, 0.0, 0.0)
        for (shot, choice) in zip(model.shots, choices) {
            let weight = Double(shot.frames)
            frames += weight
            bits += weight * choice.bps
            distortion += weight * model.pooling.distortion(vmaf: choice.vmaf)
        }
        return Allocation(
            shots: choices, bps: bits / frames, vmaf: model.pooling.vmaf(meanDistortion: distortion / frames),
            meetsGoal: true)
    }
}
