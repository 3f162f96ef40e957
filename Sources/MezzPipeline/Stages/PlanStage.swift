import MezzCore
import MezzEncode
import MezzMedia
import MezzMetrics
import MezzWorkflow

/// Cuts the title into units and chunks and decides what is tried.
struct PlanStage: Stage {
    static let kind = "plan"
    static let revision = 8
    static let tools: [Tool] = []

    /// Shortest run of frames with a CRF of its own.
    static let minimumUnitSeconds = 1.0
    /// Longest run of frames for one encoder process.
    static let maximumChunkSeconds = 8.0

    func run(_ work: Work<JobSpec>) async throws -> StageResult<TitlePlan> {
        let spec = work.parameters
        let index: IndexStage.Output = try work.output(of: TaskName.index)
        let source = (try work.output(of: TaskName.inspect) as SourceInfo).stating(index.light)
        let hash: HashStage.Output = try work.output(of: TaskName.hash)
        let rate = source.video.frameRate
        let segments = SegmentPlan(
            shots: index.shots, frames: index.frames, frameRate: rate, segmentSeconds: spec.segmentSeconds)
        let units = EncodingUnit.units(
            of: index.shots, minimumFrames: Int((Self.minimumUnitSeconds * rate.value).rounded(.up)))
        let chunks = Chunk.chunks(
            of: units, plan: segments, separate: spec.ladder == .perShot,
            maximumFrames: max(1, Int(Self.maximumChunkSeconds * rate.value)))
        let efforts = ProbePlan(effort: spec.trialEffort)
        let digest = efforts.digest(of: units, complexity: index.complexity, frameRate: rate)
        let windows = try await windows(of: units, shots: index.shots, length: efforts.windowFrames(rate), work)
        let model = spec.model ?? .standard(for: source.video.display)
        let probing = ProbeTasks(
            spec: spec, source: source, hash: hash.sha256, units: digest.tried.map { units[$0] }, windows: windows,
            segments: segments, model: model)
        let grain = GrainPlan.grain(
            spec.filmGrain, shots: index.shots, complexity: index.complexity, display: source.video.display)
        let codecs = try spec.codecs.map { try probing.plan(for: $0, filmGrain: grain) }
        let carriesHDR10Plus = try carriesHDR10Plus(spec, source, frames: index.frames, codecs.map(\.plan))
        let plan = TitlePlan(
            source: hash.sha256, frames: index.frames, segments: segments, units: units,
            digest: digest, windows: windows, multiplier: index.title.multiplier, chunks: chunks, model: model,
            audio: spec.endsAtLadder ? [] : try AudioTracks(wish: spec.audio, source: source).plan(),
            text: TextTracks.plan(spec.text),
            codecs: codecs.map(\.plan),
            carriesHDR10Plus: carriesHDR10Plus)
        return StageResult(
            output: plan,
            children: try codecs.flatMap(\.tasks) + (spec.endsAtLadder ? [] : sideTasks(plan, source, spec))
                + ladderTasks(plan, spec))
    }

    private func windows(
        of units: [EncodingUnit], shots: [Shot], length: Int, _ work: Work<JobSpec>
    ) async throws -> [FrameRange] {
        guard units.contains(where: { $0.frames.count > length }) else { return units.map(\.frames) }
        let index = try await SourceAccess(work).index
        let window = TrialWindow(index: index, shotStarts: Set(shots.map(\.frames.first)))
        return units.map { window.choose(in: $0.frames, length: length) }
    }

    /// - Throws: `Failure` (`input`) for metadata of another number of frames: before anything is encoded.
    private func carriesHDR10Plus(
        _ spec: JobSpec, _ source: SourceInfo, frames: Int, _ codecs: [CodecPlan]
    ) throws(Failure) -> Bool {
        guard codecs.contains(where: \.base.takesHDR10Plus) else { return false }
        switch spec.hdr10Plus {
        case .none: return false
        // Frames that are doubled or dropped are not those that the metadata speak of.
        case .source: return source.carriesHDR10Plus && !source.video.isVariableRate
        case .file(_, let described):
            guard described == frames else { throw HDR10PlusFile.mismatch(described, source: frames, "--hdr10plus") }
            return true
        }
    }

    /// What is made beside the rungs and for them.
    private func sideTasks(_ plan: TitlePlan, _ source: SourceInfo, _ spec: JobSpec) throws -> [TaskRequest] {
        let metadata =
            plan.carriesHDR10Plus
            ? [try HDR10PlusStage.request(spec.hdr10Plus, frames: plan.frames, chunks: plan.chunks)] : []
        return try metadata + trackTasks(plan, source, spec)
    }

    private func trackTasks(_ plan: TitlePlan, _ source: SourceInfo, _ spec: JobSpec) throws -> [TaskRequest] {
        let seconds = source.video.frameRate.seconds(ofFrame: plan.frames)
        return try plan.audio.map { track in
            try AudioStage.request(track, wish: spec.audio, title: plan.source, seconds: seconds)
        } + plan.text.map { try TextStage.request($0, seconds: seconds) }
    }

    private func ladderTasks(_ plan: TitlePlan, _ spec: JobSpec) throws -> [TaskRequest] {
        let ladders = try plan.codecs.map { codec in
            try TaskRequest(
                name: TaskName.ladder(codec.codec, 0), kind: LadderStage.kind,
                encoding: LadderStage.Parameters(spec: spec, codec: codec.codec, round: 0, probes: codec.probes),
                after: [TaskName.inspect, TaskName.index, TaskName.plan] + codec.probes, priority: 1)
        }
        guard !spec.endsAtLadder else { return ladders }
        let muster = try MusterStage.request(spec: spec, rounds: plan.codecs.map { ($0.codec, 0) })
        return ladders + [muster]
    }
}
