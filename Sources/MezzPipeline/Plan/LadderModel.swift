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
                index: unit.index, frames: unit.frames.count,
                points: (byUnit[plan.digest.standIns[unit.index]] ?? []).map(Self.probe))
        }
        builder = LadderBuilder(
            shots: shots, scale: Self.scale(codec.codec), reach: Self.reach(codec.codec),
            rules: Self.rules(spec, codec.codec, plan, codec.base.frameRate))
    }

    private static func rules(
        _ spec: JobSpec, _ codec: CodecFamily, _ plan: TitlePlan, _ rate: Rational
    ) -> LadderRules {
        let all = plan.codecs.reduce(0) { $0 + StandardLadder.factor($1.codec) }
        let share = StandardLadder.factor(codec) / max(all, StandardLadder.factor(codec))
        var top = spec.topVMAF
        if case .qualities(let values) = spec.goal { top = values.max() ?? top }
        return LadderRules(
            topVMAF: top, caps: LadderRules.caps(scaledBy: StandardLadder.factor(codec)),
            minimumBps: spec.limits.minimumBps, maximumBps: spec.limits.maximumBps,
            storage: spec.limits.storageBytes.map {
                StorageBudget(bytes: $0 * share, seconds: rate.seconds(ofFrame: plan.frames))
            }, limits: spec.limits.sessionHeights)
    }

    /// The ladder, best rung first.
    /// - Throws: `Failure` with `rejected` when what was asked for contradicts the title.
    func ladder() throws(Failure) -> LadderResult {
        do {
            return try builder.build(goal: spec.isOptimised ? spec.goal : .automatic, mode: mode)
        } catch {
            throw Failure(
                .rejected, what: "no \(codec.codec.rawValue) ladder is possible: \(error)", place: "ladder",
                remedy: "ask for other bitrates, qualities or limits; trial encodes made so far are kept")
        }
    }

    static func scale(_ codec: CodecFamily) -> CRFScale {
        let driver = EncoderCatalog.driver(for: codec)
        return CRFScale(
            step: driver.crfStep, minimum: driver.usefulCRF.lowerBound, maximum: driver.usefulCRF.upperBound)
    }

    /// How far a curve may follow another size's, on this encoder's scale.
    static func reach(_ codec: CodecFamily) -> Double { RateQualityCurve.usualReach * stretch(codec) }

    /// How much wider than x264's the encoder's useful range is.
    private static func stretch(_ codec: CodecFamily) -> Double {
        let range = EncoderCatalog.driver(for: codec).usefulCRF
        return (range.upperBound - range.lowerBound) / 28
    }

    private static func probe(_ point: MeasuredPoint) -> ProbePoint {
        ProbePoint(
            resolution: LadderResolution(width: point.resolution.width, height: point.resolution.height),
            crf: point.wholeCRF, bps: point.bps, vmaf: point.harmonicMean, frames: point.frames)
    }

    private var mode: LadderMode {
        switch spec.ladder {
        case .perTitle: .perTitle
        case .perShot: .perShot
        case .fixed, .category: .fixed(entries.map { FixedRung(height: $0.resolution.height, bps: $0.bps) })
        }
    }

    /// The rungs of a category ladder: the standard one's, times what the title's complexity says.
    func categoryRungs() -> [PlannedRung] {
        var ids: Set<String> = []
        return entries.reversed().map { entry in
            let bps = (entry.bps * plan.multiplier / 1000).rounded() * 1000
            var recipe = codec.profile.at(entry.resolution, codec.base)
            recipe.targetBps = Int(bps)
            limit(&recipe, mean: bps, hardest: bps)
            let name = "\(codec.codec.rawValue)-\(entry.resolution.height)p-\(Int(bps / 1000))k"
            return PlannedRung(
                id: Self.unique(name, in: &ids), recipe: recipe, targetVMAF: nil, targetBps: bps, predictedBps: bps,
                predictedVMAF: 0,
                units: plan.units.map { PlannedUnit(index: $0.index, crf: 0, bps: bps, vmaf: 0) })
        }
    }

    private var entries: [StandardLadder.Entry] {
        guard let display = codec.sizes.max(by: { $0.pixels < $1.pixels }) else { return [] }
        return StandardLadder.entries(for: codec.base.resolution, codec: codec.codec, maximumHeight: spec.maximumHeight)
            .filter { $0.resolution.pixels <= display.pixels }
    }

    /// Cells that must be measured, by unit, before the sizes of the rungs can be trusted.
    func challengers() throws(Failure) -> [Int: [ProbeCellPlan]] {
        guard spec.isOptimised else { return [:] }
        let rungs = try ladder().rungs
        let range = EncoderCatalog.driver(for: codec.codec).usefulCRF
        return builder.challengers(
            for: rungs, limits: LadderBuilder.ChallengeLimits(stretch: Self.stretch(codec.codec))
        ).mapValues { cells in
            cells.filter { range.contains($0.crf) }.map {
                ProbeCellPlan(
                    resolution: Resolution(width: $0.resolution.width, height: $0.resolution.height), crf: $0.crf)
            }
        }.filter { !$0.value.isEmpty }
    }

    /// Rungs of `ladder()` with recipes.
    func planned(_ rungs: [LadderRung]) -> [PlannedRung] {
        var ids: Set<String> = []
        return rungs.map { rung in
            let target = targetBps(rung)
            let id = Self.unique(identifier(rung, targetBps: target), in: &ids)
            return PlannedRung(
                id: id, recipe: recipe(rung), targetVMAF: target == nil ? rung.targetVMAF : nil, targetBps: target,
                predictedBps: rung.bps, predictedVMAF: rung.vmaf,
                units: rung.shots.map { PlannedUnit(index: $0.index, crf: $0.crf, bps: $0.bps, vmaf: $0.vmaf) })
        }
    }

    /// The bitrate that a rung promises; one that saturates far below what was asked for promises its quality instead.
    private func targetBps(_ rung: LadderRung) -> Double? {
        guard case .bitrates(let asked) = spec.goal, spec.isOptimised else { return rung.targetBps }
        return asked.filter { $0 >= rung.bps * 0.99 && rung.bps > $0 * 0.9 }.min()
    }

    private func identifier(_ rung: LadderRung, targetBps: Double?) -> String {
        let name = "\(codec.codec.rawValue)-\(rung.resolution.height)p"
        if let target = targetBps { return name + "-\(Int((target / 1000).rounded()))k" }
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
        var recipe = codec.profile.at(
            Resolution(width: rung.resolution.width, height: rung.resolution.height), codec.base)
        let mean = rung.targetBps ?? rung.bps
        let hardest = rung.style == .perShot || rung.targetBps == nil ? rung.shots.map(\.bps).max() ?? mean : mean
        if recipe.isTwoPass { recipe.targetBps = Int(mean) }
        limit(&recipe, mean: mean, hardest: hardest)
        return recipe
    }

    private func limit(_ recipe: inout VideoRecipe, mean: Double, hardest: Double) {
        let limits = codec.profile.rate.limits(mean: mean, hardest: hardest)
        recipe.maximumBps = limits.peakBps
        recipe.bufferBits = limits.bufferBits
        recipe = codec.profile.leveled(recipe)
    }
}
