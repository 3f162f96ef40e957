import MezzCore
import MezzEncode
import MezzWorkflow

/// Adds up what the tasks of a finished job took: by stage and by rung.
struct CostAccount {
    /// One stage's tasks together. What was found in the store counts as a task and takes nothing.
    struct Stage {
        var tasks = 0
        var cached = 0
        var time = SpentTime()
        var wall = 0.0
    }

    /// In the order in which the stages appear.
    private(set) var stages: [(name: String, sum: Stage)] = []
    /// By rung: encoding, joining, measuring and verifying it.
    private(set) var rungs: [String: SpentTime] = [:]

    init(_ records: [TaskRecord]) throws {
        for record in records {
            guard let result = record.result else { continue }
            count(record.request.kind, result, SpentTime(record.request, result.usage))
        }
        try share(records)
    }

    private mutating func count(_ kind: String, _ result: TaskResult, _ time: SpentTime) {
        let place = stages.firstIndex { $0.name == kind } ?? stages.count
        if place == stages.count { stages.append((kind, Stage())) }
        stages[place].sum.tasks += 1
        guard !result.cached else {
            stages[place].sum.cached += 1
            return
        }
        stages[place].sum.time = stages[place].sum.time + time
        stages[place].sum.wall += result.usage.wallSeconds
    }

    /// What several rungs had made together is shared out: an encode of several by their pixels, a measurement evenly,
    /// because it compares all of them at one size.
    private mutating func share(_ records: [TaskRecord]) throws {
        let joins = try records.filter { $0.request.kind == AssembleStage.kind }.map(Join.init)
        let rungOfJoin = Dictionary(joins.map { ($0.task, $0.rung) }, uniquingKeysWith: { first, _ in first })
        var makers: [String: [Int: String]] = [:]
        for join in joins {
            for piece in join.pieces { makers[piece.task, default: [:]][piece.output] = join.rung }
        }
        for record in records {
            guard let result = record.result, !result.cached else { continue }
            let time = SpentTime(record.request, result.usage)
            switch record.request.kind {
            case EncodeStage.kind:
                let made = makers[record.request.name] ?? [:]
                let asked = try CanonicalJSON.decode(EncodeStage.Parameters.self, from: record.request.parameters)
                add(
                    time,
                    to: asked.outputs.enumerated().compactMap { number, output in
                        made[number].map { ($0, Double(output.recipe.resolution.pixels)) }
                    })
            case AssembleStage.kind:
                add(time, to: rungOfJoin[record.request.name].map { [($0, 1)] } ?? [])
            case MeasureStage.kind:
                add(time, to: record.request.after.compactMap { rungOfJoin[$0] }.map { ($0, 1) })
            case VerifyStage.kind:
                let asked = try CanonicalJSON.decode(VerifyStage.Parameters.self, from: record.request.parameters)
                let rungs = Set(rungOfJoin.values)
                add(time, to: asked.track.flatMap { rungs.contains($0) ? [($0, 1)] : nil } ?? [])
            default: break
            }
        }
    }

    private mutating func add(_ time: SpentTime, to shares: [(rung: String, weight: Double)]) {
        let total = shares.reduce(0) { $0 + $1.weight }
        for share in shares {
            let part = share.weight / total
            rungs[share.rung] =
                (rungs[share.rung] ?? SpentTime()) + SpentTime(cpu: time.cpu * part, slot: time.slot * part)
        }
    }

    /// Which outputs of which encodes a joined rung is made of.
    private struct Join {
        let task: String
        let rung: String
        let pieces: [(task: String, output: Int)]

        init(_ record: TaskRecord) throws {
            task = record.request.name
            rung = TaskName.rung(ofAssembly: task)
            let asked = try CanonicalJSON.decode(AssembleStage.Parameters.self, from: record.request.parameters)
            pieces = asked.pieces.filter { record.request.after.indices.contains($0.input) }
                .map { (record.request.after[$0.input], $0.artifact) }
        }
    }
}
