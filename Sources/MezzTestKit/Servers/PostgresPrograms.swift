import Foundation

/// Where PostgreSQL's own programs are, and whom the server runs as: it refuses to run as root.
package struct PostgresPrograms: Sendable {
    /// The folder of `postgres`, `initdb` and `psql`.
    package let folder: String

    /// The newest version that Debian's packages installed, or the one in `MEZZ_POSTGRES`; `nil` when there is none.
    package static let installed: PostgresPrograms? = {
        let chosen = ProcessInfo.processInfo.environment["MEZZ_POSTGRES"].map { [$0] }
        let root = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        let folders =
            chosen
            ?? versions.sorted { (Double($0) ?? 0) > (Double($1) ?? 0) }.map { "\(root)/\($0)/bin" }
        return folders.first { FileManager.default.isExecutableFile(atPath: $0 + "/postgres") }
            .map(PostgresPrograms.init)
    }()

    /// What a skipped test says.
    package static let absence = "no PostgreSQL server here (apt-get install postgresql), so this is not tested"

    /// The command line of one of the programs, as an unprivileged user.
    package func command(_ program: String, _ arguments: [String]) -> [String] {
        let own = [folder + "/" + program] + arguments
        guard let user = Self.unprivileged else { return own }
        return ["setpriv", "--reuid=\(user)", "--regid=\(user)", "--clear-groups"] + own
    }

    /// Makes a folder that belongs to the server's user.
    package func makeFolder(_ path: String) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard let user = Self.unprivileged else { return }
        _ = try Self.run(["chown", user, path])
    }

    /// The output of a command that must succeed.
    @discardableResult
    package static func run(_ command: [String]) throws -> String {
        let process = Process()
        let (output, errors) = (Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.currentDirectoryURL = URL(fileURLWithPath: "/")
        process.standardInput = FileHandle.nullDevice
        (process.standardOutput, process.standardError) = (output, errors)
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        let complaint = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw CommandFailed(command: command, text: String(decoding: complaint, as: UTF8.self))
        }
        return String(decoding: text, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// A command ended with another status than 0.
    package struct CommandFailed: Error, CustomStringConvertible {
        /// The program and its arguments.
        package let command: [String]
        /// What it wrote to standard error.
        package let text: String

        package var description: String { "\(command.joined(separator: " ")): \(text)" }
    }

    private static let unprivileged: String? = NSUserName() == "root" ? "postgres" : nil
}
