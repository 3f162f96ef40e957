import MezzCore
import MezzEncode
import MezzWorkflow

/// Writes the tasks of another round: the chunks that change, their rungs' joins, their measurements, the next gate.
struct GateRound {
    let parameters: GateStage.Parameters
    let plan: TitlePlan

    /// - Parameter changes: New CRFs by rung and unit.
    func next(_ changes: [String: [Int: Double]]) throws -> [TaskRequest] {
        let round = parameters.state.round + 1
        let encodes = FinalEncodes(plan: plan, spec: parameters.spec)
        var state = GateState(round: round, rungs: parameters.state.rungs, measures: parameters.state.measures)
        var tasks: [TaskRequest] = []
        for (number, rung) in state.rungs.enumerated() {
            guard let units = changes[rung.planned.id] else { continue }
            var changed = rung
            for (place, unit) in rung.planned.units.enumerated() {
                if let crf = units[unit.index] { changed.planned.units[place].crf = crf }
            }
            let chunks = plan.chunks.filter { chunk in chunk.units.contains { units[$0] != nil } }
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
