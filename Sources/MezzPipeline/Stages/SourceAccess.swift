import MezzCore
import MezzMedia
import MezzPixels
import MezzWorkflow

/// What the stages that read source frames share: the reader, the ruler and the picture's facts.
struct SourceAccess {
    let reader: SourceReader
    let index: FrameIndex
    let video: VideoStreamInfo

    /// Reads the results of `inspect` and `index`, which must be among the task's inputs.
    /// - Parameter range: The frames that will be read; `nil` means any.
    init<Parameters>(_ work: Work<Parameters>, range: FrameRange? = nil) async throws {
        let source: SourceInfo = try work.output(of: TaskName.inspect)
        let indexed: IndexStage.Output = try work.output(of: TaskName.index)
        guard let artifact = try work.input(TaskName.index).artifacts.first else {
            throw Failure(
                .failed, what: "the frame index is missing", place: "workflow", remedy: "remove the .mezz folder")
        }
        video = source.video
        index = try await work.environment.frameIndex(artifact)
        reader = SourceReader(
            path: try await work.source(for: indexed.seek == .container ? range : nil, of: source.video),
            video: source.video, seek: indexed.seek)
    }
}
