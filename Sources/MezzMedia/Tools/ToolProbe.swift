import Foundation
import MezzCore

/// Asks a tool for its version and features.
struct ToolProbe {
    let tool: Tool
    let path: String

    func run() async throws -> FoundTool {
        let version = Self.version(in: try await output(tool.versionArguments))
        var features: Set<String> = []
        if tool == .ffmpeg {
            features = Self.names(in: try await output(["-hide_banner", "-encoders"]))
                .union(Self.names(in: try await output(["-hide_banner", "-filters"])))
        }
        return FoundTool(tool: tool, path: path, version: version, features: features)
    }

    private func output(_ arguments: [String]) async throws -> String {
        let child = ChildProcess(
            executable: path, arguments: arguments, limits: ProcessLimits(cpuSeconds: 20, stallSeconds: 20))
        var data = Data()
        let result = try await child.run { data.append(contentsOf: $0) }
        guard result.succeeded else {
            throw Failure(
                .unavailable, what: "\(tool.rawValue) does not answer", place: path,
                remedy: "run \(tool.setup), or set \(tool.environmentKey) to a working program",
                detail: result.errorTail.joined(separator: "\n"))
        }
        return String(decoding: data, as: UTF8.self)
    }

    /// "ffmpeg version X Copyright…" and "packager version X" both carry X as the word after "version".
    static func version(in output: String) -> String {
        let words = output.split(whereSeparator: \.isWhitespace)
        guard let mark = words.firstIndex(of: "version"), mark + 1 < words.endIndex else { return "unknown" }
        return String(words[mark + 1])
    }

    /// The second column of FFmpeg's tables, whose first holds flags such as "V....D" or "TS".
    static func names(in table: String) -> Set<String> {
        var names: Set<String> = []
        for line in table.split(separator: "\n") {
            let words = line.split(separator: " ", omittingEmptySubsequences: true)
            guard words.count >= 2, words[0].count <= 7, words[1] != "=" else { continue }
            names.insert(String(words[1]))
        }
        return names
    }
}
