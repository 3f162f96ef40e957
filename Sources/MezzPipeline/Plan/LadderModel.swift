import MezzCore
import MezzEncode
import MezzLadder

/// The bridge between the title's plan and the ladder's mathematics.
struct LadderModel {
    let spec: JobSpec
    let codec: CodecPlan
    let plan: TitlePlan
    let builder: LadderBuilder

    init(spec: JobSpec, codec: CodecPlan, plan: TitlePlan, points: [MeasuredPoint]) {
        self.spec = spec
        self.codec = codec
        self.plan = plan
        let byUnit = Dictionary(grouping: points, by: \.unit)
        let shots = plan.units.map { unit in
            ShotProbes(
                index: unit.index, frames: unit.frames.count, points: (byUnit[unit.index] ?? []).map(Self.probe))
        }
        let rules = LadderRules(
            topVMAF: spec.topVMAF, caps: LadderRules.caps(scaledBy: StandardLadder.factor(codec.codec)))
        builder = LadderBuilder(shots: shots, scale: Self.scale(codec.codec), rules: rules)
    }

    static func scale(_ codec: CodecFamily) -> CRFScale {
        let driver = EncoderCatalog.driver(for: codec)
        return CRFScale(
            step: driver.crfStep, minimum: driver.usefulCRF.lowerBound, maximum: driver.usefulCRF.upperBound)
    }

    private static func probe(_ point: MeasuredPoint) -> ProbePoint {
        ProbePoint(
            resolution: LadderResolution(width: point.resolution.width, height: point.resolution.height),
            crf: point.crf, bps: point.bps, vmaf: point.vmaf, frames: point.frames)
    }

    private var mode: LadderMode {
        switch spec.ladder {
        case .perTitle: .perTitle
        case .perShot: .perShot
        case .fixed: .fixed(entries.map { FixedRung(height: $0.resolution.height, bps: $0.bps) })
        }
    }

    private var entries: [StandardLadder.Entry] {
        guard let display = codec.sizes.max(by: { $0.pixels < $1.pixels }) else { return [] }
        return StandardLadder.entries(for: codec.base.resolution, codec: codec.codec, maximumHeight: spec.maximumHeight)
            .filter { $0.resolution.pixels <= display.pixels }
    }

    /// Cells that must be measured before the sizes of the rungs can be trusted.
    func challengers() -> [ProbeCellPlan] {
        guard spec.ladder != .fixed, spec.effort == .standard else { return [] }
        let range = EncoderCatalog.driver(for: codec.codec).usefulCRF
        return builder.challengers(for: builder.build(mode)).filter { range.contains($0.crf) }.map {
            ProbeCellPlan(
                resolution: Resolution(width: $0.resolution.width, height: $0.resolution.height), crf: $0.crf)
        }
    }

    /// The rungs, best first, with recipes.
    func rungs(display: Resolution) -> [PlannedRung] {
        var ids: Set<String> = []
        return builder.build(mode).map { rung in
            let id = Self.unique(identifier(rung), in: &ids)
            return PlannedRung(
                id: id, recipe: recipe(rung), targetVMAF: rung.targetVMAF, targetBps: rung.targetBps,
                predictedBps: rung.bps, predictedVMAF: rung.vmaf,
                units: rung.shots.map { PlannedUnit(index: $0.index, crf: $0.crf, bps: $0.bps, vmaf: $0.vmaf) })
        }
    }

    private func identifier(_ rung: LadderRung) -> String {
        let name = "\(codec.codec.rawValue)-\(rung.resolution.height)p"
        if let target = rung.targetBps { return name + "-\(Int((target / 1000).rounded()))k" }
        return name + "-q\(Int((rung.targetVMAF ?? rung.vmaf).rounded()))"
    }

    private static func unique(_ id: String, in ids: inout Set<String>) -> String {
        var candidate = id
        var number = 2
        while !ids.insert(candidate).inserted {
            candidate = "\(id)-\(number)"
            number += 1
        }
        return candidate
    }

    private func recipe(_ rung: LadderRung) -> VideoRecipe {
        var recipe = codec.base
        recipe.resolution = Resolution(width: rung.resolution.width, height: rung.resolution.height)
        let limits = RateLimits(rung: rung)
        recipe.maximumBps = limits.peakBps
        recipe.bufferBits = limits.bufferBits
        recipe.level = Levels.smallest(
            for: codec.codec, resolution: recipe.resolution, frameRate: recipe.frameRate, peakBps: limits.peakBps,
            bufferBits: limits.bufferBits)
        return recipe
    }
}

/// The VBV of a rung: twice its mean, or what its hardest shot needs and a quarter more; a second of it buffered.
struct RateLimits {
    let peakBps: Int
    let bufferBits: Int

    init(rung: LadderRung) {
        let mean = rung.targetBps ?? rung.bps
        let hardest = rung.targetBps == nil ? rung.shots.map(\.bps).max() ?? mean : mean
        let peak = max(2 * mean, 1.25 * hardest, 64000)
        // Whole kilobits: the encoders take nothing finer.
        peakBps = Int((peak / 1000).rounded()) * 1000
        bufferBits = peakBps
    }
}
