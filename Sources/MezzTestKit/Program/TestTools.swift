import Foundation

/// Where the tools and the built program are: named by the environment, or beside the tests.
package struct TestTools: Sendable {
    /// The folder of ffmpeg, ffprobe and packager.
    package let folder: String
    /// The built `mezz`.
    package let mezz: String

    package var ffmpeg: String { folder + "/ffmpeg" }
    package var ffprobe: String { folder + "/ffprobe" }

    /// The folder of `Package.swift`.
    package static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    /// - Throws: `Missing`, which says what to do.
    package init(environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        let chosen = environment["MEZZ_TOOLS"].flatMap { $0.isEmpty ? nil : $0 }
        folder = chosen ?? Self.root + "/.tools"
        for tool in ["ffmpeg", "ffprobe", "packager"] {
            guard FileManager.default.isExecutableFile(atPath: folder + "/" + tool) else {
                throw Missing(description: "no \(tool) in \(folder): run scripts/setup, or set MEZZ_TOOLS")
            }
        }
        // The test bundle is an executable of its own, built into the same folder as the program.
        let beside = Bundle.main.executableURL.map { $0.deletingLastPathComponent().path + "/mezz" }
        let candidates = [environment["MEZZ_BINARY"], beside, Self.root + "/.build/release/mezz"].compactMap(\.self)
        guard let found = candidates.first(where: FileManager.default.isExecutableFile) else {
            throw Missing(description: "no mezz beside the tests: swift build builds it, or set MEZZ_BINARY")
        }
        mezz = found
    }

    /// Something that the tests need is not there.
    package struct Missing: Error, CustomStringConvertible {
        package let description: String
    }
}
