import MezzQueuePostgres
import MezzTestKit
import MezzWorkflow
import Testing

@Suite(
    "The signal of ready tasks",
    .enabled(if: PostgresPrograms.installed != nil, Comment(rawValue: PostgresPrograms.absence)))
struct WorkSignalTests {
    @Test("comes once for a batch, from another program, long before polling would ask")
    func wakesOnce() async throws {
        let address = try PostgresServer.shared().makeDatabase()
        let waiting = try await PostgresQueue(address: address)
        let other = try await PostgresQueue(address: address)
        await waiting.signal.wait(beyond: waiting.signal.heard, atMost: .seconds(30))
        let heard = waiting.signal.heard
        #expect(heard == 1, "a new connection counts as a signal")
        async let woken = ContinuousClock().measure { await waiting.signal.wait(beyond: heard, atMost: .seconds(60)) }
        try await other.submit(JobID("job"), (0..<1_000).map { TaskRequest(name: "\($0)", kind: "work") })
        #expect(await woken < .seconds(50))
        try await Task.sleep(for: .milliseconds(300))
        #expect(waiting.signal.heard == heard + 1)
        waiting.close()
        other.close()
    }

    @Test("comes when a settlement frees a task, and not when it frees none")
    func tellsOfFreedTasks() async throws {
        let queue = try await PostgresQueue(address: PostgresServer.shared().makeDatabase())
        await queue.signal.wait(beyond: queue.signal.heard, atMost: .seconds(30))
        let submitted = queue.signal.heard
        try await queue.submit(
            JobID("job"),
            [
                TaskRequest(name: "a", kind: "work"), TaskRequest(name: "b", kind: "work"),
                TaskRequest(name: "c", kind: "work", after: ["b"]),
            ])
        await queue.signal.wait(beyond: submitted, atMost: .seconds(30))
        let start = queue.signal.heard
        for expected in [start, start + 1] {
            let task = try #require(try await queue.lease(WorkerOffer(worker: "w"), job: nil, for: .seconds(60)))
            try await queue.settle(task, as: .succeeded(TaskOutcome(), identity: nil, cached: false))
            await queue.signal.wait(beyond: start, atMost: .milliseconds(500))
            #expect(queue.signal.heard == expected)
        }
        queue.close()
    }

    @Test("is awaited no longer than asked, and no longer than the caller lives")
    func endsInTime() async throws {
        let queue = try await PostgresQueue(address: PostgresServer.shared().makeDatabase())
        await queue.signal.wait(beyond: queue.signal.heard, atMost: .seconds(30))
        let heard = queue.signal.heard
        #expect(
            await ContinuousClock().measure { await queue.signal.wait(beyond: heard, atMost: .zero) } < .seconds(20))
        let waiter = Task { await queue.signal.wait(beyond: heard, atMost: .seconds(600)) }
        waiter.cancel()
        await waiter.value
        queue.close()
    }

    @Test("comes again after the connection that listens was cut, for what it may have missed")
    func outlivesItsConnection() async throws {
        let server = try PostgresServer.shared()
        let address = try server.makeDatabase()
        let queue = try await PostgresQueue(address: address)
        await queue.signal.wait(beyond: queue.signal.heard, atMost: .seconds(30))
        let heard = queue.signal.heard
        let cut = try server.run(
            """
            SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity
            WHERE datname = current_database() AND query LIKE 'LISTEN%'
            """, on: address)
        #expect(cut == "1")
        await queue.signal.wait(beyond: heard, atMost: .seconds(60))
        let again = queue.signal.heard
        #expect(again == heard + 1)
        async let woken = ContinuousClock().measure { await queue.signal.wait(beyond: again, atMost: .seconds(60)) }
        try await queue.submit(JobID("job"), [TaskRequest(name: "a", kind: "work")])
        #expect(await woken < .seconds(50))
        queue.close()
    }

    @Test("ends waiting for work, and so does the next moment of the queue's own, and the time given")
    func wakesWaiters() async throws {
        let address = try PostgresServer.shared().makeDatabase()
        let queue = try await PostgresQueue(address: address)
        let other = try await PostgresQueue(address: address)
        try await queue.waitForWork(atMost: .seconds(30))
        #expect(try await queue.lease(WorkerOffer(worker: "w"), job: nil, for: .seconds(1)) == nil)
        async let woken = ContinuousClock().measure { try await queue.waitForWork(atMost: .seconds(60)) }
        try await Task.sleep(for: .milliseconds(100))
        try await other.submit(JobID("job"), [TaskRequest(name: "a", kind: "work")])
        #expect(try await woken < .seconds(50))
        _ = try #require(try await other.lease(WorkerOffer(worker: "dies"), job: nil, for: .seconds(2)))
        #expect(try await queue.lease(WorkerOffer(worker: "w"), job: nil, for: .seconds(1)) == nil)
        let expiry = try await ContinuousClock().measure { try await queue.waitForWork(atMost: .seconds(60)) }
        #expect(expiry < .seconds(50))
        #expect(try await queue.lease(WorkerOffer(worker: "w"), job: nil, for: .seconds(600)) != nil)
        #expect(try await queue.lease(WorkerOffer(worker: "w"), job: nil, for: .seconds(600)) == nil)
        let time = try await ContinuousClock().measure { try await queue.waitForWork(atMost: .milliseconds(300)) }
        #expect(time < .seconds(20))
        queue.close()
        other.close()
    }
}
