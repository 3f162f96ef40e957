import MezzCore
import MezzEncode
import MezzWorkflow

/// Writes the tasks that encode, join and measure the rungs of one codec.
struct FinalEncodes {
    let plan: TitlePlan
    let spec: JobSpec

    /// Shortest run of frames measured by one process; shorter chunks are measured together.
    private static let measureSeconds = 8.0

    /// The first round: every rung, every chunk; one decode of a chunk feeds all rungs.
    func tasks(_ rungs: [PlannedRung]) throws -> [TaskRequest] {
        guard let codec = rungs.first?.recipe.codec else { return [] }
        let encodes = try plan.chunks.map { chunk in
            try encode(rungs, chunk, name: TaskName.encode(codec, chunk: chunk.index, round: 0), round: 0)
        }
        let pieces = plan.chunks.map { chunk in
            rungs.indices.map { PieceSource(task: encodes[chunk.index].name, artifact: $0, chunk: chunk) }
        }
        let assembles = try rungs.enumerated().map { number, rung in
            try assemble(rung, pieces: pieces.map { $0[number] }, round: 0)
        }
        return encodes + assembles + (try measures(rungs, chunks: plan.chunks, round: 0))
    }

    func encode(_ rungs: [PlannedRung], _ chunk: Chunk, name: String, round: Int) throws -> TaskRequest {
        let unit = chunk.units.first ?? 0
        let outputs = rungs.map { rung in
            EncodeStage.Target(
                recipe: recipe(of: rung, for: chunk), crf: rung.units.first { $0.index == unit }?.crf ?? 0)
        }
        return try TaskRequest(
            name: name, kind: EncodeStage.kind,
            encoding: EncodeStage.Parameters(
                source: plan.source, range: chunk.frames,
                keyFrames: plan.segments.keyFrames.filter(chunk.frames.contains), outputs: outputs),
            after: [TaskName.inspect, TaskName.index]
                + (outputs.contains { $0.recipe.hdr10PlusFile != nil } ? [TaskName.hdr10Plus] : []),
            priority: 2)
    }

    private func carriesHDR10Plus(_ rung: PlannedRung) -> Bool {
        plan.carriesHDR10Plus && rung.recipe.takesHDR10Plus
    }

    /// The rung's, with what the gate learned of this chunk. Two passes are told how the chunk's bitrate differs from the rung's, as far as trial encodes tell.
    private func recipe(of rung: PlannedRung, for chunk: Chunk) -> VideoRecipe {
        var recipe = rung.buffers[chunk.index]?.applied(to: rung.recipe) ?? rung.recipe
        if carriesHDR10Plus(rung) { recipe.hdr10PlusFile = HDR10PlusFile.encoderFile }
        guard recipe.isTwoPass, let target = recipe.targetBps, rung.predictedBps > 0 else { return recipe }
        let units = rung.units.filter { chunk.units.contains($0.index) }
        let frames = units.reduce(0) { $0 + plan.units[$1.index].frames.count }
        let bits = units.reduce(0) { $0 + $1.bps * Double(plan.units[$1.index].frames.count) }
        guard frames > 0 else { return recipe }
        recipe.targetBps = Int(Double(target) * bits / Double(frames) / rung.predictedBps)
        return recipe
    }

    func assemble(_ rung: PlannedRung, pieces: [PieceSource], round: Int) throws -> TaskRequest {
        var tasks: [String] = []
        for piece in pieces where !tasks.contains(piece.task) { tasks.append(piece.task) }
        return try TaskRequest(
            name: TaskName.assemble(rung.id, round: round), kind: AssembleStage.kind,
            encoding: AssembleStage.Parameters(
                codec: rung.recipe.codec, frameRate: rung.recipe.frameRate, keyFrames: plan.segments.keyFrames,
                pieces: pieces.map { piece in
                    AssembleStage.Piece(
                        input: tasks.firstIndex(of: piece.task) ?? 0, artifact: piece.artifact,
                        frames: piece.chunk.frames.count)
                }, bufferRate: rung.recipe.maximumBps, bufferBits: rung.recipe.bufferBits,
                carriesHDR10Plus: carriesHDR10Plus(rung)),
            after: tasks, priority: 3)
    }

    /// Measurements of `chunks` on `rungs`, neighbours put together.
    /// - Parameter rung: Set when one rung of its codec is measured alone.
    func measures(
        _ rungs: [PlannedRung], chunks: [Chunk], round: Int, rung: String? = nil
    ) throws -> [TaskRequest] {
        guard let codec = rungs.first?.recipe.codec else { return [] }
        return try runs(chunks, frameRate: rungs[0].recipe.frameRate).map { range in
            try measure(
                rungs, range.frames, ownSize: false, round: round,
                name: TaskName.measure(rung ?? codec.rawValue, from: range.chunk, round: round))
        }
    }

    /// Measurements at a rung's own size, for the quality gate.
    func ownSizeMeasures(_ rung: PlannedRung, chunks: [Chunk], round: Int) throws -> [TaskRequest] {
        try runs(chunks, frameRate: rung.recipe.frameRate).map { range in
            try measure(
                [rung], range.frames, ownSize: true, round: round,
                name: TaskName.ownSize(rung.id, from: range.chunk, round: round))
        }
    }

    private func measure(
        _ rungs: [PlannedRung], _ range: FrameRange, ownSize: Bool, round: Int, name: String
    ) throws -> TaskRequest {
        try TaskRequest(
            name: name, kind: MeasureStage.kind,
            encoding: MeasureStage.Parameters(
                source: plan.source, range: range, model: plan.model,
                bitDepths: rungs.map(\.recipe.bitDepth), resolutions: rungs.map(\.recipe.resolution),
                toneMaps: rungs.map(\.recipe.toneMap),
                filmGrains: rungs.map(\.recipe.filmGrain), ownSize: ownSize),
            after: [TaskName.inspect, TaskName.index] + rungs.map { TaskName.assemble($0.id, round: round) },
            priority: 4)
    }

    private struct Run {
        let chunk: Int
        var frames: FrameRange
    }

    private func runs(_ chunks: [Chunk], frameRate: Rational) -> [Run] {
        var runs: [Run] = []
        for chunk in chunks {
            if let last = runs.last, last.frames.end == chunk.frames.first,
                frameRate.seconds(ofFrame: last.frames.count) < Self.measureSeconds
            {
                runs[runs.count - 1].frames = FrameRange(first: last.frames.first, end: chunk.frames.end)
            } else {
                runs.append(Run(chunk: chunk.index, frames: chunk.frames))
            }
        }
        return runs
    }
}

/// Where one chunk of one rung comes from.
struct PieceSource: Codable, Sendable, Hashable {
    let task: String
    /// Number of the artifact among the task's.
    let artifact: Int
    let chunk: Chunk
}
