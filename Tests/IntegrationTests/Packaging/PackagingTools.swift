import Foundation
import MezzMedia

/// The tools that the packaging tests run.
enum PackagingTools {
    /// Where Package.swift is.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    static func runner() async throws -> ToolRunner {
        var environment = ProcessInfo.processInfo.environment
        if environment["MEZZ_TOOLS"] == nil { environment["MEZZ_TOOLS"] = root + "/.tools" }
        let discovery = ToolDiscovery(
            environment: environment, cache: ToolProbeCache(environment: environment))
        return ToolRunner(tools: try await discovery.findAll())
    }
}

/// A folder that is gone when the test is.
final class TemporaryFolder: Sendable {
    let path: String

    init(_ name: String = "package") throws {
        path = FileManager.default.temporaryDirectory.path + "/mezz-\(name)-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// A new folder inside.
    func folder(_ name: String) throws -> String {
        try FileManager.default.createDirectory(atPath: path + "/" + name, withIntermediateDirectories: true)
        return path + "/" + name
    }
}
