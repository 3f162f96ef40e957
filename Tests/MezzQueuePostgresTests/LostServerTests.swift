import Foundation
import MezzQueuePostgres
import MezzTestKit
import MezzWorkflow
import Testing

@Suite(
    "A server that goes away in the middle of settlements",
    .enabled(if: PostgresPrograms.installed != nil, Comment(rawValue: PostgresPrograms.absence)))
struct LostServerTests {
    private let job = JobID("job")
    private let tasks = (0..<800).map { TaskRequest(name: "\($0)", kind: "work") }

    /// How it goes and comes again.
    enum Loss: CaseIterable {
        case killed
        case restarted

        func happen(to server: PostgresServer) async throws {
            switch self {
            case .killed:
                try server.crash()
                try await Task.sleep(for: .milliseconds(300))
                try server.start()
            case .restarted:
                try server.restartImmediately()
            }
        }
    }

    @Test("and comes again loses nothing and doubles nothing", arguments: Loss.allCases)
    func survives(_ loss: Loss) async throws {
        let server = try PostgresServer(settings: ["fsync=off"])
        let address = try server.makeDatabase()
        let crew = try await crew(address)
        try await crew.queues[0].submit(job, tasks)
        let settled = try await crew.work {
            for done in [100, 400] {
                try await crew.wait(until: done, of: job)
                try await loss.happen(to: server)
            }
        }
        try await check(settled, crew)
        try TableAudit(server: server, address: address).check()
    }

    @Test("is replaced by its standby, and nothing is lost or doubled")
    func failsOver() async throws {
        let primary = try PostgresServer()
        let database = try primary.makeDatabase()
        let standby = try PostgresServer(standbyOf: primary, name: "second", settings: ["hot_standby=on"])
        try primary.set("synchronous_standby_names", to: "second")
        while try primary.run("SELECT sync_state FROM pg_stat_replication") != "sync" {
            try await Task.sleep(for: .milliseconds(20))
        }
        let standbyAddress = database.replacing(":\(primary.port)/", with: ":\(standby.port)/")
        let both = database.replacing(
            ":\(primary.port)/", with: ":\(primary.port),127.0.0.1:\(standby.port)/")
        let crew = try await crew(both)
        try await crew.queues[0].submit(job, tasks)
        let settled = try await crew.work {
            try await crew.wait(until: 200, of: job)
            try primary.crash()
            try standby.promote()
        }
        try await check(settled, crew)
        try TableAudit(server: standby, address: standbyAddress).check()
    }

    private func crew(_ address: String) async throws -> Crew {
        var queues: [PostgresQueue] = []
        for _ in 0..<2 {
            queues.append(try await PostgresQueue(address: address, connections: 8, patience: .seconds(120)))
        }
        return Crew(queues: queues, workers: 16)
    }

    private func check(_ settled: [String], _ crew: Crew) async throws {
        let records = try await crew.queues[1].tasks(of: job)
        #expect(settled.count == tasks.count && Set(settled).count == tasks.count)
        #expect(records.allSatisfy { $0.state == .succeeded && $0.failures == 0 && $0.attempts == 1 })
        #expect(try await crew.queues[1].status(of: job).counts.done == tasks.count)
        for queue in crew.queues { queue.close() }
    }
}
