import Foundation
import Glibc
import MezzCore
import MezzQueuePostgres
import MezzTestKit
import MezzWorkflow
import Testing

@Suite(
    "A connection that breaks",
    .enabled(if: PostgresPrograms.installed != nil, Comment(rawValue: PostgresPrograms.absence)))
struct LostConnectionTests {
    @Test("at any moment of any call neither loses nor doubles anything", arguments: Saboteur.Damage.allCases)
    func losesNothing(_ damage: Saboteur.Damage) async throws {
        let server = try PostgresServer.shared()
        let saboteur = Saboteur(server)
        let address = try server.makeDatabase()
        let queue = try await PostgresQueue(
            address: address, connections: 1, observer: { try saboteur.observe($0) })
        _ = try await play(JobID("warm"), on: queue)
        saboteur.arm(nil)
        _ = try await play(JobID("whole"), on: queue)
        let moments = saboteur.seen
        #expect(moments.count > 60)

        var broken: Set<String> = []
        for (number, moment) in moments.enumerated() {
            saboteur.arm(number, damage)
            let job = JobID("broken \(number)")
            let names = try await play(job, on: queue)
            let hit = saboteur.seen.dropFirst(number).first
            broken.insert("\(moment.moment) \(moment.statement)")
            saboteur.arm(nil)
            let place = Comment(rawValue: "\(number): \(hit.map { "\($0.moment) \($0.statement)" } ?? "none")")
            #expect(names == ["plan", "a", "b", "end"], place)
            let records = try await queue.tasks(of: job)
            #expect(records.map(\.attempts) == [1, 2, 2, 1], place)
            #expect(records.map(\.failures) == [0, 1, 0, 0], place)
            #expect(records.allSatisfy { $0.state == .succeeded }, place)
            let status = try await queue.status(of: job)
            #expect(status.counts.done == 4 && status.counts.total == 4, place)
        }
        try TableAudit(server: server, address: address).check()
        print("broken (\(damage)): \(moments.count) moments, \(broken.count) different ones")
        queue.close()
    }

    /// One task adds three; of those one fails once and one is handed back once. Returns what was settled as done.
    private func play(_ job: JobID, on queue: PostgresQueue) async throws -> [String] {
        var names: [String] = []
        try await queue.submit(job, [TaskRequest(name: "plan", kind: "plan")])
        while let task = try await queue.lease(WorkerOffer(worker: "w"), job: job, for: .seconds(600)) {
            try await queue.extend(task, by: .seconds(600))
            switch (task.request.name, task.attempt) {
            case ("a", 1):
                let failure = TaskFailure(what: "broke", place: "a", remedy: "none", transient: true)
                try await queue.settle(task, as: .failed(failure, retryAfter: .zero))
            case ("b", 1):
                try await queue.settle(task, as: .released)
            default:
                let children = task.request.name == "plan" ? Self.children : []
                names.append(task.request.name)
                let identity = ContentHash.of(Data("\(job) \(task.request.name)".utf8))
                let outcome = TaskOutcome(children: children)
                try await queue.settle(task, as: .succeeded(outcome, identity: identity, cached: false))
                #expect(try await queue.result(for: identity) == outcome)
            }
        }
        return names
    }

    private static let children = [
        TaskRequest(name: "a", kind: "work", after: ["plan"]), TaskRequest(name: "b", kind: "work"),
        TaskRequest(name: "end", kind: "end", after: ["a", "b"]),
    ]

    @Test("to a server that stays away ends in a temporary error when patience does")
    func losesPatience() async throws {
        let server = try PostgresServer(settings: ["fsync=off"])
        let queue = try await PostgresQueue(address: server.makeDatabase(), patience: .milliseconds(300))
        try server.crash()
        // Another test's server would answer on the port otherwise.
        let port = try Loopback.hold(server.port)
        defer { close(port) }
        await #expect {
            _ = try await queue.status(of: JobID("job"))
        } throws: { error in
            if case QueueError.busy(let detail) = error { detail.contains("127.0.0.1") } else { false }
        }
        queue.close()
    }
}
