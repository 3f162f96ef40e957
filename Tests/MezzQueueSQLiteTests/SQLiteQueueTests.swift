import Foundation
import GRDB
import MezzQueueSQLite
import MezzTestKit
import MezzWorkflow
import Testing

@Suite("The SQLite queue")
struct SQLiteQueueTests {
    @Test("keeps the port's contract", arguments: WorkQueueConformance.checks)
    func conforms(_ check: ConformanceCheck<QueueBench>) async throws {
        try await withScratchFolder { folder in
            let path = "\(folder)/queue.sqlite"
            let clock = FakeClock()
            let queue = try SQLiteQueue(path: path, clock: clock)
            let bench = QueueBench(queue: queue, clock: clock) {
                try queue.close()
                return try SQLiteQueue(path: path, clock: clock)
            }
            try await check.run(on: bench)
        }
    }

    @Test("refuses a database of a newer version")
    func refusesNewer() async throws {
        try await withScratchFolder { folder in
            let path = "\(folder)/queue.sqlite"
            try SQLiteQueue(path: path).close()
            let database = try DatabaseQueue(path: path)
            try await database.write { db in
                try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('999 from the future')")
            }
            try database.close()
            #expect(throws: QueueError.newerDatabase(path)) { try SQLiteQueue(path: path) }
        }
    }

    @Test("refuses a file that is no database, and leaves it alone")
    func refusesOtherFiles() async throws {
        try await withScratchFolder { folder in
            let path = "\(folder)/queue.sqlite"
            let content = Data(repeating: 65, count: 8192)
            try content.write(to: URL(filePath: path))
            #expect {
                try SQLiteQueue(path: path)
            } throws: { error in
                if case QueueError.broken(let detail) = error { detail.contains(path) } else { false }
            }
            #expect(try Data(contentsOf: URL(filePath: path)) == content)
        }
    }

    @Test("two openings of one file give each task once")
    func sharesTheFile() async throws {
        try await withScratchFolder { folder in
            let path = "\(folder)/queue.sqlite"
            let queues = [try SQLiteQueue(path: path), try SQLiteQueue(path: path)]
            let job = JobID("job")
            try await queues[0].submit(job, (0..<60).map { TaskRequest(name: "task/\($0)", kind: "work") })
            let names = try await withThrowingTaskGroup(of: [String].self) { group in
                for worker in 0..<4 {
                    group.addTask {
                        let queue = queues[worker % 2]
                        var names: [String] = []
                        let offer = WorkerOffer(worker: "\(worker)")
                        while let task = try await queue.lease(offer, job: nil, for: .seconds(60)) {
                            names.append(task.request.name)
                            try await queue.settle(
                                task, as: .succeeded(TaskOutcome(), identity: nil, cached: false))
                        }
                        return names
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(names.count == 60)
            #expect(Set(names).count == 60)
        }
    }

    @Test("what was settled is in the files before anything is closed, as after a kill")
    func survivesKill() async throws {
        try await withScratchFolder { folder in
            let job = JobID("job")
            let queue = try SQLiteQueue(path: "\(folder)/queue.sqlite")
            try await queue.submit(job, (0..<3).map { TaskRequest(name: "task/\($0)", kind: "work") })
            let settled = try #require(try await queue.lease(WorkerOffer(worker: "w"), job: nil, for: .seconds(600)))
            try await queue.settle(settled, as: .succeeded(TaskOutcome(), identity: nil, cached: false))
            _ = try await queue.lease(WorkerOffer(worker: "w"), job: nil, for: .seconds(600))
            for suffix in ["", "-wal"] {
                try FileManager.default.copyItem(
                    atPath: "\(folder)/queue.sqlite\(suffix)", toPath: "\(folder)/copy.sqlite\(suffix)")
            }

            let copy = try SQLiteQueue(path: "\(folder)/copy.sqlite")
            #expect(try await copy.tasks(of: job) == queue.tasks(of: job))
            try await copy.releaseAll(heldBy: nil)
            let status = try await copy.status(of: job)
            #expect(status.counts.done == 1)
            #expect(status.counts[.ready] == 2)
        }
    }

    @Test("whoever waits for work sees what another opening of the file adds")
    func wakesOthers() async throws {
        try await withScratchFolder { folder in
            let path = "\(folder)/queue.sqlite"
            let queues = [try SQLiteQueue(path: path), try SQLiteQueue(path: path)]
            let job = JobID("job")
            #expect(try await queues[0].lease(WorkerOffer(worker: "w"), job: nil, for: .seconds(60)) == nil)
            let watch = ContinuousClock()
            let start = watch.now
            let waiting = Task { try await queues[0].waitForWork(atMost: .seconds(50)) }
            try await Task.sleep(for: .milliseconds(300))
            try await queues[1].submit(job, [TaskRequest(name: "a", kind: "work")])
            try await waiting.value
            #expect(start.duration(to: watch.now) < .seconds(40))
            #expect(try await queues[0].lease(WorkerOffer(worker: "w"), job: nil, for: .seconds(60)) != nil)
        }
    }

    private func withScratchFolder(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mezz-queue-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder.path())
    }
}
