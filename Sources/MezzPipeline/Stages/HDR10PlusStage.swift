import Foundation
import MezzCore
import MezzEncode
import MezzMedia
import MezzWorkflow

/// Cuts the title's HDR10+ metadata into what each chunk's encoder reads.
struct HDR10PlusStage: Stage {
    static let kind = "hdr10plus"
    static let revision = 1
    static let tools: [Tool] = [.ffprobe]

    struct Parameters: Codable, Sendable {
        /// A JSON file in the store; `nil` takes the metadata out of the source's stream.
        let file: ContentHash?
        let frames: Int
        let chunks: [FrameRange]
    }

    struct Output: Codable, Sendable {
        let scenes: Int
    }

    /// The task that comes after the plan; `nil` when nothing is carried.
    static func request(_ wish: HDR10PlusSource, frames: Int, chunks: [Chunk]) throws -> TaskRequest {
        var file: ContentHash?
        if case .file(let hash, _) = wish { file = hash }
        return try TaskRequest(
            name: TaskName.hdr10Plus, kind: kind,
            encoding: Parameters(file: file, frames: frames, chunks: chunks.map(\.frames)),
            after: [TaskName.inspect, TaskName.hash], priority: 5)
    }

    func run(_ work: Work<Parameters>) async throws -> StageResult<Output> {
        let parameters = work.parameters
        let file: HDR10PlusFile
        do {
            file = try await self.file(work)
            try file.check(frames: parameters.frames)
        } catch let failure as Failure where parameters.file == nil && failure.status == .input {
            throw Failure(
                .input, what: failure.what, place: failure.place,
                remedy: "leave the source's metadata out with --hdr10plus none, or give them as a file",
                detail: failure.detail)
        }
        let files = try parameters.chunks.map { range in
            let name = ArtifactName.hdr10Plus(range)
            let path = work.folder + "/" + name
            try file.slice(range).write(to: URL(fileURLWithPath: path))
            return (name, path)
        }
        return StageResult(output: Output(scenes: file.scenes), files: files)
    }

    private func file(_ work: Work<Parameters>) async throws -> HDR10PlusFile {
        let path = work.folder + "/title.json"
        if let hash = work.parameters.file {
            try await PackagedFile.place(hash, at: path, from: work.environment.store)
            return try HDR10PlusFile.read(path)
        }
        let source: SourceInfo = try work.output(of: TaskName.inspect)
        let frames = work.parameters.frames
        let found = try await HDR10PlusExtractor(runner: work.runner).extract(
            try await work.source(), stream: source.video.stream, to: path
        ) { work.context.report(frames: $0, of: frames) }
        if let found { return found }
        throw Failure(
            .input, what: "the HDR10+ metadata of the first frame are not there any more", place: "source",
            remedy: "the file changed while it was read; run again")
    }
}
