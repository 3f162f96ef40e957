import Foundation
import Glibc
import MezzQueuePostgres
import MezzTestKit
import MezzWorkflow
import Testing

/// A benchmark, run when `MEZZ_BENCH` names it: the queue with few and with a million pending tasks, and with half a
/// million before them that no worker serves, beside the textbook's statements on the same server in the same run.
/// The server flushes each commit to the disk.
@Suite(
    "The pace of the PostgreSQL queue",
    .enabled(if: PostgresPrograms.installed != nil, Comment(rawValue: PostgresPrograms.absence)),
    .enabled(if: ProcessInfo.processInfo.environment["MEZZ_BENCH"] == "postgres", "set MEZZ_BENCH=postgres"))
struct PaceTests {
    private let workers = 16
    private let pairs = 800
    private let rounds = 9

    /// What one round of pairs took.
    private struct Round {
        let rate: Double
        /// Processor milliseconds for a pair, of the server.
        let server: Double
        /// Processor milliseconds for a pair, of its clients.
        let clients: Double

        init(rate: Double, pairs: Int, from start: (Double, Double), to end: (Double, Double)) {
            self.rate = rate
            server = 1_000 * (end.0 - start.0) / Double(pairs)
            clients = 1_000 * (end.1 - start.1) / Double(pairs)
        }
    }

    private struct Bed {
        let name: String
        let address: String
        let queue: PostgresQueue
        let textbook: PostgresTextbook
        var paces: [QueuePace] = []
        var ours: [Round] = []
        var peer: [Round] = []
    }

    @Test("keeps up with the textbook, whatever is pending")
    func keepsUp() async throws {
        let server = try PostgresServer(settings: ["shared_buffers=256MB", "max_wal_size=4GB"])
        var beds = [
            try await bed("1,000 pending", 1_000, on: server),
            try await bed("1,000,000 pending", 1_000_000, on: server),
            try await bed("500,000 of another kind first", 500_000, behind: 500_000, on: server),
        ]
        let before = try beds.map { try transactions($0.address, on: server) }
        // The first round warms caches and connections.
        for round in 0...rounds {
            for index in beds.indices { try await run(&beds[index], isWarm: round > 0, on: server) }
        }
        for (bed, before) in zip(beds, before) {
            let textbook = 2 * pairs * (rounds + 1)
            let spent = try transactions(bed.address, on: server) - before - textbook
            print("\(bed.name): \(Double(spent) / Double(pairs * (rounds + 1))) transactions a pair, filling included")
            bed.queue.close()
        }
        for bed in beds {
            report(bed, beside: beds[0])
            #expect(middle(bed.ours.map(\.rate)) > 0.8 * middle(beds[0].ours.map(\.rate)))
            #expect(middle(bed.ours.map(\.rate)) > 0.7 * middle(bed.peer.map(\.rate)))
            #expect(middle(bed.paces.map(\.p99)) < 0.05)
        }
    }

    private func run(_ bed: inout Bed, isWarm: Bool, on server: PostgresServer) async throws {
        try fill(bed.address, "work", pairs, on: server)
        let start = (try server.cpuSeconds(), OwnCost.seconds().own)
        let pace = try await QueuePace.measure(bed.queue, workers: workers, pairs: pairs, kinds: ["work"])
        let end = (try server.cpuSeconds(), OwnCost.seconds().own)
        try bed.textbook.refill(pairs)
        let peerStart = (try server.cpuSeconds(), OwnCost.seconds().children)
        let rate = try bed.textbook.pairsPerSecond(.leased, clients: workers, pairs: pairs)
        let peerEnd = (try server.cpuSeconds(), OwnCost.seconds().children)
        guard isWarm else { return }
        bed.paces.append(pace)
        bed.ours.append(Round(rate: pace.pairsPerSecond, pairs: pairs, from: start, to: end))
        bed.peer.append(Round(rate: rate, pairs: pairs, from: peerStart, to: peerEnd))
    }

    private func bed(_ name: String, _ pending: Int, behind: Int = 0, on server: PostgresServer) async throws -> Bed {
        let address = try server.makeDatabase()
        let queue = try await PostgresQueue(address: address, connections: workers)
        try await queue.submit(
            JobID("pace"), [TaskRequest(name: "first", kind: "work"), TaskRequest(name: "second", kind: "other")])
        if behind > 0 { try fill(address, "other", behind, on: server) }
        try fill(address, "work", pending, on: server)
        try server.run("VACUUM ANALYZE mezz.tasks, mezz.parameters, mezz.line", on: address)
        return Bed(
            name: name, address: address, queue: queue,
            textbook: try PostgresTextbook(server, address: address, pending: pending + behind))
    }

    /// What submitting them would write, without the time it takes.
    private func fill(_ address: String, _ kind: String, _ count: Int, on server: PostgresServer) throws {
        try server.run(
            """
            WITH fresh AS (
                INSERT INTO mezz.tasks (job, name, shape, maximum_attempts, priority, state, open, created)
                SELECT jobs.id, gen_random_uuid()::text, shapes.id, 3, 0, 'open', 0, 0
                FROM mezz.jobs, mezz.shapes, generate_series(1, \(count)) WHERE kind = '\(kind)' RETURNING *
            ),
            lined AS (
                INSERT INTO mezz.line
                SELECT
                    fresh.id, job, jobs.terms, shape, jobs.class, jobs.deadline, ~priority,
                    extract(epoch FROM statement_timestamp()), false
                FROM fresh JOIN mezz.jobs ON jobs.id = job
            ),
            counted AS (
                INSERT INTO mezz.changes
                SELECT job, shape, NULL, 'ready', count(*) FROM fresh GROUP BY job, shape
            )
            INSERT INTO mezz.parameters SELECT id, '{}' FROM fresh
            """, on: address)
    }

    private func transactions(_ address: String, on server: PostgresServer) throws -> Int {
        // Sessions hand in their numbers once a second.
        usleep(1_500_000)
        let number = try server.run(
            "SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()", on: address)
        return Int(number) ?? 0
    }

    private func middle(_ values: [Double]) -> Double { values.isEmpty ? 0 : values.sorted()[values.count / 2] }

    private func report(_ bed: Bed, beside few: Bed) {
        let (p50, p99) = (middle(bed.paces.map(\.median)) * 1_000, middle(bed.paces.map(\.p99)) * 1_000)
        let (ours, peer) = (middle(bed.ours.map(\.rate)), middle(bed.peer.map(\.rate)))
        let (server, peerServer) = (middle(bed.ours.map(\.server)), middle(bed.peer.map(\.server)))
        let (clients, peerClients) = (middle(bed.ours.map(\.clients)), middle(bed.peer.map(\.clients)))
        print("\(bed.name): \(ours) pairs/s, median \(p50) ms, p99 \(p99) ms")
        print("    textbook: \(peer) pairs/s; ours \(ours / peer) of it")
        print(
            "    ms of processor a pair: server \(server) (textbook \(peerServer)), clients \(clients) (\(peerClients))"
        )
        print(
            "    against few by pairs/s \(ours / middle(few.ours.map(\.rate))), by the server's processor",
            middle(few.ours.map(\.server)) / server)
        print("    rounds: \(zip(bed.ours, bed.peer).map { "\(Int($0.rate))/\(Int($1.rate))" })")
    }
}
