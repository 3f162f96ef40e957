import MezzCore
import MezzEncode
import MezzLadder
import MezzMetrics

/// What the gate's last round says of a rung.
struct GateFindings {
    let gate: QualityGate

    func findings(_ rung: PlannedRung, _ measured: RungMeasurement) -> [Finding] {
        promise(rung, measured) + ownSize(rung, measured) + rate(rung, measured) + floor(rung, measured)
            + buffer(rung)
    }

    /// Chunks whose encode had to know what the one before left of the buffer.
    private func buffer(_ rung: PlannedRung) -> [Finding] {
        guard let first = rung.buffers.keys.min() else { return [] }
        let frame = gate.plan.chunks[first].frames.first
        return [
            Finding(
                "rate.buffer-corrected", .info,
                "\(rung.buffers.count) of \(gate.plan.chunks.count) chunks were encoded again because the joined stream "
                    + "ran the buffer dry in them",
                place: Finding.Place(
                    stream: rung.id, frame: frame, seconds: rung.recipe.frameRate.seconds(ofFrame: frame)),
                remedy: "nothing: the delivered stream is checked")
        ]
    }

    /// Shots that stay far below their rung after all corrections.
    private func floor(_ rung: PlannedRung, _ measured: RungMeasurement) -> [Finding] {
        guard gate.spec.ladder == .perShot, rung.targetVMAF != nil, let pooled = PooledScore(measured.scores) else {
            return []
        }
        let limit = pooled.mean - QualityGate.floorDistance - QualityGate.shotTolerance
        return rung.units.compactMap { unit in
            let frames = gate.plan.units[unit.index].frames
            guard let score = PooledScore(measured.scores[frames.indices]), score.mean < limit else { return nil }
            return Finding(
                "quality.shot-below-floor", .info,
                "VMAF \(text(score.mean)) in frames \(frames), \(text(pooled.mean - score.mean)) below the rung's mean "
                    + "after the last correction",
                place: Finding.Place(
                    stream: rung.id, frame: frames.first,
                    seconds: rung.recipe.frameRate.seconds(ofFrame: frames.first)),
                remedy: "look at the shot; fewer low rungs spread less: --rungs")
        }
    }

    private func promise(_ rung: PlannedRung, _ measured: RungMeasurement) -> [Finding] {
        guard let promise = rung.targetVMAF, let pooled = PooledScore(measured.scores),
            pooled.harmonicMean < promise - Report.Rung.promiseTolerance
        else { return [] }
        return [
            Finding(
                "quality.below-promise", .error,
                "VMAF \(text(pooled.harmonicMean)) (harmonic mean), \(text(promise)) promised",
                place: place(rung, measured), remedy: "use --effort exhaustive, or a lower target")
        ]
    }

    private func ownSize(_ rung: PlannedRung, _ measured: RungMeasurement) -> [Finding] {
        guard gate.spec.gate, let missing = gate.missingOwnQuality(rung, measured) else { return [] }
        let minimum = QualityGate.minimum(height: rung.recipe.resolution.height)
        return [
            Finding(
                "quality.below-minimum", .error,
                "VMAF \(text(minimum - missing)) at its own size, \(text(minimum)) is the minimum",
                place: place(rung, measured), remedy: "allow more bits: an optimised ladder, or a slower --preset")
        ]
    }

    private func rate(_ rung: PlannedRung, _ measured: RungMeasurement) -> [Finding] {
        guard !gate.spec.gate, let target = rung.targetBps else { return [] }
        let seconds = rung.recipe.frameRate.seconds(ofFrame: gate.plan.frames)
        let bps = Double(measured.assembled.gopBytes.reduce(0, +)) * 8 / seconds
        let miss = bps / target - 1
        guard abs(miss) > 0.1 else { return [] }
        let finest = rung.recipe.isConstantQuality && EncoderLimits.isFinest(rung)
        return [
            Finding(
                miss < 0 && finest ? "rate.saturated" : "rate.off-target", miss < 0 && finest ? .info : .warning,
                "\(Int(bps / 1000)) kbps instead of \(Int(target / 1000))"
                    + (miss < 0 && finest ? ": the picture needs no more" : ""),
                place: Finding.Place(stream: rung.id),
                remedy: remedy(rung, finest: finest))
        ]
    }

    private func remedy(_ rung: PlannedRung, finest: Bool) -> String {
        if finest { return "nothing to do: more bits would not show" }
        return rung.recipe.isConstantQuality ? "use --effort exhaustive" : "use an optimised ladder: --ladder per-shot"
    }

    private func place(_ rung: PlannedRung, _ measured: RungMeasurement) -> Finding.Place {
        let worst = measured.scores.indices.min { measured.scores[$0] < measured.scores[$1] } ?? 0
        return Finding.Place(
            stream: rung.id, frame: worst, seconds: rung.recipe.frameRate.seconds(ofFrame: worst))
    }

    private func text(_ value: Double) -> String { String((value * 100).rounded() / 100) }
}

/// Where a rung has come to the end of its encoder's scale.
enum EncoderLimits {
    static func isFinest(_ rung: PlannedRung) -> Bool {
        let scale = LadderModel.scale(rung.recipe.codec)
        return rung.units.allSatisfy { $0.crf <= scale.minimum + 2 * scale.step }
    }
}
