import Foundation
import Glibc
import Synchronization

/// A PostgreSQL server for tests: in a folder of its own, on a free port of the loopback. It ends with the process
/// that started it, however that ends.
package final class PostgresServer: Sendable {
    /// Its port on 127.0.0.1.
    package let port: Int
    private let programs: PostgresPrograms
    private let folder: String
    private let settings: [String]
    private let running = Mutex<PostgresKeeper?>(nil)

    /// One server for all tests of a process, without `fsync`: what matters is killed processes, not power cuts.
    package static func shared() throws -> PostgresServer { try sharedServer.get() }

    private static let sharedServer = Result { try PostgresServer(settings: ["fsync=off", "full_page_writes=off"]) }

    /// Makes a cluster and starts it with `settings` of the form `name=value`.
    package convenience init(settings: [String] = []) throws {
        try self.init(settings: settings) { programs, folder in
            programs.command(
                "initdb",
                ["-D", folder + "/data", "--no-sync", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C"])
        }
    }

    /// Makes a standby of `primary`, a copy that follows it, and starts it. It is one of the names that the primary's
    /// `synchronous_standby_names` may hold.
    package convenience init(standbyOf primary: PostgresServer, name: String, settings: [String] = []) throws {
        try self.init(settings: settings) { programs, folder in
            let source = "host=127.0.0.1 port=\(primary.port) user=postgres application_name=\(name)"
            return programs.command(
                "pg_basebackup",
                ["-D", folder + "/data", "-d", source, "-R", "-X", "stream", "-c", "fast", "--no-sync"])
        }
    }

    private init(settings: [String], _ making: (PostgresPrograms, _ folder: String) -> [String]) throws {
        guard let programs = PostgresPrograms.installed else { throw NotStarted(log: PostgresPrograms.absence) }
        self.programs = programs
        self.port = try Loopback.freePort()
        self.folder = NSTemporaryDirectory() + "mezz-postgres-" + UUID().uuidString.prefix(8)
        self.settings = settings + ["max_connections=300", "listen_addresses=127.0.0.1"]
        try programs.makeFolder(folder)
        try PostgresPrograms.run(making(programs, folder))
        try start()
    }

    deinit {
        // After a crash no keeper is left to clear up.
        if running.withLock({ $0 == nil }) { try? FileManager.default.removeItem(atPath: folder) }
    }

    /// Starts the server and waits until it takes connections.
    package func start() throws {
        let options = (settings + ["port=\(port)", "unix_socket_directories=\(folder)"]).flatMap { ["-c", $0] }
        let command = programs.command("postgres", ["-D", folder + "/data"] + options)
        let limit = Date().addingTimeInterval(60)
        repeat {
            let keeper = try PostgresKeeper(folder: folder, command: command)
            running.withLock { $0 = keeper }
            if isUp(within: 15) { return }
            // After a crash the last processes of the former server may still hold its memory: try again.
            try crash()
        } while Date() < limit
        throw NotStarted(log: (try? String(contentsOfFile: folder + "/log", encoding: .utf8)) ?? "")
    }

    /// The number of its first process, while it runs.
    var number: Int32? { running.withLock { $0?.server } }

    /// Ends the server at once, as a crash would. Its data stay for ``start()``.
    package func crash() throws { try running.withLock { $0.take() }?.kill() }

    /// What an administrator does who has no time: `pg_ctl restart -m immediate`. The server recovers from its log
    /// before it takes connections.
    package func restartImmediately() throws {
        try running.withLock { $0.take() }?.stopImmediately()
        try start()
    }

    /// Makes a standby the primary.
    package func promote() throws {
        try run("SELECT pg_promote(true, 60)")
    }

    /// Sets one of the server's settings for good, without a restart.
    package func set(_ name: String, to value: String) throws {
        try run("ALTER SYSTEM SET \(name) = '\(value)'")
        try run("SELECT pg_reload_conf()")
    }

    private func isUp(within seconds: Double) -> Bool {
        let limit = Date().addingTimeInterval(seconds)
        while Date() < limit {
            if (try? run("SELECT 1")) == "1" { return true }
            usleep(50_000)
        }
        return false
    }

    /// A fresh database's address.
    package func makeDatabase() throws -> String {
        let name = "test_" + UUID().uuidString.lowercased().replacing("-", with: "").prefix(12)
        try run("CREATE DATABASE \(name)")
        return "postgres://postgres@127.0.0.1:\(port)/\(name)"
    }

    /// What `psql` prints for a statement, without decoration.
    @discardableResult
    package func run(_ sql: String, on address: String? = nil) throws -> String {
        let address = address ?? "postgres://postgres@127.0.0.1:\(port)/postgres"
        return try PostgresPrograms.run([
            programs.folder + "/psql", address, "-X", "-At", "-v", "ON_ERROR_STOP=1", "-c", sql,
        ])
    }

    /// What `pgbench` prints.
    package func pgbench(_ arguments: [String], on address: String) throws -> String {
        try PostgresPrograms.run([programs.folder + "/pgbench"] + arguments + [address])
    }

    /// The server did not come up.
    package struct NotStarted: Error, CustomStringConvertible {
        /// What it said.
        package let log: String

        package var description: String { "the PostgreSQL server did not start: \(log.suffix(2_000))" }
    }
}
