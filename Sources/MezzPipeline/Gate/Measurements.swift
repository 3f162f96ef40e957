import MezzCore
import MezzWorkflow

/// Gathers the measurements of all rungs from the tasks that made them.
struct Measurements {
    let work: Work<GateStage.Parameters>
    let state: GateState
    let frames: Int

    /// By rung, in the state's order.
    /// - Throws: `Failure` when a frame was never scored.
    func byRung() throws -> [RungMeasurement] {
        var display: [String: [Double]] = [:]
        var own: [String: [Double]] = [:]
        for reference in state.measures {
            let output: MeasureStage.Output = try work.output(of: reference.task)
            for (rung, scores) in zip(reference.rungs, output.scores) {
                if reference.ownSize {
                    write(scores, at: output.range.first, into: &own[rung, default: []])
                } else {
                    write(scores, at: output.range.first, into: &display[rung, default: []])
                }
            }
        }
        return try state.rungs.map { rung in
            let scores = display[rung.planned.id] ?? []
            guard scores.count == frames, !scores.contains(where: \.isNaN) else {
                throw Failure(
                    .failed, what: "not every frame of \(rung.planned.id) was scored", place: "quality gate",
                    remedy: "run again; report it if it happens again")
            }
            return RungMeasurement(
                scores: scores, ownScores: own[rung.planned.id] ?? [], assembled: try work.output(of: rung.assemble))
        }
    }

    private func write(_ scores: [Float], at first: Int, into all: inout [Double]) {
        if all.isEmpty { all = [Double](repeating: .nan, count: frames) }
        for (offset, score) in scores.enumerated() { all[first + offset] = Double(score) }
    }
}
