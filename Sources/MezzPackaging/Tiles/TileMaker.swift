import Foundation
import MezzCore
package import MezzMedia

/// Draws the sheets of a grid.
package struct TileMaker: Sendable {
    private let runner: ToolRunner

    package init(runner: ToolRunner) {
        self.runner = runner
    }

    /// - Parameters:
    ///   - file: A rung; the smallest is the cheapest.
    ///   - folder: Where the sheets are written.
    /// - Throws: `Failure` when there are not as many as planned.
    package func make(_ grid: TileGrid, of file: String, in folder: String) async throws -> TileSheets {
        let filters = [
            "select='not(mod(n\\,\(grid.step)))'",
            "scale=\(grid.tile.width):\(grid.tile.height):flags=bicubic,setsar=1,format=yuvj420p",
            "tile=\(TileGrid.columns)x\(TileGrid.rows)",
        ]
        let arguments =
            FFmpegCommand.preamble + FFmpegCommand.input(file)
            + ["-map", "0:v:0", "-vf", filters.joined(separator: ","), "-fps_mode", "passthrough", "-q:v", "5"]
            + ["-flags", "+bitexact", "-f", "image2", "tiles-%05d.jpg"]
        try await runner.run(
            ToolCommand(.ffmpeg, arguments, workingDirectory: folder, subject: "tiles of \(file.printable)"))
        let files = (0..<grid.sheets).map { folder + "/" + TileGrid.name($0) }
        let more = FileManager.default.fileExists(atPath: folder + "/" + TileGrid.name(grid.sheets))
        guard !more, files.allSatisfy(FileManager.default.fileExists) else {
            throw Failure(
                .failed, what: "the pictures for the time line are not \(grid.sheets) sheets", place: file.printable,
                remedy: "run again; report it if it happens again")
        }
        return TileSheets(grid: grid, files: files)
    }
}
