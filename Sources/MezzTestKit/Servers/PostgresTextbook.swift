import Foundation

/// The queue that textbooks show, run by PostgreSQL's own `pgbench`: the peer of ours in benchmarks. One partial
/// index, no workers' names, no leases that end, no results, no dependencies, no counts.
package struct PostgresTextbook: Sendable {
    /// How a task is handed out and back.
    package enum Form: String, Sendable, CaseIterable {
        /// Taken in one transaction and removed in another, as with work between.
        case leased = "lease, then delete"
        /// Taken and removed in one transaction: a worker that dies loses nothing, but holds a transaction open
        /// during its work.
        case held = "one transaction"

        fileprivate var script: String {
            let take = """
                SELECT id FROM textbook WHERE state = 'ready' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED \\gset
                UPDATE textbook SET state = 'running' WHERE id = :id;
                """
            return switch self {
            case .leased: "BEGIN;\n\(take)\nCOMMIT;\nDELETE FROM textbook WHERE id = :id;\n"
            case .held: "BEGIN;\n\(take)\nDELETE FROM textbook WHERE id = :id;\nCOMMIT;\n"
            }
        }
    }

    private let server: PostgresServer
    private let address: String

    /// Makes the table with `pending` tasks.
    package init(_ server: PostgresServer, address: String, pending: Int) throws {
        (self.server, self.address) = (server, address)
        try server.run(
            "CREATE TABLE textbook (id bigserial PRIMARY KEY, state text NOT NULL DEFAULT 'ready', payload bytea)",
            on: address)
        try server.run("CREATE INDEX textbook_ready ON textbook (id) WHERE state = 'ready'", on: address)
        try refill(pending)
        try server.run("VACUUM ANALYZE textbook", on: address)
    }

    /// Adds tasks.
    package func refill(_ count: Int) throws {
        try server.run("INSERT INTO textbook (payload) SELECT '{}' FROM generate_series(1, \(count))", on: address)
    }

    /// Tasks taken and removed per second.
    package func pairsPerSecond(_ form: Form, clients: Int, pairs: Int) throws -> Double {
        let path = NSTemporaryDirectory() + "mezz-textbook-" + UUID().uuidString.prefix(8) + ".sql"
        try Data(form.script.utf8).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let report = try server.pgbench(
            ["-n", "-M", "prepared", "-c", "\(clients)", "-j", "2", "-t", "\(pairs / clients)", "-f", path], on: address
        )
        let line = report.split(separator: "\n").first { $0.hasPrefix("tps = ") }
        guard let rate = line?.dropFirst(6).split(separator: " ").first.flatMap({ Double($0) }) else {
            throw Unreadable(report: report)
        }
        return rate
    }

    /// pgbench's report has no rate.
    package struct Unreadable: Error {
        /// What pgbench wrote.
        package let report: String
    }
}
