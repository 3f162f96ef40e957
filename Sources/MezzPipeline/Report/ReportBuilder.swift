import MezzCore
import MezzEncode
import MezzLadder
import MezzMetrics
import MezzPackaging
import MezzWorkflow

/// Gathers the report from the results of a finished job.
struct ReportBuilder {
    let source: String
    let spec: JobSpec
    let results: JobResults
    let wallSeconds: Double
    let expected: CostExpectation

    func build() async throws -> Report {
        let index: IndexStage.Output = try results.output(of: TaskName.index)
        let info = (try results.output(of: TaskName.inspect) as SourceInfo).stating(index.light)
        let plan: TitlePlan = try results.output(of: TaskName.plan)
        let gate = try results.gate().output
        let package: PackageStage.Output = try results.output(of: spec.deliveredTask)
        let rate = info.video.frameRate
        return Report(
            source: try source(info, index),
            shots: shots(index, plan, rate), credits: index.credits.map { .init($0, frameRate: rate) },
            ladder: try ladder(plan, rungs: try gate.rungs.map { try rung($0, plan, package, rate) }),
            audio: try audio(plan),
            text: try text(plan),
            qc: try qc(info, index, gate, plan), cost: try cost(),
            packageBytes: try results.artifacts(of: spec.deliveredTask).reduce(0) { $0 + $1.bytes },
            protection: spec.protection.map(Report.Protection.init))
    }

    private static func hdr(_ color: ColorDescription) -> Report.HDR? {
        guard color.isHighDynamicRange else { return nil }
        return Report.HDR(
            format: color.transfer == "smpte2084" ? "PQ" : "HLG", masteringDisplay: color.hdr?.display?.text,
            maxCLL: color.hdr?.light?.max, maxFALL: color.hdr?.light?.average)
    }

    /// The report of a job that ends at its ladders: rungs as they are planned, nothing encoded or measured but trials.
    func buildLadder() throws -> Report {
        let index: IndexStage.Output = try results.output(of: TaskName.index)
        let info = (try results.output(of: TaskName.inspect) as SourceInfo).stating(index.light)
        let plan: TitlePlan = try results.output(of: TaskName.plan)
        let rungs = try ladders().flatMap(\.rungs).map { planned($0, plan) }
        let findings = try planFindings(info, index, plan)
        return Report(
            source: try source(info, index),
            shots: shots(index, plan, info.video.frameRate),
            credits: index.credits.map { .init($0, frameRate: info.video.frameRate) },
            ladder: try ladder(plan, rungs: rungs), audio: [], text: [],
            qc: Report.QC(
                passed: !findings.contains { $0.severity == .error },
                findings: findings.sorted { $0.severity > $1.severity }),
            cost: try cost())
    }

    private func source(_ info: SourceInfo, _ index: IndexStage.Output) throws -> Report.Source {
        let hash: HashStage.Output = try results.output(of: TaskName.hash)
        let rate = info.video.frameRate
        return Report.Source(
            path: source, sha256: hash.sha256.hex, bytes: info.bytes,
            durationSeconds: rate.seconds(ofFrame: index.frames), frames: index.frames, size: info.video.display,
            frameRate: rate, pixelFormat: info.video.pixelFormat, color: info.video.color,
            hdr: Self.hdr(info.video.color))
    }

    private func planned(_ rung: PlannedRung, _ plan: TitlePlan) -> Report.Rung {
        Report.Rung(
            id: rung.id, codec: rung.recipe.codec, profile: "", level: rung.recipe.level ?? "",
            size: rung.recipe.resolution, bitDepth: rung.recipe.bitDepth, targetVMAF: rung.targetVMAF,
            averageBPS: Int(rung.predictedBps.rounded()), peakBPS: rung.recipe.maximumBps ?? 0, frames: plan.frames,
            shots: rung.units.flatMap { unit in
                plan.units[unit.index].shots.map {
                    Report.RungShot(
                        index: $0, crf: rung.recipe.crf(unit.crf), bps: Int(unit.bps.rounded()),
                        vmaf: rung.recipe.isConstantQuality ? unit.vmaf : nil,
                        vmafHarmonic: rung.recipe.isConstantQuality ? unit.vmaf : nil)
                }
            }, predictedVMAF: rung.recipe.isConstantQuality ? rung.predictedVMAF : nil,
            predictedBPS: Int(rung.predictedBps.rounded()))
    }

    /// The ladders that stand, by codec.
    func ladders() throws -> [LadderStage.Output] {
        try results.outputs(ofKind: LadderStage.kind, as: LadderStage.Output.self)
            .map(\.value).filter { $0.continuedInRound == nil }
    }

    private func ladder(_ plan: TitlePlan, rungs: [Report.Rung]) throws -> Report.Ladder {
        let points = try ladders().flatMap(\.points)
        let hulls = plan.codecs.flatMap { codec in
            hull(LadderModel(spec: spec, codec: codec, plan: plan, points: points.filter { $0.codec == codec.codec }))
        }
        return Report.Ladder(
            mode: spec.ladder.rawValue, metric: plan.model.rawValue, rungs: rungs,
            points: points.flatMap { reported($0, plan) }, hull: hulls)
    }

    /// The title's hull in mean VMAF, as the page draws its curves.
    private func hull(_ model: LadderModel) -> [Report.HullPoint] {
        TitleModel(
            shots: model.builder.model.shots, scale: model.builder.model.scale, pooling: .mean,
            reach: LadderModel.reach(model.codec.codec)
        ).titleHull().map {
            Report.HullPoint(
                codec: model.codec.codec, size: Resolution(width: $0.resolution.width, height: $0.resolution.height),
                bps: Int($0.bps.rounded()), vmaf: $0.vmaf)
        }
    }

    /// A unit's point stands for each of its shots.
    private func reported(_ point: MeasuredPoint, _ plan: TitlePlan) -> [Report.Point] {
        plan.units[point.unit].shots.map { shot in
            Report.Point(
                codec: point.codec, shot: shot, size: point.resolution, crf: point.crf, preset: point.preset,
                bps: Int(point.bps.rounded()), vmaf: point.mean, vmafHarmonic: point.harmonicMean,
                wholeCRF: point.wholeCRF, measured: true)
        }
    }

    private func rung(
        _ rung: RungResult, _ plan: TitlePlan, _ package: PackageStage.Output, _ rate: Rational
    ) throws -> Report.Rung {
        let chosen = try chosenCRFs(rung.planned)
        let segments = package.segments[rung.planned.id] ?? []
        let peak = segments.map { Double($0.bytes) * 8 / max($0.durationSeconds, 0.001) }.max() ?? rung.averageBps
        return Report.Rung(
            id: rung.planned.id, codec: rung.planned.recipe.codec, profile: rung.profile, level: rung.level,
            size: rung.planned.recipe.resolution, bitDepth: rung.planned.recipe.bitDepth,
            targetVMAF: rung.planned.targetVMAF, averageBPS: Int(rung.averageBps.rounded()),
            peakBPS: Int(peak.rounded()), frames: rung.frames,
            quality: rung.quality.map {
                Report.Quality(
                    model: plan.model.rawValue, mean: $0.mean, harmonicMean: $0.harmonicMean, p5: $0.p5, min: $0.min)
            },
            shots: rung.units.flatMap { unit in
                plan.units[unit.index].shots.map {
                    Report.RungShot(
                        index: $0, crf: rung.planned.recipe.crf(unit.crf), plannedCRF: chosen[unit.index],
                        bps: Int(unit.bps.rounded()), vmaf: unit.vmaf, vmafHarmonic: unit.harmonicMean)
                }
            },
            segments: segments.map { segment in
                Report.Segment(
                    firstFrame: Int((segment.startSeconds * rate.value).rounded()),
                    endFrame: Int(((segment.startSeconds + segment.durationSeconds) * rate.value).rounded()),
                    bytes: segment.bytes)
            }, predictedVMAF: rung.planned.recipe.isConstantQuality ? rung.planned.predictedVMAF : nil,
            predictedBPS: Int(rung.planned.predictedBps.rounded()))
    }

    /// By unit: what the ladder chose for a rung, before the gate.
    private func chosenCRFs(_ rung: PlannedRung) throws -> [Int: Double] {
        let chosen = try ladders().flatMap(\.rungs).first { $0.id == rung.id }?.units ?? []
        return Dictionary(chosen.compactMap { unit in rung.recipe.crf(unit.crf).map { (unit.index, $0) } }) {
            first, _ in first
        }
    }
}
