import Foundation
import MezzFleet
import MezzTestKit
import MezzWorkflow
import Synchronization
import Testing

/// How a worker ends when it is told to, as by a signal to its process.
@Suite("A draining worker", .timeLimit(.minutes(1)))
struct WorkerDrainTests {
    @Test("finishes what is nearly done, hands back the rest at once and takes nothing new")
    func handsBack() async throws {
        try await TestFolder.with { folder in
            let rig = WorkerRig(folder, step: .milliseconds(10))
            let names = ["near", "far", "silent", "next"]
            try await rig.queue.submit(WorkerRig.job, names.map { task($0) })
            let work = ScriptedHandler { context in
                if context.request.name == "far" { context.report(progress: 0.1) }
                try await rig.clock.sleep(until: rig.clock.date(in: .seconds(9)))
                if context.request.name != "near" { try await Task.sleep(for: .seconds(600)) }
                context.report(progress: 0.9)
                try await rig.clock.sleep(until: rig.clock.date(in: .seconds(1)))
                return TaskOutcome()
            }
            let began = Held(Date.distantPast)
            let summary = try await rig.run(rig.worker(rig.settings(slots: 3), work)) { drains in
                try await rig.until { rig.changes(of: "near").count == 2 }
                began.value = rig.clock.now
                drains[0].begin(until: rig.clock.date(in: .seconds(60)))
                try await rig.until { try await rig.record("near").state == .succeeded }
            }
            #expect(rig.clock.now.timeIntervalSince(began.value) < 30)
            #expect(summary == [Counts(done: 1, released: 2)])
            for name in ["far", "silent"] {
                let record = try await rig.record(name)
                #expect(record.state == .ready && record.failures == 0 && record.attempts == 1)
            }
            #expect(try await rig.record("next").attempts == 0)
            #expect(rig.events.contains { if case .draining(3) = $0 { true } else { false } })
        }
    }

    @Test("ends before its deadline though a task that was nearly done never comes to its end")
    func deadline() async throws {
        try await TestFolder.with { folder in
            let rig = WorkerRig(folder, step: .milliseconds(4))
            try await rig.queue.submit(WorkerRig.job, [task("late")])
            let work = ScriptedHandler { context in
                context.report(progress: 0.999)
                try await Task.sleep(for: .seconds(600))
                return TaskOutcome()
            }
            let drain = Drain()
            let deadline = Held(Date.distantPast)
            let end = Held(Date.distantFuture)
            let worker = rig.worker(rig.settings(), work)
            _ = try await rig.run { _ in
                let life = Task {
                    let summary = Counts(await worker.run(drain: drain))
                    end.value = rig.clock.now
                    return summary
                }
                try await rig.until { rig.changes(of: "late").count == 2 }
                deadline.value = rig.clock.date(in: .seconds(8))
                drain.begin(until: deadline.value)
                #expect(await life.value == Counts(released: 1))
            }
            let early = deadline.value.timeIntervalSince(end.value)
            #expect(early > 0 && early <= 1, "\(early) s before the deadline")
            #expect(try await rig.record("late").failures == 0)
        }
    }

    @Test("takes no further task though it had just begun to fill its slots")
    func stopsFilling() async throws {
        try await TestFolder.with { folder in
            let rig = WorkerRig(folder)
            let drain = Drain()
            let asked = Mutex(0)
            let queue = HookedQueue(base: rig.queue) { () throws(QueueError) in
                asked.withLock { $0 += 1 }
                drain.begin(until: rig.clock.date(in: .seconds(60)))
            }
            try await rig.queue.submit(WorkerRig.job, (0..<8).map { task("\($0)") })
            let handler = ScriptedHandler { _ in
                try await Task.sleep(for: .seconds(600))
                return TaskOutcome()
            }
            let worker = rig.worker(rig.settings(slots: 8), on: queue) { _, _ in handler }
            let summary = try await rig.run(worker, drains: [drain]) { _ in
                try await rig.until { asked.withLock { $0 } > 0 }
            }
            #expect(asked.withLock { $0 } == 1)
            #expect(summary == [Counts(released: 1)])
        }
    }

    @Test("that was drained before it began does nothing")
    func drainedBefore() async throws {
        try await TestFolder.with { folder in
            let rig = WorkerRig(folder)
            try await rig.queue.submit(WorkerRig.job, [task("a")])
            let drain = Drain()
            drain.begin(until: rig.clock.now)
            let summary = try await rig.run(rig.worker(rig.settings(), ScriptedHandler()), drains: [drain]) { _ in }
            #expect(summary == [Counts()])
            #expect(try await rig.record("a").attempts == 0)
        }
    }

    @Test("the end of one of two workers that are drained together leaves the other to be drained")
    func sharedDrain() async throws {
        try await TestFolder.with { folder in
            let rig = WorkerRig(folder)
            try await rig.queue.submit(WorkerRig.job, [task("a")])
            var settings = rig.settings("short", kinds: ["none"])
            settings.idleLimit = .seconds(1)
            let work = ScriptedHandler { _ in
                try await Task.sleep(for: .seconds(20))
                return TaskOutcome()
            }
            let (drain, short, long) = (Drain(), rig.worker(settings), rig.worker(rig.settings("long"), work))
            let summary = try await rig.run(long, drains: [drain]) { _ in
                try await rig.until { rig.changes(of: "a") == [.leased] }
                _ = await short.run(drain: drain)
            }
            #expect(summary == [Counts(released: 1)])
        }
    }

    @Test("a worker whose own task is cancelled hands everything back and ends")
    func cancelled() async throws {
        try await TestFolder.with { folder in
            let rig = WorkerRig(folder)
            try await rig.queue.submit(WorkerRig.job, [task("a")])
            let work = ScriptedHandler { _ in
                try await Task.sleep(for: .seconds(600))
                return TaskOutcome()
            }
            let worker = rig.worker(rig.settings(), work)
            let drain = Drain()
            let end = Held(Counts?.none)
            _ = try await rig.run { _ in
                let life = Task {
                    let summary = Counts(await worker.run(drain: drain))
                    end.value = summary
                }
                try await rig.until { rig.changes(of: "a") == [.leased] }
                life.cancel()
                let limit = ContinuousClock.now + .seconds(60)
                try await rig.until { end.value != nil || ContinuousClock.now > limit }
                #expect(end.value == Counts(released: 1))
                drain.begin(until: rig.clock.now)
                // A handler's task lives on its own: let it be taken back.
                try await rig.queue.cancel(WorkerRig.job)
                await life.value
            }
        }
    }
}
