package import MezzCore
import MezzEncode
import MezzMetrics
import MezzWorkflow

/// Writes the tasks of the trial encodes.
struct ProbeTasks {
    let spec: JobSpec
    let source: SourceInfo
    let hash: ContentHash
    let units: [EncodingUnit]
    /// The frames that stand for each of the title's units, by its index.
    let windows: [FrameRange]
    let segments: SegmentPlan
    let model: MetricModel

    /// - Parameter filmGrain: What AV1 leaves to the decoder.
    func plan(for codec: CodecFamily, filmGrain: FilmGrain?) throws -> (plan: CodecPlan, tasks: [TaskRequest]) {
        let driver = EncoderCatalog.driver(for: codec)
        let profile = try SpecCheck.profile(of: codec, in: spec)
        var base = profile.recipe(for: source.video, preset: spec.presets[codec])
        if codec == .av1 { base.filmGrain = filmGrain }
        let sizes = Self.sizes(codec, spec, display: source.video.display)
        let cells = spec.ladder == .category ? [] : ProbePlan(effort: effort).cells(sizes, driver)
        let tasks = try self.tasks(
            profile, base: base, cells: Dictionary(uniqueKeysWithValues: units.map { ($0.index, cells) }), round: 0)
        return (CodecPlan(profile: profile, base: base, sizes: sizes, probes: tasks.map(\.name)), tasks)
    }

    /// The tasks that try `cells`, given by unit.
    func tasks(
        _ profile: CodecProfile, base: VideoRecipe, cells: [Int: [ProbeCellPlan]], round: Int
    ) throws -> [TaskRequest] {
        try units.flatMap { unit in
            let cells = cells[unit.index] ?? []
            let window = windows[unit.index]
            return try ProbePlan.groups(cells, pixels: \.resolution.pixels).enumerated().map { number, group in
                try TaskRequest(
                    name: TaskName.probe(base.codec, unit: unit.index, group: number, round: round),
                    kind: ProbeStage.kind,
                    encoding: ProbeStage.Parameters(
                        source: hash, unit: unit.index, span: unit.frames,
                        spanKeyFrames: segments.keyFrames.count(where: unit.frames.contains), window: window,
                        keyFrames: Set([window.first] + segments.keyFrames.filter(window.contains)).sorted(),
                        profile: profile, base: base, cells: group, model: model, every: every(window)),
                    after: [TaskName.inspect, TaskName.index])
            }
        }
    }

    private var effort: Effort { spec.trialEffort }

    /// Short windows are scored more densely: at least eight frames where there are as many.
    private func every(_ window: FrameRange) -> Int {
        max(1, min(ProbePlan(effort: effort).scoreEvery, window.count / 8))
    }

    /// The sizes that a codec's rungs may have, largest first or smallest first.
    static func sizes(_ codec: CodecFamily, _ spec: JobSpec, display: Resolution) -> [Resolution] {
        switch spec.ladder {
        case .fixed, .category:
            return StandardLadder.entries(for: display, codec: codec, maximumHeight: spec.maximumHeight)
                .map(\.resolution)
        case .perTitle, .perShot:
            return CandidateResolutions.sizes(
                for: display, maximumHeight: spec.maximumHeight,
                most: ProbePlan(effort: spec.trialEffort).mostResolutions)
        }
    }
}

/// A size and CRF to be tried.
package struct ProbeCellPlan: Codable, Sendable, Hashable {
    package let resolution: Resolution
    package let crf: Double
}
