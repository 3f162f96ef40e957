import Foundation
import Glibc

/// Moto's imitation of Amazon's S3 (PyPI `moto[server]`), which keeps objects in memory.
package final class MotoServer: Sendable {
    /// `http://127.0.0.1:PORT`.
    package var endpoint: String { "http://127.0.0.1:\(process.port)" }
    /// Its port on 127.0.0.1.
    package var port: Int { process.port }
    private let process: ServerProcess

    /// Whether it can be run here.
    package static let isInstalled = ServerProcess.program("moto_server") != nil

    /// What a skipped test says.
    package static let absence = "no moto_server here (pip install 'moto[server]'), so this is not tested"

    /// One server for all tests of a process. It takes any credentials.
    package static func shared() throws -> MotoServer { try sharedServer.get() }

    private static let sharedServer = Result { try MotoServer() }

    /// - Parameter freeActions: after so many calls signatures and permissions are checked; never when `nil`.
    package init(freeActions: Int? = nil) throws {
        let environment = freeActions.map { ["INITIAL_NO_AUTH_ACTION_COUNT": String($0)] } ?? [:]
        process = try ServerProcess("moto", environment: environment) { port, _ in
            [ServerProcess.program("moto_server") ?? "moto_server", "-H", "127.0.0.1", "-p", String(port)]
        }
    }

    /// Stops it in its tracks: connections are taken and nothing comes back.
    package func freeze() { process.send(SIGSTOP) }

    /// Lets it go on.
    package func thaw() { process.send(SIGCONT) }
}
