import Foundation
import MezzCore
import MezzEncode
import MezzMedia
import MezzMetrics
import MezzWorkflow

/// Compares every rung with its promise; sends what falls short back to the encoders, and lets the rest through to
/// packaging.
struct GateStage: Stage {
    static let kind = "gate"
    static let revision = 4
    static let tools: [Tool] = []

    struct Parameters: Codable, Sendable {
        let spec: JobSpec
        let state: GateState
        let ladders: [String]
    }

    struct Output: Codable, Sendable {
        /// Whether another round decides instead of this one.
        let continues: Bool
        let rungs: [RungResult]
        let findings: [Finding]
    }

    static func request(spec: JobSpec, state: GateState, ladders: [String]) throws -> TaskRequest {
        try TaskRequest(
            name: TaskName.gate(state.round), kind: kind,
            encoding: Parameters(spec: spec, state: state, ladders: ladders),
            after: [TaskName.index, TaskName.plan] + ladders + state.rungs.map(\.assemble) + state.measures.map(\.task),
            priority: 5)
    }

    func run(_ work: Work<Parameters>) async throws -> StageResult<Output> {
        let parameters = work.parameters
        let plan: TitlePlan = try work.output(of: TaskName.plan)
        let index: IndexStage.Output = try work.output(of: TaskName.index)
        let gate = QualityGate(spec: parameters.spec, plan: plan, models: try models(work, plan))
        let measured = try Measurements(work: work, state: parameters.state, frames: plan.frames).byRung()
        var changes: [String: GateChange] = [:]
        for (rung, measurement) in zip(parameters.state.rungs, measured) {
            let round = parameters.state.round
            let change = round < QualityGate.rounds ? gate.change(rung.planned, measurement) : nil
            // Buffers are looked at when the bits no longer change.
            changes[rung.planned.id] =
                change
                ?? (round < QualityGate.rounds + QualityGate.bufferRounds
                    ? gate.bufferChange(rung.planned, measurement) : nil)
        }
        guard changes.isEmpty else {
            let children = try GateRound(parameters: parameters, plan: plan).next(changes)
            return StageResult(output: Output(continues: true, rungs: [], findings: []), children: children)
        }
        let results = zip(parameters.state.rungs, measured).map { RungResult($0, $1, plan: plan) }
        let findings = zip(parameters.state.rungs, measured).flatMap {
            GateFindings(gate: gate).findings($0.planned, $1)
        }
        let path = work.folder + "/scores.f32"
        try Self.scores(measured).write(to: URL(fileURLWithPath: path))
        return StageResult(
            output: Output(continues: false, rungs: results, findings: findings), files: [("scores.f32", path)],
            children: try DeliveryTasks(
                spec: parameters.spec, plan: plan, gate: parameters.state, shots: index.shots
            ).all())
    }

    private func models(_ work: Work<Parameters>, _ plan: TitlePlan) throws -> [CodecFamily: LadderModel] {
        var models: [CodecFamily: LadderModel] = [:]
        for (codec, name) in zip(plan.codecs, work.parameters.ladders) {
            let ladder: LadderStage.Output = try work.output(of: name)
            models[codec.codec] = LadderModel(
                spec: work.parameters.spec, codec: codec, plan: plan, points: ladder.points)
        }
        return models
    }

    /// All rungs' scores one after the other, 32-bit little-endian floats.
    private static func scores(_ measured: [RungMeasurement]) -> Data {
        var data = Data()
        for value in measured.lazy.flatMap(\.scores) {
            withUnsafeBytes(of: Float(value).bitPattern.littleEndian) { data.append(contentsOf: $0) }
        }
        return data
    }
}

/// One delivered rung with what was measured of it.
struct RungResult: Codable, Sendable {
    struct Unit: Codable, Sendable {
        let index: Int
        let crf: Double
        let bps: Double
        /// Mean over its frames.
        let vmaf: Double
        /// `nil` in states of older versions.
        let harmonicMean: Double?
    }

    let planned: PlannedRung
    let profile: String
    let level: String
    let frames: Int
    let averageBps: Double
    let quality: PooledScore?
    let units: [Unit]

    init(_ rung: GateRung, _ measured: RungMeasurement, plan: TitlePlan) {
        planned = rung.planned
        profile = measured.assembled.profile
        level = measured.assembled.level
        frames = measured.assembled.frames
        let rate = rung.planned.recipe.frameRate
        averageBps = Double(measured.assembled.gopBytes.reduce(0, +)) * 8 / rate.seconds(ofFrame: plan.frames)
        quality = PooledScore(measured.scores)
        units = rung.planned.units.map { unit in
            let frames = plan.units[unit.index].frames
            let bytes = measured.bytes(of: frames, keyFrames: plan.segments.keyFrames)
            let score = PooledScore(measured.scores[frames.indices])
            return Unit(
                index: unit.index, crf: unit.crf, bps: Double(bytes) * 8 / rate.seconds(ofFrame: frames.count),
                vmaf: score?.mean ?? 0, harmonicMean: score?.harmonicMean)
        }
    }
}
