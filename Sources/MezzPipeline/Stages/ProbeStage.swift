import MezzCore
import MezzEncode
import MezzFormats
import MezzMedia
import MezzMetrics
import MezzWorkflow

/// Trial encodes of one unit: what was measured before is looked up; the rest is encoded from one decode, then scored
/// against the source together.
struct ProbeStage: Stage {
    static let kind = "probe"
    static let revision = 4
    static let tools: [Tool] = [.ffmpeg]
    static let methods = [NativeMeter.version]

    struct Parameters: Codable, Sendable {
        let source: ContentHash
        let unit: Int
        /// The unit's frames, and how many of them will be key frames.
        let span: FrameRange
        let spanKeyFrames: Int
        /// The part of them that is tried.
        let window: FrameRange
        let keyFrames: [Int]
        let profile: CodecProfile
        let base: VideoRecipe
        let cells: [ProbeCellPlan]
        let model: MetricModel
        let every: Int
    }

    struct Output: Codable, Sendable {
        let points: [MeasuredPoint]
        /// How many of the points were measured before.
        let reused: Int
    }

    func run(_ work: Work<Parameters>) async throws -> StageResult<Output> {
        let parameters = work.parameters
        let source: SourceInfo = try work.output(of: TaskName.inspect)
        let bitDepth = max(parameters.base.bitDepth, source.video.bitDepth > 8 ? 10 : 8)
        let encoder = work.environment.tools[.ffmpeg]?.version ?? ""
        let store = work.environment.trials
        var found: [TrialPoint?] = []
        var keys: [ContentHash] = []
        for cell in parameters.cells {
            let key = try key(cell, parameters, source.video, bitDepth: bitDepth, encoder: encoder).identity()
            keys.append(key)
            found.append(await store.point(key))
        }
        let missing = found.indices.filter { found[$0] == nil }
        let measured = try await measure(missing.map { parameters.cells[$0] }, work, bitDepth: bitDepth)
        for (cell, point) in zip(missing, measured) {
            await store.keep(point, as: keys[cell])
            found[cell] = point
        }
        let seconds = source.video.frameRate.seconds(ofFrame: parameters.span.count)
        let points = zip(parameters.cells, found).compactMap { cell, point in
            point.map { Self.report($0, of: cell, parameters, seconds) }
        }
        return StageResult(output: Output(points: points, reused: points.count - missing.count))
    }

    private func key(
        _ cell: ProbeCellPlan, _ parameters: Parameters, _ video: VideoStreamInfo, bitDepth: Int, encoder: String
    ) -> TrialKey {
        TrialKey(
            source: parameters.source, filters: video.filters, display: video.display, window: parameters.window,
            keyFrames: parameters.keyFrames, recipe: Self.recipe(cell, parameters), crf: cell.crf,
            model: parameters.model, every: parameters.every, bitDepth: bitDepth, encoder: encoder,
            meter: NativeMeter.version)
    }

    private func measure(
        _ cells: [ProbeCellPlan], _ work: Work<Parameters>, bitDepth: Int
    ) async throws -> [TrialPoint] {
        guard !cells.isEmpty else { return [] }
        let parameters = work.parameters
        let title = try await SourceAccess(work, range: parameters.window)
        let outputs = cells.enumerated().map { number, cell in
            ChunkOutput(recipe: Self.recipe(cell, parameters), crf: cell.crf, file: "probe-\(number).mp4")
        }
        let total = parameters.window.count
        try await ChunkEncoder(runner: work.runner, reader: title.reader, index: title.index).encode(
            parameters.window, keyFrames: parameters.keyFrames, outputs: outputs, in: work.folder
        ) { work.context.report(frames: $0, of: total) }
        let scores = try await NativeMeter(runner: work.runner).measure(
            MeasureRequest(
                range: parameters.window,
                distorted: outputs.map { Distorted(file: $0.file, firstFrame: parameters.window.first) },
                model: parameters.model, bitDepth: bitDepth, toneMap: parameters.base.toneMap,
                denoising: parameters.base.filmGrain.map { SVTAV1.denoising($0, title.video.display) },
                every: parameters.every),
            reference: title.reader, index: title.index, in: work.folder, progress: { _ in })
        return try zip(outputs, scores).map { output, measured in
            let sizes = try Self.sizes(work.folder + "/" + output.file)
            guard let pooled = PooledScore(measured.scores.map(\.vmaf)) else {
                throw Failure(
                    .failed, what: "no frame of a trial encode was scored", place: "frames \(parameters.window)",
                    remedy: "report this defect")
            }
            return TrialPoint(
                frames: total, keyFrames: sizes.syncSamples.count, bytes: sizes.bytes.reduce(0, +),
                keyBytes: sizes.syncBytes, mean: pooled.mean, harmonicMean: pooled.harmonicMean)
        }
    }

    private static func sizes(_ path: String) throws -> SampleSizes {
        do {
            return try SampleSizes.ofVideo(try FileBytes(path))
        } catch {
            throw Failure(
                .failed, what: "a trial encode is damaged: \(error)", place: path.printable, remedy: "run again")
        }
    }

    private static func recipe(_ cell: ProbeCellPlan, _ parameters: Parameters) -> VideoRecipe {
        parameters.profile.at(cell.resolution, parameters.base)
    }

    private static func report(
        _ point: TrialPoint, of cell: ProbeCellPlan, _ parameters: Parameters, _ seconds: Double
    ) -> MeasuredPoint {
        let driver = EncoderCatalog.driver(for: parameters.base.codec)
        return MeasuredPoint(
            codec: parameters.base.codec, unit: parameters.unit, resolution: cell.resolution, crf: cell.crf,
            wholeCRF: driver.wholeCRF(cell.crf, window: parameters.window.count, whole: parameters.span.count),
            preset: parameters.base.preset, frames: parameters.window.count,
            bps: point.bps(
                frames: parameters.span.count, keyFrames: parameters.spanKeyFrames, seconds: seconds),
            mean: point.mean, harmonicMean: point.harmonicMean)
    }
}
