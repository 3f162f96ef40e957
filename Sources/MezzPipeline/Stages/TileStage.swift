import MezzCore
import MezzMedia
import MezzPackaging
import MezzWorkflow

/// Pictures for a player's time line, of the smallest rung.
struct TileStage: Stage {
    static let kind = "tiles"
    static let revision = 1
    static let tools: [Tool] = [.ffmpeg]

    func run(_ work: Work<TileGrid>) async throws -> StageResult<TileGrid> {
        guard let rung = work.context.inputs.first else { return StageResult(output: work.parameters) }
        try await work.stage(try work.artifact(ArtifactName.joined, of: rung.name), as: "rung.mp4")
        let sheets = try await TileMaker(runner: work.runner).make(
            work.parameters, of: work.folder + "/rung.mp4", in: work.folder)
        return StageResult(
            output: work.parameters,
            files: sheets.files.enumerated().map { (TileGrid.name($0.offset), $0.element) })
    }
}
