import MezzCore
import MezzEncode
import MezzLadder
import MezzMetrics

/// Decides which rungs get more bits.
struct QualityGate {
    let spec: JobSpec
    let plan: TitlePlan
    let models: [CodecFamily: LadderModel]

    /// Encodes after the first one.
    static let rounds = 3
    /// Further rounds for chunks that run the joined stream's buffer dry.
    static let bufferRounds = 3
    /// Pooled VMAF that a rung may lie under its promise before its weakest shots are encoded again.
    static let rungTolerance = 0.5
    /// Pooled VMAF that a rung may lie over its promise before bits are given back.
    static let surplusTolerance = 0.8
    /// VMAF that a shot may miss its own promise by while its rung misses its.
    static let shotTolerance = 0.5
    /// VMAF under its promise at which a shot is encoded again whatever its rung's mean.
    static let shotLimit = 2.0
    /// How far below its rung's mean a shot may lie, in VMAF.
    static let floorDistance = LadderRules().floorDistance
    /// Share by which a fixed rung's bitrate may miss.
    static let rateTolerance = 0.08
    /// Factor by which the bitrate asked of an encoder changes at most in a round, and in all.
    static let largestStep = 2.5

    /// Smallest mean VMAF of a rung at its own size, by its height.
    static func minimum(height: Int) -> Double {
        switch height {
        case 2160...: 98
        case 1080...: 95
        case 720...: 93
        case 480...: 90
        default: 85
        }
    }

    /// What to change; `nil` when the rung stands.
    func change(_ rung: PlannedRung, _ measured: RungMeasurement) -> GateChange? {
        if let aim = rung.recipe.targetBps { return retarget(rung, aim: aim, measured).map(GateChange.bitrate) }
        let crfs = corrections(rung, measured)
        return crfs.isEmpty ? nil : .crfs(crfs)
    }

    /// What to tell the chunks in which the joined stream runs its buffer dry; `nil` when there are none.
    func bufferChange(_ rung: PlannedRung, _ measured: RungMeasurement) -> GateChange? {
        let changes = BufferFix.changes(measured.assembled.buffer, known: rung.buffers, codec: rung.recipe.codec)
        return changes.isEmpty ? nil : .buffers(changes)
    }

    /// What to ask of an encoder that missed its bitrate: as much more or less as it missed by.
    private func retarget(_ rung: PlannedRung, aim: Int, _ measured: RungMeasurement) -> Int? {
        guard let target = rung.targetBps else { return nil }
        let miss = bps(measured) / target
        guard abs(miss - 1) > Self.rateTolerance else { return nil }
        let next = Double(aim) / min(max(miss, 1 / Self.largestStep), Self.largestStep)
        // An encoder that was already asked for twice as much and does not take it is at its finest.
        guard next < target * Self.largestStep else { return nil }
        return Int((next / 1000).rounded()) * 1000
    }

    /// New CRFs by unit; empty when the rung stands.
    private func corrections(_ rung: PlannedRung, _ measured: RungMeasurement) -> [Int: Double] {
        if spec.gate, let missing = missingOwnQuality(rung, measured) {
            return finer(rung, by: missing)
        }
        if rung.targetBps != nil { return rateCorrection(rung, measured) }
        switch spec.ladder {
        case .fixed, .category: return rateCorrection(rung, measured)
        case .perTitle: return titleCorrection(rung, measured)
        case .perShot: return shotCorrections(rung, measured)
        }
    }

    /// VMAF that the rung lacks at its own size; `nil` when it has enough.
    func missingOwnQuality(_ rung: PlannedRung, _ measured: RungMeasurement) -> Double? {
        guard let pooled = PooledScore(measured.ownScores) else { return nil }
        let missing = Self.minimum(height: rung.recipe.resolution.height) - pooled.mean
        return missing > 0 ? missing : nil
    }

    /// Half a CRF step for each VMAF missing, at least one: near the top of the scale a point costs more.
    private func finer(_ rung: PlannedRung, by missing: Double) -> [Int: Double] {
        let scale = LadderModel.scale(rung.recipe.codec)
        var result: [Int: Double] = [:]
        for unit in rung.units {
            let crf = scale.nearest(to: unit.crf - max(1, min(6, missing / 2)))
            if crf < unit.crf { result[unit.index] = crf }
        }
        return result
    }

    private func rateCorrection(_ rung: PlannedRung, _ measured: RungMeasurement) -> [Int: Double] {
        // With the gate on, quality decides: the rung may need more than its bitrate.
        guard !spec.gate, let target = rung.targetBps, let crf = rung.units.first?.crf,
            let pooled = PooledScore(measured.scores)
        else { return [:] }
        let bps = self.bps(measured)
        guard abs(bps / target - 1) > Self.rateTolerance else { return [:] }
        let next = CRFCorrection.crf(
            bps: target, tried: [.init(crf: crf, bps: bps, vmaf: pooled.mean)],
            scale: LadderModel.scale(rung.recipe.codec), tolerance: Self.rateTolerance)
        guard let next else { return [:] }
        let scale = LadderModel.scale(rung.recipe.codec)
        return Dictionary(
            uniqueKeysWithValues: rung.units.map { ($0.index, scale.nearest(to: $0.crf + next - crf)) })
    }

    func uniform(_ rung: PlannedRung, _ crf: Double) -> [Int: Double] {
        Dictionary(uniqueKeysWithValues: rung.units.map { ($0.index, crf) })
    }

    func resolution(_ rung: PlannedRung) -> LadderResolution {
        LadderResolution(width: rung.recipe.resolution.width, height: rung.recipe.resolution.height)
    }

    func bps(_ measured: RungMeasurement) -> Double {
        let seconds = plan.codecs[0].base.frameRate.seconds(ofFrame: plan.frames)
        return Double(measured.assembled.gopBytes.reduce(0, +)) * 8 / seconds
    }
}
