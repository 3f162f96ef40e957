import Foundation
import MezzQueuePostgres
import MezzTestKit
import MezzWorkflow
import Testing

@Suite(
    "The PostgreSQL queue", .enabled(if: PostgresPrograms.installed != nil, Comment(rawValue: PostgresPrograms.absence))
)
struct PostgresQueueTests {
    private let job = JobID("job")

    @Test("keeps the port's contract", arguments: WorkQueueConformance.checks)
    func conforms(_ check: ConformanceCheck<QueueBench>) async throws {
        let server = try PostgresServer.shared()
        let address = try server.makeDatabase()
        let clock = FakeClock()
        let queue = try await PostgresQueue(address: address, time: .shared(clock))
        let bench = QueueBench(queue: queue, clock: clock) {
            queue.close()
            return try await PostgresQueue(address: address, time: .shared(clock))
        }
        try await check.run(on: bench)
        queue.close()
        try TableAudit(server: server, address: address).check()
    }

    @Test("eight programs that start at once bring an empty database up to date together")
    func migratesOnce() async throws {
        let server = try PostgresServer.shared()
        let address = try server.makeDatabase()
        try await withThrowingTaskGroup { group in
            for _ in 0..<8 {
                group.addTask { try await PostgresQueue(address: address, connections: 1).close() }
            }
            try await group.waitForAll()
        }
        #expect(try server.run("SELECT version, name FROM mezz.migrations", on: address) == "1|tasks")
    }

    @Test("refuses a database of a newer version")
    func refusesNewer() async throws {
        let server = try PostgresServer.shared()
        let address = try server.makeDatabase()
        try await PostgresQueue(address: address).close()
        try server.run("INSERT INTO mezz.migrations VALUES (999, 'from the future')", on: address)
        let place = address.replacing("postgres@", with: "")
        await #expect(throws: QueueError.newerDatabase(place)) { try await PostgresQueue(address: address) }
    }

    @Test("two pools on one database give each task once, with filters or without", arguments: [nil, ["a", "b"]])
    func sharesTheDatabase(_ kinds: Set<String>?) async throws {
        let address = try PostgresServer.shared().makeDatabase()
        let queues = [try await PostgresQueue(address: address), try await PostgresQueue(address: address)]
        try await queues[0].submit(
            job, (0..<300).map { TaskRequest(name: "task/\($0)", kind: $0 % 3 == 0 ? "a" : "b") })
        let names = try await withThrowingTaskGroup(of: [String].self) { group in
            for worker in 0..<8 {
                group.addTask {
                    let queue = queues[worker % 2]
                    var names: [String] = []
                    while let task = try await queue.lease(
                        WorkerOffer(worker: "\(worker)", kinds: kinds), job: nil, for: .seconds(60))
                    {
                        names.append(task.request.name)
                        try await queue.settle(task, as: .succeeded(TaskOutcome(), identity: nil, cached: false))
                    }
                    return names
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(names.count == 300)
        #expect(Set(names).count == 300)
        #expect(try await queues[1].status(of: job).state == .succeeded)
        for queue in queues { queue.close() }
    }

    @Test("on the server's clock an expired lease is given out again and its late settlement is refused")
    func refusesLateSettlement() async throws {
        let queue = try await PostgresQueue(address: PostgresServer.shared().makeDatabase())
        try await queue.submit(job, [TaskRequest(name: "a", kind: "work")])
        let late = try #require(try await queue.lease(WorkerOffer(worker: "late"), job: nil, for: .seconds(5)))
        #expect((0...5).contains(late.expires.timeIntervalSinceNow))
        #expect(try await queue.lease(WorkerOffer(worker: "next"), job: nil, for: .seconds(60)) == nil)
        try await Task.sleep(for: .milliseconds(5_100))
        let next = try #require(try await queue.lease(WorkerOffer(worker: "next"), job: nil, for: .seconds(60)))
        #expect(next.attempt == 2)
        await #expect(throws: QueueError.leaseLost(job, task: "a")) {
            try await queue.settle(late, as: .succeeded(TaskOutcome(), identity: nil, cached: false))
        }
        try await queue.settle(next, as: .succeeded(TaskOutcome(), identity: nil, cached: false))
        #expect(try await queue.status(of: job).counts.done == 1)
        queue.close()
    }

    @Test("a dependent that is submitted while its dependency is settled never waits in vain")
    func losesNoDependent() async throws {
        let queue = try await PostgresQueue(address: PostgresServer.shared().makeDatabase(), connections: 8)
        for round in 0..<40 {
            let job = JobID("job \(round)")
            try await queue.submit(job, [TaskRequest(name: "first", kind: "work")])
            let task = try #require(
                try await queue.lease(WorkerOffer(worker: "w"), job: job, for: .seconds(60)))
            let isGood = round % 2 == 0
            async let settled: Void = queue.settle(
                task,
                as: isGood
                    ? .succeeded(TaskOutcome(), identity: nil, cached: false)
                    : .failed(TaskFailure(what: "broke", place: "first", remedy: "none"), retryAfter: nil))
            try await queue.submit(
                job, (0..<20).map { TaskRequest(name: "\($0)", kind: "work", after: [$0 == 0 ? "first" : "\($0 - 1)"]) }
            )
            try await settled
            let counts = try await queue.status(of: job).counts
            #expect(isGood ? counts[.ready] == 1 : counts[.blocked] == 20, "round \(round)")
        }
        queue.close()
    }

    @Test("status keeps counting right while changes are folded")
    func countsWhileFolding() async throws {
        let queue = try await PostgresQueue(address: PostgresServer.shared().makeDatabase())
        try await queue.submit(job, (0..<2_500).map { TaskRequest(name: "\($0)", kind: "work") })
        _ = try await QueuePace.measure(queue, workers: 4, pairs: 2_400)
        let counts = try await queue.status(of: job).counts
        #expect(counts.done == 2_400 && counts[.ready] == 100 && counts.total == 2_500)
        queue.close()
    }
}
