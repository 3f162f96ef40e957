import MezzMedia
import MezzTestKit

extension TestTools {
    /// Runs the real FFmpeg and ffprobe.
    static func runner() throws -> ToolRunner {
        let tools = try TestTools()
        return ToolRunner(
            tools: ToolSet([
                FoundTool(tool: .ffmpeg, path: tools.ffmpeg, version: "test", features: []),
                FoundTool(tool: .ffprobe, path: tools.ffprobe, version: "test", features: []),
            ]))
    }
}
