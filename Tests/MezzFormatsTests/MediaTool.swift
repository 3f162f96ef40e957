import Foundation

/// The project's FFmpeg, ffprobe and packager, for the tests that hold readers against them.
enum MediaTool: String {
    case ffmpeg
    case ffprobe
    case packager

    /// A program ended with another code than 0.
    struct Failed: Error, CustomStringConvertible {
        let description: String
    }

    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    private var path: String { (Self.setting("MEZZ_TOOLS") ?? Self.root + "/.tools") + "/" + rawValue }

    /// Real files to read, where there are any.
    static var clips: [String] {
        let folder = (setting("MEZZ_TEST_MEDIA") ?? root + "/../shared/media") + "/clips"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().map { folder + "/" + $0 }
    }

    private static func setting(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Runs the tool in `folder` and gives what it wrote.
    /// - Parameter errors: Standard error instead of standard output.
    @discardableResult
    func run(_ arguments: [String], in folder: MediaFolder, errors: Bool = false) throws -> String {
        let name = UUID().uuidString
        var streams: [FileHandle] = []
        for kind in ["out", "err"] {
            try Data().write(to: URL(fileURLWithPath: folder("\(name).\(kind)")))
            streams.append(try FileHandle(forWritingTo: URL(fileURLWithPath: folder("\(name).\(kind)"))))
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = streams[0]
        process.standardError = streams[1]
        try process.run()
        process.waitUntilExit()
        let said = try String(contentsOfFile: folder("\(name).err"), encoding: .isoLatin1)
        guard process.terminationStatus == 0 else {
            throw Failed(description: "\(rawValue) \(arguments.joined(separator: " ")): \(said.suffix(2000))")
        }
        return errors ? said : try String(contentsOfFile: folder("\(name).out"), encoding: .isoLatin1)
    }
}

/// A folder that is gone when the test is.
final class MediaFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/mezz-formats-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func callAsFunction(_ name: String) -> String { path + "/" + name }

    func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: self(name))))
    }
}
