import MezzCore
import MezzEncode
import MezzMedia
import MezzWorkflow

/// Waits until every codec's ladder stands, then hands the encodes to the quality gate.
struct MusterStage: Stage {
    static let kind = "muster"
    static let revision = 1
    static let tools: [Tool] = []

    struct Parameters: Codable, Sendable {
        let spec: JobSpec
        /// Names of the ladder tasks waited for, by codec.
        let ladders: [CodecFamily: String]
    }

    struct Done: Codable, Sendable {}

    static func request(spec: JobSpec, rounds: [(CodecFamily, Int)]) throws -> TaskRequest {
        let ladders = Dictionary(uniqueKeysWithValues: rounds.map { ($0.0, TaskName.ladder($0.0, $0.1)) })
        let name = "muster/" + rounds.map { String($0.1) }.joined(separator: ".")
        return try TaskRequest(
            name: name, kind: kind, encoding: Parameters(spec: spec, ladders: ladders),
            after: [TaskName.plan] + rounds.map { TaskName.ladder($0.0, $0.1) }, priority: 5)
    }

    func run(_ work: Work<Parameters>) async throws -> StageResult<Done> {
        let parameters = work.parameters
        let plan: TitlePlan = try work.output(of: TaskName.plan)
        var rounds: [(CodecFamily, Int)] = []
        var rungs: [PlannedRung] = []
        var isSettled = true
        for codec in plan.codecs.map(\.codec) {
            guard let name = parameters.ladders[codec] else { continue }
            let ladder: LadderStage.Output = try work.output(of: name)
            rungs += ladder.rungs
            if ladder.continuedInRound != nil { isSettled = false }
            let round = ladder.continuedInRound ?? Int(name.split(separator: "/").last ?? "0") ?? 0
            rounds.append((codec, round))
        }
        guard isSettled else {
            return StageResult(output: Done(), children: [try Self.request(spec: parameters.spec, rounds: rounds)])
        }
        let encodes = FinalEncodes(plan: plan, spec: parameters.spec)
        let state = GateState(
            round: 0, rungs: rungs.map { Self.gateRung($0, rungs, plan) },
            measures: try Self.measures(rungs, plan, encodes))
        let ownSize =
            parameters.spec.gate
            ? try rungs.flatMap { try encodes.ownSizeMeasures($0, chunks: plan.chunks, round: 0) } : []
        let gate = try GateStage.request(
            spec: parameters.spec, state: state, ladders: rounds.map { TaskName.ladder($0.0, $0.1) })
        return StageResult(output: Done(), children: ownSize + [gate])
    }

    private static func gateRung(_ rung: PlannedRung, _ all: [PlannedRung], _ plan: TitlePlan) -> GateRung {
        let codec = rung.recipe.codec
        let number = all.filter { $0.recipe.codec == codec }.firstIndex { $0.id == rung.id } ?? 0
        let pieces = plan.chunks.map { chunk in
            PieceSource(task: TaskName.encode(codec, chunk: chunk.index, round: 0), artifact: number, chunk: chunk)
        }
        return GateRung(planned: rung, assemble: TaskName.assemble(rung.id, round: 0), pieces: pieces)
    }

    private static func measures(
        _ rungs: [PlannedRung], _ plan: TitlePlan, _ encodes: FinalEncodes
    ) throws -> [MeasureReference] {
        try plan.codecs.flatMap { codec -> [MeasureReference] in
            let own = rungs.filter { $0.recipe.codec == codec.codec }
            let display = try encodes.measures(own, chunks: plan.chunks, round: 0).map {
                MeasureReference(task: $0.name, rungs: own.map(\.id), ownSize: false)
            }
            guard encodes.spec.gate else { return display }
            return try display
                + own.flatMap { rung in
                    try encodes.ownSizeMeasures(rung, chunks: plan.chunks, round: 0).map {
                        MeasureReference(task: $0.name, rungs: [rung.id], ownSize: true)
                    }
                }
        }
    }
}
