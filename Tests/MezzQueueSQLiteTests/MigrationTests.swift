import Foundation
import GRDB
import MezzQueueSQLite
import MezzTestKit
import MezzWorkflow
import Testing

@Suite("A database of the first version")
struct MigrationTests {
    private let job = JobID("job")
    private let clock = FakeClock()

    @Test("opens with all that is in it")
    func keepsTasks() async throws {
        try await withOldDatabase { queue in
            let records = try await queue.tasks(of: job)
            #expect(records.map(\.request.name) == ["plan", "running", "delayed", "low", "high", "end", "bad"])
            #expect(records.map(\.request.needs) == [1, 4, 1, 1, 4, 1, 1].map { Capacity(slots: $0) })
            #expect(records.map(\.state) == [.succeeded, .running, .delayed, .ready, .ready, .waiting, .failed])
            #expect(records[1].worker == "old")
            #expect(records[1].expires == Date(timeIntervalSince1970: 1_000_000_060))
            #expect(try await queue.terms(of: job) == JobTerms())
            let jobs = try await queue.jobs(limit: 2)
            #expect(jobs.map(\.created) == [Date(timeIntervalSince1970: 999_999_000)])
            let depths = try await queue.depths()
            #expect(depths.map(\.kind) == ["encode"])
            #expect(depths.map(\.readySlots) == [5])
            #expect(depths.map(\.runningSlots) == [4])
            #expect(depths.map(\.held) == [1])
        }
    }

    @Test("goes on where it stopped")
    func goesOn() async throws {
        try await withOldDatabase { queue in
            let old = LeasedTask(
                job: job, request: TaskRequest(name: "running", kind: "encode", slots: 4), inputs: [], attempt: 2,
                failures: 0, worker: "old", expires: clock.now)
            try await queue.settle(old, as: .succeeded(TaskOutcome(), identity: nil, cached: false))
            let high = try #require(try await queue.lease(WorkerOffer(worker: "w"), job: nil, for: .seconds(60)))
            #expect(high.request.name == "high")
            #expect(high.inputs.map(\.name) == ["plan"])
            try await queue.settle(high, as: .succeeded(TaskOutcome(), identity: nil, cached: false))
            clock.advance(by: .seconds(10))
            try await queue.retry(job)
            var names: [String] = []
            while let task = try await queue.lease(WorkerOffer(worker: "w"), job: job, for: .seconds(60)) {
                names.append(task.request.name)
                try await queue.settle(task, as: .succeeded(TaskOutcome(), identity: nil, cached: false))
            }
            #expect(names == ["delayed", "bad", "low", "end"])
            #expect(try await queue.status(of: job).state == .succeeded)
        }
    }

    @Test("takes terms like a new one")
    func takesTerms() async throws {
        try await withOldDatabase { queue in
            try await queue.submit(job, [], on: JobTerms(key: ExclusiveKey(name: "k", limit: 1)))
            #expect(try await queue.lease(WorkerOffer(worker: "w"), job: nil, for: .seconds(60)) == nil)
            try await queue.releaseAll(heldBy: "old")
            #expect(try await queue.lease(WorkerOffer(worker: "w"), job: nil, for: .seconds(60)) != nil)
            #expect(try await queue.lease(WorkerOffer(worker: "w"), job: nil, for: .seconds(60)) == nil)
        }
    }

    private func withOldDatabase(_ body: (SQLiteQueue) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mezz-queue-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "queue.sqlite").path()
        let database = try DatabaseQueue(path: path)
        try await database.write { db in
            try db.execute(sql: FirstVersion.tables)
            try db.execute(sql: FirstVersion.rows)
        }
        try database.close()
        let queue = try SQLiteQueue(path: path, clock: clock)
        try await body(queue)
        try queue.close()
    }
}
