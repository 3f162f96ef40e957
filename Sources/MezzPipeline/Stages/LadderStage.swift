import Foundation
import MezzCore
import MezzEncode
import MezzLadder
import MezzMedia
import MezzWorkflow

/// Computes one codec's ladder from its trial encodes; asks for challengers where a rung's size was never compared
/// at its bitrate, and starts the final encodes once that is settled.
struct LadderStage: Stage {
    static let kind = "ladder"
    static let revision = 3
    static let tools: [Tool] = []

    struct Parameters: Codable, Sendable {
        let spec: JobSpec
        let codec: CodecFamily
        let round: Int
        let probes: [String]
    }

    struct Output: Codable, Sendable {
        /// The next round that decides instead of this one; `nil` when the ladder stands.
        let continuedInRound: Int?
        let rungs: [PlannedRung]
        let points: [MeasuredPoint]
        /// What had to be done differently from what was asked, for a person.
        let notes: [String]
    }

    func run(_ work: Work<Parameters>) async throws -> StageResult<Output> {
        let parameters = work.parameters
        let plan: TitlePlan = try work.output(of: TaskName.plan)
        let source: SourceInfo = try work.output(of: TaskName.inspect)
        let points = try parameters.probes.flatMap { try work.output(of: $0, as: ProbeStage.Output.self).points }
        guard let codec = plan.codecs.first(where: { $0.codec == parameters.codec }) else {
            throw Failure(
                .failed, what: "the plan lacks \(parameters.codec.rawValue)", place: "workflow",
                remedy: "report this defect")
        }
        if parameters.spec.ladder == .category { return try category(parameters.spec, plan, codec) }
        let model = LadderModel(spec: parameters.spec, codec: codec, plan: plan, points: points)
        let challengers =
            parameters.round < ProbePlan(effort: parameters.spec.effort).challengerRounds
            ? try model.challengers() : [:]
        if !challengers.isEmpty {
            return try next(work, plan, source, codec, challengers, points)
        }
        let ladder = try model.ladder()
        let rungs = model.planned(ladder.rungs)
        guard !rungs.isEmpty else {
            throw Failure(
                .failed, what: "no \(parameters.codec.rawValue) ladder can be built from the trial encodes",
                place: work.environment.source.name.printable, remedy: "try --ladder fixed")
        }
        return StageResult(
            output: Output(continuedInRound: nil, rungs: rungs, points: points, notes: ladder.notes),
            children: parameters.spec.endsAtLadder
                ? [] : try FinalEncodes(plan: plan, spec: parameters.spec).tasks(rungs))
    }

    private func category(
        _ spec: JobSpec, _ plan: TitlePlan, _ codec: CodecPlan
    ) throws -> StageResult<Output> {
        let rungs = LadderModel(spec: spec, codec: codec, plan: plan, points: []).categoryRungs()
        return StageResult(
            output: Output(continuedInRound: nil, rungs: rungs, points: [], notes: []),
            children: spec.endsAtLadder ? [] : try FinalEncodes(plan: plan, spec: spec).tasks(rungs))
    }

    private func next(
        _ work: Work<Parameters>, _ plan: TitlePlan, _ source: SourceInfo, _ codec: CodecPlan,
        _ challengers: [Int: [ProbeCellPlan]], _ points: [MeasuredPoint]
    ) throws -> StageResult<Output> {
        let parameters = work.parameters
        let round = parameters.round + 1
        let tasks = try ProbeTasks(
            spec: parameters.spec, source: source, hash: plan.source,
            units: plan.digest.tried.map { plan.units[$0] }, windows: plan.windows, segments: plan.segments,
            model: plan.model
        ).tasks(codec.profile, base: codec.base, cells: challengers, round: round)
        let probes = parameters.probes + tasks.map(\.name)
        let ladder = try TaskRequest(
            name: TaskName.ladder(parameters.codec, round), kind: Self.kind,
            encoding: Parameters(spec: parameters.spec, codec: parameters.codec, round: round, probes: probes),
            after: [TaskName.inspect, TaskName.index, TaskName.plan] + probes, priority: 1)
        return StageResult(
            output: Output(continuedInRound: round, rungs: [], points: points, notes: []), children: tasks + [ladder])
    }
}
