import Foundation
import MezzCore

/// Finds the tools: an explicit choice first (flag or environment), then the project's own folder, then PATH.
package struct ToolDiscovery: Sendable {
    let environment: [String: String]
    let cache: ToolProbeCache?

    /// - Parameters:
    ///   - environment: The process environment; `MEZZ_FFMPEG`, `MEZZ_FFPROBE`, `MEZZ_PACKAGER`, `MEZZ_TTCONV`, `MEZZ_EAR` name single
    ///     tools,
    ///     `MEZZ_TOOLS` the folder that the project's set-up fills.
    ///   - cache: Where probe results are remembered between runs; `nil` probes every time.
    package init(environment: [String: String], cache: ToolProbeCache?) {
        self.environment = environment
        self.cache = cache
    }

    /// Every place that was looked at for a tool, best first.
    package func candidates(for tool: Tool) -> [String] {
        if let chosen = environment[tool.environmentKey], !chosen.isEmpty { return [chosen] }
        var folders: [String] = []
        if let own = environment["MEZZ_TOOLS"], !own.isEmpty { folders.append(own) }
        folders += (environment["PATH"] ?? "").split(separator: ":").map(String.init)
        return folders.map { $0 + "/" + tool.rawValue }
    }

    /// Where the tool is, without running it.
    package func locate(_ tool: Tool) -> String? {
        candidates(for: tool).first { path in
            var isFolder: ObjCBool = false
            // A folder that may be entered passes for executable.
            return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
                && FileManager.default.isExecutableFile(atPath: path)
        }
    }

    /// Finds and probes one tool.
    /// - Throws: `Failure` with `unavailable` when it is missing or does not answer.
    package func find(_ tool: Tool) async throws -> FoundTool {
        guard let path = locate(tool) else { throw missing(tool) }
        if let known = cache?.result(for: tool, path: path) { return known }
        let probed = try await ToolProbe(tool: tool, path: path).run()
        cache?.remember(probed)
        return probed
    }

    /// Finds all of `tools`.
    package func findAll(_ tools: [Tool] = Tool.required) async throws -> ToolSet {
        var found: [FoundTool] = []
        for tool in tools { found.append(try await find(tool)) }
        return ToolSet(found)
    }

    private func missing(_ tool: Tool) -> Failure {
        let asked = environment[tool.environmentKey].map { "\(tool.environmentKey)=\($0)" }
        return Failure(
            .unavailable, what: "\(tool.rawValue) not found", place: asked ?? "MEZZ_TOOLS and PATH",
            remedy: "run \(tool.setup), or set \(tool.environmentKey) to the program's path")
    }
}
