import Foundation

/// Makes media with FFmpeg's own generators and reads media back with FFmpeg's tools.
package struct MediaMaker: Sendable {
    private let folder: TestFolder
    private let tools: TestTools

    package init(in folder: TestFolder) throws {
        self.folder = folder
        tools = try TestTools()
    }

    /// FFmpeg could not do what a test needs.
    package struct Failed: Error, CustomStringConvertible {
        package let description: String
    }

    /// Runs FFmpeg with `arguments` and returns the path of `name`, which they must make.
    @discardableResult
    package func make(_ name: String, _ arguments: [String]) async throws -> String {
        let end = try await ffmpeg(["-v", "error", "-y"] + arguments + ["file:" + folder(name)])
        guard end.status == 0, FileManager.default.fileExists(atPath: folder(name)) else {
            throw Failed(description: "ffmpeg \(arguments.joined(separator: " ")): \(end.errorText)")
        }
        return folder(name)
    }

    @discardableResult
    package func make(_ recipe: MediaRecipe) async throws -> String { try await make(recipe.file, recipe.arguments) }

    /// Runs FFmpeg; its end is a value whatever it is.
    package func ffmpeg(_ arguments: [String]) async throws -> ChildEnd {
        try await Child(tools.ffmpeg, ["-hide_banner", "-nostdin"] + arguments, in: folder).end(within: 120)
    }

    /// Runs ffprobe and returns what it prints.
    package func ffprobe(_ arguments: [String], _ path: String) async throws -> ChildEnd {
        let end = try await Child(tools.ffprobe, ["-v", "error"] + arguments + ["file:" + path], in: folder)
            .end(within: 120)
        guard end.status == 0 else { throw Failed(description: "ffprobe \(path): \(end.errorText)") }
        return end
    }
}
