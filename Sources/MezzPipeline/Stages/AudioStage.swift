import MezzAudio
import MezzCore
import MezzMedia
import MezzWorkflow

/// Encodes one sound track at its loudness.
struct AudioStage: Stage {
    static let kind = "audio"
    static let revision = 3
    static let tools: [Tool] = [.ffmpeg]

    struct Parameters: Codable, Sendable {
        let source: ContentHash
        let stream: AudioStreamInfo
        /// Length of the picture.
        let seconds: Double
    }

    struct Output: Codable, Sendable {
        let recipe: AudioRecipe
        let encoded: EncodedAudio
    }

    func run(_ work: Work<Parameters>) async throws -> StageResult<Output> {
        let recipe = AudioRecipe(seconds: work.parameters.seconds)
        let encoded = try await AudioEncoder(runner: work.runner).encode(
            try await work.source(), stream: work.parameters.stream, recipe: recipe, into: ArtifactName.audio,
            in: work.folder)
        return StageResult(
            output: Output(recipe: recipe, encoded: encoded),
            files: [(ArtifactName.audio, work.folder + "/" + ArtifactName.audio)])
    }
}
