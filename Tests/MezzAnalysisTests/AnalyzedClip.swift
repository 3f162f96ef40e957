import MezzAnalysis
import MezzCore
import MezzIngest
import MezzMedia
import MezzTestKit

/// A file as inspection and index see it.
struct AnalyzedClip {
    private let path: String
    private let runner: ToolRunner

    init(_ path: String) throws {
        self.path = path
        let tools = try TestTools()
        runner = ToolRunner(
            tools: ToolSet([
                FoundTool(tool: .ffmpeg, path: tools.ffmpeg, version: "test", features: []),
                FoundTool(tool: .ffprobe, path: tools.ffprobe, version: "test", features: []),
            ]))
    }

    func result() async throws -> Indexer.Result {
        let info = try await Inspector(runner: runner).inspect(path)
        return try await Indexer(runner: runner).index(path, video: info.video, checksSeek: false) { _ in }
    }
}
