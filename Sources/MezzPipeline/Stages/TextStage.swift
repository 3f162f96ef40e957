import Foundation
import MezzCore
import MezzMedia
import MezzText
import MezzWorkflow

/// Makes a timed text ready for the package.
struct TextStage: Stage {
    static let kind = "text"
    static let revision = 1
    static let tools: [Tool] = [.ttconv]

    struct Parameters: Codable, Sendable {
        let track: TextTrackPlan
        /// Length of the picture.
        let seconds: Double
    }

    struct Output: Codable, Sendable {
        let cues: Int
        let format: String
        let findings: [Finding]
    }

    static func request(_ track: TextTrackPlan, seconds: Double) throws -> TaskRequest {
        try TaskRequest(
            name: TaskName.text(track.id), kind: kind, encoding: Parameters(track: track, seconds: seconds))
    }

    func run(_ work: Work<Parameters>) async throws -> StageResult<Output> {
        let track = work.parameters.track
        // The name's ending helps to tell what it is; the rest is ours.
        let ending = (track.wish.name as NSString).pathExtension.lowercased()
        let path = work.folder + "/source" + (TextFormat.suffixes.contains(ending) ? "." + ending : "")
        try await PackagedFile.place(track.wish.file, at: path, from: work.environment.store)
        let result = try await TextDelivery(runner: work.runner, seconds: work.parameters.seconds)
            .deliver(track, from: path, into: work.folder)
        return StageResult(
            output: Output(cues: result.cues, format: result.format.rawValue, findings: result.findings),
            files: [(ArtifactName.text, result.files.delivered), (ArtifactName.textInput, result.files.input)])
    }
}
