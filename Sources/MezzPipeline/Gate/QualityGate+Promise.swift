import MezzCore
import MezzEncode
import MezzLadder
import MezzMetrics

/// What brings a rung back to the quality it promised, from either side: bits that nobody was promised are given back,
/// or the rungs would stand closer together, and dearer, than the ladder says.
extension QualityGate {
    /// One CRF for the whole title; empty when the rung keeps its promise.
    func titleCorrection(_ rung: PlannedRung, _ measured: RungMeasurement) -> [Int: Double] {
        guard let promise = rung.targetVMAF, let crf = rung.units.first?.crf, let pooled = PooledScore(measured.scores),
            let side = Self.side(pooled.harmonicMean, of: promise), let model = models[rung.recipe.codec],
            let curve = model.builder.model.titleCurve(at: resolution(rung))
        else { return [:] }
        let next = Self.crf(
            side, promise, .init(crf: crf, bps: bps(measured), vmaf: pooled.harmonicMean), curve,
            model.builder.model.scale)
        return next.map { uniform(rung, $0) } ?? [:]
    }

    /// On which side of its promise a rung lies, when too far from it.
    private enum Side {
        case short
        case over
    }

    private static func side(_ vmaf: Double, of promise: Double) -> Side? {
        if vmaf < promise - rungTolerance { return .short }
        return vmaf > promise + surplusTolerance ? .over : nil
    }

    private static func crf(
        _ side: Side, _ promise: Double, _ measured: CRFCorrection.Measured, _ curve: RateQualityCurve,
        _ scale: CRFScale
    ) -> Double? {
        switch side {
        case .short: CRFCorrection.crf(keeping: promise, measured: measured, curve: curve, scale: scale)
        case .over: CRFCorrection.crf(returningTo: promise, measured: measured, curve: curve, scale: scale)
        }
    }

    /// New CRFs for the shots that keep the rung from its promise.
    func shotCorrections(_ rung: PlannedRung, _ measured: RungMeasurement) -> [Int: Double] {
        guard let promise = rung.targetVMAF, let pooled = PooledScore(measured.scores),
            let model = models[rung.recipe.codec]
        else { return [:] }
        let side = Self.side(pooled.harmonicMean, of: promise)
        var result: [Int: Double] = [:]
        for unit in rung.units {
            let frames = plan.units[unit.index].frames
            guard let score = PooledScore(measured.scores[frames.indices]),
                let curve = model.builder.model.curve(shot: unit.index, resolution: resolution(rung))
            else { continue }
            let promise = max(unit.vmaf, score.harmonicMean + (pooled.mean - Self.floorDistance - score.mean))
            guard let correction = Self.correction(missing: promise - score.harmonicMean, unit, promise, side)
            else { continue }
            let bytes = measured.bytes(of: frames, keyFrames: plan.segments.keyFrames)
            let bps = Double(bytes) * 8 / rung.recipe.frameRate.seconds(ofFrame: frames.count)
            result[unit.index] = Self.crf(
                correction, promise, .init(crf: unit.crf, bps: bps, vmaf: score.harmonicMean), curve,
                model.builder.model.scale)
        }
        return result
    }

    /// What to do about a shot: those that miss on their rung's side bring it back; those far under their own promise, or
    /// under the floor of the rung, are helped anyway.
    private static func correction(
        missing: Double, _ unit: PlannedUnit, _ promise: Double, _ side: Side?
    ) -> Side? {
        let isUnderFloor = promise > unit.vmaf
        if missing > (isUnderFloor || side == .short ? shotTolerance : shotLimit) { return .short }
        return side == .over && missing < -shotTolerance ? .over : nil
    }
}
