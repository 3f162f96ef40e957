import Foundation
import MezzCore

/// Runs clients: argument arrays, no shell, bounded in time and output, ended with the calling task.
package struct ClientRunner: Sendable {
    private let folders: [String]
    private let environment: [String: String]

    /// - Parameters:
    ///   - path: Folders to look for programs in, separated by colons, as in the variable PATH.
    ///   - environment: Added to this process's environment for all programs.
    package init(path: String, environment: [String: String] = [:]) {
        folders = path.split(separator: ":").map(String.init)
        self.environment = environment
    }

    /// Where the program is; `nil` when there is none.
    package func locate(_ program: String) -> String? {
        let places = program.contains("/") ? [program] : folders.map { $0 + "/" + program }
        return places.first { place in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: place, isDirectory: &isFolder) && !isFolder.boolValue
                && FileManager.default.isExecutableFile(atPath: place)
        }
    }

    /// Runs a client to its end, whatever that is.
    /// - Throws: `Failure`: `unavailable` when there is no such program, `temporary` when it took too long, `failed`
    ///   when it said too much; `CancellationError`.
    package func run(_ command: ClientCommand) async throws -> ClientAnswer {
        guard let path = locate(command.program) else {
            throw Failure(
                .unavailable, what: "\(command.program.printable) not found", place: "PATH",
                remedy: "install it on this machine, or put its folder into PATH")
        }
        let child = ChildProcess(
            executable: path, arguments: command.arguments, workingDirectory: command.workingDirectory,
            limits: command.limits ?? ProcessLimits(stallSeconds: command.seconds + 1),
            environment: environment.merging(command.environment) { _, own in own })
        return try await withThrowingTaskGroup(of: ClientAnswer?.self) { group in
            group.addTask { try await Self.answer(of: child, to: command) }
            group.addTask {
                try await Task.sleep(for: .seconds(command.seconds))
                return nil
            }
            // Leaving by an error cancels the other task and waits for it: the child is gone by then.
            guard let first = try await group.next(), let answer = first else {
                throw Failure(
                    .temporary, what: "no answer within \(Int(command.seconds)) seconds", place: command.program,
                    remedy: "try again; check that the server it talks to can be reached")
            }
            group.cancelAll()
            return answer
        }
    }

    private static func answer(of child: ChildProcess, to command: ClientCommand) async throws -> ClientAnswer {
        var output = Data()
        let result = try await child.run { bytes in
            guard output.count + bytes.count <= command.outputLimit else {
                throw Failure(
                    .failed, what: "it printed more than \(command.outputLimit) bytes", place: command.program,
                    remedy: "narrow what it is asked for")
            }
            output.append(contentsOf: bytes)
        }
        return ClientAnswer(ending: result.ending, output: output, errorTail: result.errorTail)
    }
}
