import Foundation
import MezzCore
import MezzEncode
import MezzMedia
import MezzMetrics
import MezzPixels
import MezzWorkflow

/// Trial encodes of one unit: all cells from one decode, then all scored against the source together.
struct ProbeStage: Stage {
    static let kind = "probe"
    static let revision = 1
    static let tools: [Tool] = [.ffmpeg]
    static let methods = [NativeMeter.version]

    struct Parameters: Codable, Sendable {
        let source: ContentHash
        let unit: Int
        let window: FrameRange
        let keyFrames: [Int]
        let base: VideoRecipe
        let cells: [ProbeCellPlan]
        let model: MetricModel
        let every: Int
    }

    func run(_ work: Work<Parameters>) async throws -> StageResult<[MeasuredPoint]> {
        let parameters = work.parameters
        let title = try await SourceAccess(work)
        let outputs = parameters.cells.enumerated().map { number, cell in
            var recipe = parameters.base
            recipe.resolution = cell.resolution
            return ChunkOutput(recipe: recipe, crf: cell.crf, file: "probe-\(number).mp4")
        }
        let total = parameters.window.count
        try await ChunkEncoder(runner: work.runner, reader: title.reader, index: title.index).encode(
            parameters.window, keyFrames: parameters.keyFrames, outputs: outputs, in: work.folder
        ) { work.context.report(frames: $0, of: total) }
        let scores = try await NativeMeter(runner: work.runner).measure(
            MeasureRequest(
                range: parameters.window,
                distorted: outputs.map { Distorted(file: $0.file, firstFrame: parameters.window.first) },
                model: parameters.model, bitDepth: max(parameters.base.bitDepth, title.video.bitDepth > 8 ? 10 : 8),
                every: parameters.every),
            reference: title.reader, index: title.index, in: work.folder, progress: { _ in })
        let seconds = title.video.frameRate.seconds(ofFrame: total)
        let points = try zip(outputs, scores).map { output, measured in
            let bytes = try MediaData.bytes(ofMP4: work.folder + "/" + output.file)
            let pooled = PooledScore(measured.scores.map(\.vmaf))
            return MeasuredPoint(
                codec: output.recipe.codec, unit: parameters.unit, resolution: output.recipe.resolution,
                crf: output.crf, preset: output.recipe.preset, frames: total, bps: Double(bytes) * 8 / seconds,
                vmaf: pooled?.mean ?? 0)
        }
        return StageResult(output: points)
    }
}
