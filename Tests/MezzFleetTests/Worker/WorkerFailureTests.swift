import Foundation
import MezzFleet
import MezzTestKit
import MezzWorkflow
import Synchronization
import Testing

@Suite("A worker in trouble", .timeLimit(.minutes(1)))
struct WorkerFailureTests {
    @Test("stops a task whose job was cancelled")
    func jobCancelled() async throws {
        try await TestFolder.with { folder in
            let rig = WorkerRig(folder)
            try await rig.queue.submit(WorkerRig.job, [task("a")])
            let stopped = Held(false)
            let work = ScriptedHandler { _ in
                defer { stopped.value = Task.isCancelled }
                try await Task.sleep(for: .seconds(600))
                return TaskOutcome()
            }
            let summary = try await rig.run(rig.worker(rig.settings(), work)) { _ in
                try await rig.until { rig.changes(of: "a") == [.leased] }
                try await rig.queue.cancel(WorkerRig.job)
                try await rig.until { stopped.value }
            }
            #expect(summary == [Counts(lost: 1)])
            #expect(try await rig.record("a").state == .cancelled)
        }
    }

    @Test("a result that comes after the lease was lost does not count")
    func lateResult() async throws {
        try await TestFolder.with { folder in
            let rig = WorkerRig(folder)
            try await rig.queue.submit(WorkerRig.job, [task("a")])
            let isLate = Held(false)
            let work = ScriptedHandler { _ in
                // Deaf to being cancelled.
                while !isLate.value { try? await Task.sleep(for: .milliseconds(1)) }
                return TaskOutcome(output: Data("1".utf8))
            }
            let summary = try await rig.run(rig.worker(rig.settings(slots: 1), work)) { _ in
                try await rig.until { rig.changes(of: "a") == [.leased] }
                try await rig.queue.releaseAll(heldBy: "worker")
                let offer = WorkerOffer(worker: "other")
                let other = try #require(try await rig.queue.lease(offer, job: nil, for: .seconds(600)))
                let outcome = TaskOutcome(output: Data("2".utf8))
                try await rig.queue.settle(other, as: .succeeded(outcome, identity: nil, cached: false))
                isLate.value = true
                try await rig.until { rig.changes(of: "a").count == 2 }
            }
            #expect(summary == [Counts(lost: 1)])
            #expect(try await rig.record("a").result?.output == Data("2".utf8))
        }
    }

    @Test("a task handed back is not counted and done again")
    func handedBack() async throws {
        try await TestFolder.with { folder in
            let rig = WorkerRig(folder)
            try await rig.queue.submit(WorkerRig.job, [task("a")])
            let work = ScriptedHandler { context in
                guard context.attempt > 5 else { throw HandedBack() }
                return TaskOutcome()
            }
            let summary = try await rig.run(rig.worker(rig.settings(), work)) { _ in
                try await rig.untilDone(WorkerRig.job)
            }
            #expect(summary == [Counts(done: 1, released: 5)])
            #expect(try await rig.record("a").failures == 0)
        }
    }

    @Test("a transient failure is tried again, a lasting one is not, and a kind without a handler fails")
    func failures() async throws {
        try await TestFolder.with { folder in
            let rig = WorkerRig(folder)
            let foreign = task("foreign", kind: "foreign")
            try await rig.queue.submit(WorkerRig.job, [task("shaky"), task("hopeless"), foreign])
            let work = ScriptedHandler { context in
                let transient = context.request.name == "shaky"
                if transient, context.attempt == 2 { return TaskOutcome() }
                throw TaskFailure(what: "broke", place: "here", remedy: "none", transient: transient)
            }
            let worker = rig.worker(rig.settings(kinds: ["work", "foreign"]), work)
            let summary = try await rig.run(worker) { _ in try await rig.untilDone(WorkerRig.job) }
            #expect(summary == [Counts(done: 1, failed: 3)])
            #expect(try await rig.record("shaky").state == .succeeded)
            #expect(try await rig.record("hopeless").failure?.what == "broke")
            #expect(try await rig.record("foreign").failure?.code == 69)
        }
    }

    @Test("a job that cannot be understood fails, at the job's name")
    func sourceFails() async throws {
        struct Unreadable: Error {}
        try await TestFolder.with { folder in
            let rig = WorkerRig(folder)
            try await rig.queue.submit(WorkerRig.job, [task("a")])
            let worker = rig.worker(rig.settings(), source: { _, _ in throw Unreadable() })
            let summary = try await rig.run(worker) { _ in try await rig.untilDone(WorkerRig.job) }
            #expect(summary == [Counts(failed: 1)])
            let failure = try #require(try await rig.record("a").failure)
            #expect(failure.code == 2 && failure.place == "job" && failure.detail == "Unreadable()")
        }
    }

    @Test("a queue that cannot say what a job is about blames no task")
    func sourceMeetsBusyQueue() async throws {
        try await TestFolder.with { folder in
            let rig = WorkerRig(folder)
            try await rig.queue.submit(WorkerRig.job, [task("a")])
            let asked = Mutex(0)
            let worker = rig.worker(rig.settings()) { _, _ in
                let number = asked.withLock { asked in
                    asked += 1
                    return asked
                }
                if number < 4 { throw QueueError.busy("test") }
                return ScriptedHandler()
            }
            let summary = try await rig.run(worker) { _ in try await rig.untilDone(WorkerRig.job) }
            #expect(summary.first?.done == 1 && summary.first?.failed == 0)
            #expect(try await rig.record("a").failures == 0)
        }
    }

    @Test("a task whose job is still being looked up when the worker is told to end is handed back")
    func sourceCancelled() async throws {
        try await TestFolder.with { folder in
            let rig = WorkerRig(folder)
            try await rig.queue.submit(WorkerRig.job, [task("a")])
            let worker = rig.worker(rig.settings()) { _, _ in
                try await Task.sleep(for: .seconds(600))
                return nil
            }
            let summary = try await rig.run(worker) { _ in
                try await rig.until { rig.changes(of: "a") == [.leased] }
            }
            #expect(summary == [Counts(released: 1)])
            #expect(try await rig.record("a").state == .ready)
        }
    }

    @Test("a queue that fails for a while is survived")
    func queueFails() async throws {
        try await TestFolder.with { folder in
            let rig = WorkerRig(folder)
            let left = Mutex(4)
            let queue = HookedQueue(base: rig.queue) { () throws(QueueError) in
                let fails = left.withLock { left in
                    left -= 1
                    return left >= 0
                }
                if fails { throw QueueError.busy("test") }
            }
            try await rig.queue.submit(WorkerRig.job, (0..<5).map { task("\($0)") })
            let began = rig.clock.now
            let worker = rig.worker(rig.settings(), on: queue) { _, _ in ScriptedHandler() }
            let summary = try await rig.run(worker) { _ in try await rig.untilDone(WorkerRig.job) }
            #expect(summary == [Counts(done: 5)])
            let failures = rig.events.filter { if case .queueFailed(.busy, _) = $0 { true } else { false } }
            #expect(failures.count == 4)
            // It gives the queue five seconds each time.
            #expect(rig.clock.now.timeIntervalSince(began) >= 20)
        }
    }
}
