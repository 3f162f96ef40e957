import Foundation
import MezzMedia
import MezzTestKit

/// Runs `/bin/sh` where mezz would run a tool, and the real tools where a test needs them.
enum Rig {
    /// A runner whose FFmpeg is the shell.
    static func shell(meter: UsageMeter = UsageMeter()) -> ToolRunner {
        ToolRunner(
            tools: ToolSet([FoundTool(tool: .ffmpeg, path: "/bin/sh", version: "0", features: [])]), meter: meter)
    }

    /// One shell script as a call of that FFmpeg.
    static func script(
        _ text: String, limits: ProcessLimits = ProcessLimits(stallSeconds: 60), folder: String? = nil
    ) -> ToolCommand {
        ToolCommand(.ffmpeg, ["-c", text], workingDirectory: folder, limits: limits, subject: "film.mov")
    }

    static func tools() throws -> ToolRunner {
        let tools = try TestTools()
        return ToolRunner(
            tools: ToolSet([
                FoundTool(tool: .ffmpeg, path: tools.ffmpeg, version: "test", features: []),
                FoundTool(tool: .ffprobe, path: tools.ffprobe, version: "test", features: []),
            ]))
    }

    /// Writes an executable shell script.
    @discardableResult
    static func program(_ name: String, _ body: String, in folder: TestFolder) throws -> String {
        let path = folder(name)
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try folder.write(Data("#!/bin/sh\n\(body)\n".utf8), to: name)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return path
    }
}
