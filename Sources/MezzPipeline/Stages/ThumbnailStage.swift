import Foundation
import MezzCore
import MezzMedia
import MezzWorkflow

/// One small picture of each shot, taken from the middle of it in the smallest rung: the cheapest decode there is.
struct ThumbnailStage: Stage {
    static let kind = "thumbnails"
    static let revision = 1
    static let tools: [Tool] = [.ffmpeg]

    /// Shots pictured; of more, evenly spread ones.
    static let most = 200

    struct Parameters: Codable, Sendable {
        /// Frames to picture, by shot.
        let shots: [Int]
        let frames: [Int]

        init(shots: [Shot]) {
            let step = max(1, (shots.count + ThumbnailStage.most - 1) / ThumbnailStage.most)
            let chosen = stride(from: 0, to: shots.count, by: step).map { shots[$0] }
            self.shots = chosen.map(\.index)
            frames = chosen.map { ($0.frames.first + $0.frames.end - 1) / 2 }
        }
    }

    struct Output: Codable, Sendable {
        /// Shot of each artifact.
        let shots: [Int]
    }

    func run(_ work: Work<Parameters>) async throws -> StageResult<Output> {
        let rung = work.context.inputs[0]
        guard let artifact = rung.artifacts.first else { return StageResult(output: Output(shots: [])) }
        try await work.stage(artifact, as: "rung.mp4")
        let chosen = work.parameters.frames.map { "eq(n\\,\($0))" }.joined(separator: "+")
        let arguments =
            FFmpegCommand.preamble + FFmpegCommand.input("rung.mp4")
            + ["-vf", "select='\(chosen)',scale=-2:120:flags=bicubic,format=yuvj420p", "-fps_mode", "passthrough"]
            + ["-q:v", "5", "-flags", "+bitexact", "-f", "image2", "shot-%04d.jpg"]
        try await work.runner.run(
            ToolCommand(.ffmpeg, arguments, workingDirectory: work.folder, subject: "thumbnails"))
        let files = work.parameters.shots.indices.map { number in
            let name =
                "shot-" + String(repeating: "0", count: max(0, 4 - String(number + 1).count)) + "\(number + 1).jpg"
            return (name: "thumbnails/" + name, path: work.folder + "/" + name)
        }
        return StageResult(output: Output(shots: work.parameters.shots), files: files)
    }
}
