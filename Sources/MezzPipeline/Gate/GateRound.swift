import MezzCore
import MezzEncode
import MezzWorkflow

/// What changes in a rung that is encoded again.
enum GateChange {
    /// New CRFs by unit.
    case crfs([Int: Double])
    /// Another bitrate for the encoder to aim at.
    case bitrate(Int)
    /// What chunks are told of the buffer, by chunk.
    case buffers([Int: BufferFix])
}

/// Writes the tasks of another round: the chunks that change, their rungs' joins, their measurements, the next gate.
struct GateRound {
    let parameters: GateStage.Parameters
    let plan: TitlePlan

    /// - Parameter changes: By rung.
    func next(_ changes: [String: GateChange]) throws -> [TaskRequest] {
        let round = parameters.state.round + 1
        let encodes = FinalEncodes(plan: plan, spec: parameters.spec)
        var state = GateState(round: round, rungs: parameters.state.rungs, measures: parameters.state.measures)
        var tasks: [TaskRequest] = []
        for (number, rung) in state.rungs.enumerated() {
            guard let change = changes[rung.planned.id] else { continue }
            var changed = rung
            let chunks = apply(change, to: &changed.planned)
            for chunk in chunks {
                let name = TaskName.encode(
                    rung.planned.recipe.codec, chunk: chunk.index, round: round, rung: rung.planned.id)
                tasks.append(try encodes.encode([changed.planned], chunk, name: name, round: round))
                changed.pieces[chunk.index] = PieceSource(task: name, artifact: 0, chunk: chunk)
            }
            tasks.append(try encodes.assemble(changed.planned, pieces: changed.pieces, round: round))
            changed.assemble = TaskName.assemble(rung.planned.id, round: round)
            let measures = try measures(encodes, changed.planned, chunks, round)
            tasks += measures.map(\.task)
            state.measures += measures.map(\.reference)
            state.rungs[number] = changed
        }
        tasks.append(try GateStage.request(spec: parameters.spec, state: state, ladders: parameters.ladders))
        return tasks
    }

    /// - Returns: The chunks that must be encoded again.
    private func apply(_ change: GateChange, to rung: inout PlannedRung) -> [Chunk] {
        switch change {
        case .crfs(let crfs):
            for (place, unit) in rung.units.enumerated() {
                if let crf = crfs[unit.index] { rung.units[place].crf = crf }
            }
            return plan.chunks.filter { chunk in chunk.units.contains { crfs[$0] != nil } }
        case .bitrate(let bps):
            rung.recipe.targetBps = bps
            return plan.chunks
        case .buffers(let fixes):
            rung.buffers.merge(fixes) { _, new in new }
            return plan.chunks.filter { fixes[$0.index] != nil }
        }
    }

    private func measures(
        _ encodes: FinalEncodes, _ rung: PlannedRung, _ chunks: [Chunk], _ round: Int
    ) throws -> [(task: TaskRequest, reference: MeasureReference)] {
        var result = try encodes.measures([rung], chunks: chunks, round: round, rung: rung.id).map {
            (task: $0, reference: MeasureReference(task: $0.name, rungs: [rung.id], ownSize: false))
        }
        if parameters.spec.gate {
            result += try encodes.ownSizeMeasures(rung, chunks: chunks, round: round).map {
                (task: $0, reference: MeasureReference(task: $0.name, rungs: [rung.id], ownSize: true))
            }
        }
        return result
    }
}
