/// A program that mezz runs as a child process.
package enum Tool: String, Sendable, CaseIterable, Codable {
    case ffmpeg
    case ffprobe
    case packager
    /// Reads SCC and EBU STL; a Python program.
    case ttconv
    /// Renders ADM to loudspeakers by ITU-R BS.2127: the EBU ADM Renderer, a Python program.
    case ear = "ear-render"

    /// Those without which no title is encoded.
    package static let required: [Tool] = [.ffmpeg, .ffprobe, .packager]

    /// The environment variable that overrides where the tool is found.
    package var environmentKey: String { "MEZZ_" + rawValue.prefix { $0 != "-" }.uppercased() }

    /// What installs the tool.
    package var setup: String { self == .ear ? "scripts/setup-adm (make adm)" : "scripts/setup" }

    /// Arguments that make the tool print its version and end.
    var versionArguments: [String] {
        switch self {
        case .ffmpeg, .ffprobe: ["-hide_banner", "-version"]
        case .packager, .ttconv, .ear: ["--version"]
        }
    }
}

/// A tool as it was found on this machine.
package struct FoundTool: Hashable, Sendable, Codable {
    package let tool: Tool
    package let path: String
    /// As the tool states it, e.g. "n9.0.2-17-g2a571b6068-20260930".
    package let version: String
    /// Encoders and filters that the tool was built with (FFmpeg); empty for the others.
    package let features: Set<String>

    package init(tool: Tool, path: String, version: String, features: Set<String>) {
        self.tool = tool
        self.path = path
        self.version = version
        self.features = features
    }
}

/// The tools of one run, found and probed.
package struct ToolSet: Sendable {
    private let found: [Tool: FoundTool]

    package init(_ tools: [FoundTool]) {
        found = Dictionary(tools.map { ($0.tool, $0) }, uniquingKeysWith: { first, _ in first })
    }

    package subscript(tool: Tool) -> FoundTool? { found[tool] }

    /// Versions by tool name, as they enter reports and task identities.
    package var versions: [String: String] {
        Dictionary(uniqueKeysWithValues: found.values.map { ($0.tool.rawValue, $0.version) })
    }
}
