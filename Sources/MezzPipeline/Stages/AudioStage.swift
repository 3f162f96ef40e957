import Foundation
import MezzAudio
import MezzCore
import MezzMedia
import MezzWorkflow

/// Encodes one sound track at its loudness.
struct AudioStage: Stage {
    static let kind = "audio"
    static let revision = 4
    static let tools: [Tool] = [.ffmpeg, .ffprobe]

    struct Parameters: Codable, Sendable {
        /// The title's source.
        let title: ContentHash
        /// What findings call the track.
        let id: String
        let track: TrackSource
        let recipe: AudioRecipe
    }

    struct Output: Codable, Sendable {
        let recipe: AudioRecipe
        let encoded: EncodedAudio
    }

    func run(_ work: Work<Parameters>) async throws -> StageResult<Output> {
        let parameters = work.parameters
        let recipe = parameters.recipe
        if let program = recipe.command?.program, work.environment.audioEncoders?.contains(program) == false {
            throw Failure(
                .unavailable, what: "this worker does not run the audio encoder of this job", place: program.printable,
                remedy: "start workers that may with --audio-encoder \(program.printable)")
        }
        var title: String?
        for part in parameters.track.parts where part.file == nil && title == nil { title = try await work.source() }
        var files: [ContentHash: String] = [:]
        for file in Set(parameters.track.parts.compactMap(\.file)) {
            let path = work.folder + "/" + file.hex
            try await PackagedFile.place(file, at: path, from: work.environment.store)
            files[file] = path
        }
        let programs = ProcessInfo.processInfo.environment["PATH"].map { ClientRunner(path: $0) }
        let encoded = try await AudioEncoder(runner: work.runner, programs: programs).encode(
            parameters.track, recipe: recipe, stream: parameters.id, into: ArtifactName.audio, in: work.folder
        ) { part in part.file.flatMap { files[$0] } ?? title ?? "" }
        return StageResult(
            output: Output(recipe: recipe, encoded: encoded),
            files: [(ArtifactName.audio, work.folder + "/" + ArtifactName.audio)])
    }

    static func request(_ track: AudioTrackPlan, wish: AudioWish, title: ContentHash, seconds: Double) throws
        -> TaskRequest
    {
        let fitting = track.recipe.fitting(channels: track.source.channels)
        let recipe = AudioRecipe(
            codec: track.recipe.codec, layout: fitting.layout, bitsPerSecond: fitting.bitsPerSecond, rule: wish.rule,
            limitsPeaks: wish.limitsPeaks, seconds: seconds,
            command: track.recipe.codec == .external ? wish.command : nil, language: track.language)
        return try TaskRequest(
            name: TaskName.audio(track.id), kind: kind,
            encoding: Parameters(title: title, id: track.id, track: track.source, recipe: recipe))
    }
}
