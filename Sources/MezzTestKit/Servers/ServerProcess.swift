import Foundation
import Glibc

/// A server's program, run for tests on a port of the loopback. It ends with this object, or with the process that
/// started it, however that ends.
package final class ServerProcess: Sendable {
    /// The port that it listens on.
    package let port: Int
    /// A folder of its own, with its `log`; removed at the end.
    package let folder: String
    /// The input of the shell that keeps the server; when it ends the shell stops the server.
    private let leash: Pipe

    /// Starts `command` and waits until it listens.
    /// - Parameter command: made from the port and the folder.
    package init(
        _ name: String, environment: [String: String] = [:], within seconds: Double = 60,
        _ command: (_ port: Int, _ folder: String) throws -> [String]
    ) throws {
        port = try Loopback.freePort()
        folder = NSTemporaryDirectory() + "mezz-\(name)-" + UUID().uuidString.prefix(8)
        leash = Pipe()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let keeper = Process()
        keeper.executableURL = URL(fileURLWithPath: "/bin/sh")
        keeper.arguments = ["-c", Self.keeping, "sh", folder] + (try command(port, folder))
        keeper.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        keeper.currentDirectoryURL = URL(fileURLWithPath: folder)
        keeper.standardInput = leash
        keeper.standardOutput = FileHandle.nullDevice
        // Whoever reads this process's errors shall not have to wait for the keeper's end.
        keeper.standardError = FileHandle.nullDevice
        try keeper.run()
        let limit = Date().addingTimeInterval(seconds)
        while Date() < limit {
            if let socket = Loopback.connect(port) {
                close(socket)
                return
            }
            usleep(50_000)
        }
        throw NotStarted(name: name, log: (try? String(contentsOfFile: folder + "/log", encoding: .utf8)) ?? "")
    }

    deinit {
        // Foundation keeps a running `Process`, and with it the pipe.
        try? leash.fileHandleForWriting.close()
    }

    /// Sends a signal to the server and all that it started.
    package func send(_ signal: Int32) {
        let text = try? String(contentsOfFile: folder + "/group", encoding: .utf8)
        guard let group = text.flatMap({ Int32($0.trimmingCharacters(in: .whitespacesAndNewlines)) }) else { return }
        kill(-group, signal)
    }

    /// The first program of this name in the search path.
    package static func program(_ name: String) -> String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.map { "\($0)/\(name)" }.first(where: FileManager.default.isExecutableFile)
    }

    /// The shell's input is held by this process alone and ends with it. The server has a group of its own, so that
    /// what it started ends as well; and it is killed, because threads of Swift's pool have all signals blocked, and
    /// their children inherit that.
    private static let keeping = """
        folder=$1; shift
        setsid "$@" >>"$folder/log" 2>&1 </dev/null &
        echo $! >"$folder/group"
        read -r end
        kill -KILL "-$!"
        rm -rf -- "$folder"
        """

    /// The server did not come up.
    package struct NotStarted: Error, CustomStringConvertible {
        let name: String
        let log: String

        package var description: String { "\(name) did not start: \(log.suffix(2_000))" }
    }
}
