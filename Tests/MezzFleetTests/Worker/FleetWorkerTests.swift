import Foundation
import MezzFleet
import MezzTestKit
import MezzWorkflow
import Synchronization
import Testing

@Suite("A fleet's worker", .timeLimit(.minutes(1)))
struct FleetWorkerTests {
    @Test("does all tasks of several jobs, and those that they decide on")
    func severalJobs() async throws {
        try await TestFolder.with { folder in
            let rig = WorkerRig(folder)
            let jobs = (0..<3).map { JobID("job-\($0)") }
            for job in jobs {
                let tasks = (0..<7).map { task("\(job)/\($0)") }
                try await rig.queue.submit(job, tasks + [task("\(job)/plan", kind: "plan")])
            }
            let plan = ScriptedHandler("plan") { context in
                TaskOutcome(children: [
                    task("\(context.job)/a"), task("\(context.job)/b", after: ["\(context.job)/a"]),
                ])
            }
            let worker = rig.worker(rig.settings(slots: 3, kinds: ["work", "plan"]), plan, ScriptedHandler())
            let summary = try await rig.run(worker) { _ in try await rig.untilDone(jobs[0], jobs[1], jobs[2]) }
            #expect(summary == [Counts(done: 30)])
            for job in jobs { #expect(try await rig.queue.status(of: job).state == .succeeded) }
        }
    }

    @Test("hands in a remembered result instead of working again")
    func remembered() async throws {
        try await TestFolder.with { folder in
            let rig = WorkerRig(folder)
            let again = JobID("again")
            let worker = rig.worker(rig.settings(), ScriptedHandler())
            let summary = try await rig.run(worker) { _ in
                try await rig.queue.submit(WorkerRig.job, [task("a"), task("b")])
                try await rig.untilDone(WorkerRig.job)
                try await rig.queue.submit(again, [task("a"), task("b"), task("c")])
                try await rig.untilDone(again)
            }
            #expect(summary == [Counts(done: 3, found: 2)])
        }
    }

    @Test("serves only its kinds")
    func kinds() async throws {
        try await TestFolder.with { folder in
            let rig = WorkerRig(folder)
            try await rig.queue.submit(WorkerRig.job, [task("theirs", kind: "other"), task("ours")])
            _ = try await rig.run(rig.worker(rig.settings(), ScriptedHandler(), ScriptedHandler("other"))) { _ in
                try await rig.until { try await rig.record("ours").state == .succeeded }
                let now = rig.clock.now
                try await rig.until { rig.clock.now > now.addingTimeInterval(15) }
            }
            #expect(try await rig.record("theirs").state == .ready)
            #expect(try await rig.record("theirs").attempts == 0)
        }
    }

    @Test("packs tasks into its slots and memory, and gives one that is wider than itself all it has")
    func slots() async throws {
        try await TestFolder.with { folder in
            let rig = WorkerRig(folder)
            let small = (0..<12).map { task("small/\($0)") }
            let large = (0..<4).map { task("large/\($0)", slots: 2, memory: 900) }
            try await rig.queue.submit(WorkerRig.job, small + [task("huge", slots: 64)] + large)
            let load = LoadGauge()
            let wide = Held(0)
            let work = ScriptedHandler { context in
                if context.request.name == "huge" { wide.value = context.slots }
                try await load.during(slots: context.slots, memory: context.request.needs.memory) {
                    try await Task.sleep(for: .milliseconds(2))
                }
                return TaskOutcome()
            }
            let summary = try await rig.run(rig.worker(rig.settings(slots: 4), work)) { _ in
                try await rig.untilDone(WorkerRig.job)
            }
            #expect(summary.first?.done == 17)
            #expect(load.peak.slots == 4)
            #expect(load.peak.memory == 900)
            #expect(wide.value == 4)
        }
    }

    @Test("ends by itself when there was nothing to do for as long as it is told")
    func idleLimit() async throws {
        try await TestFolder.with { folder in
            let rig = WorkerRig(folder)
            var settings = rig.settings()
            settings.idleLimit = .seconds(30)
            let ended = Held(Date?.none)
            let finished = Held(Date.distantFuture)
            let work = ScriptedHandler { _ in
                // Longer than the limit: work is no idleness.
                try await rig.clock.sleep(until: rig.clock.date(in: .seconds(45)))
                finished.value = rig.clock.now
                return TaskOutcome()
            }
            try await rig.queue.submit(WorkerRig.job, [task("a")])
            let worker = rig.worker(settings, work)
            _ = try await rig.run { _ in
                let life = Task {
                    let summary = Counts(await worker.run(drain: Drain()))
                    ended.value = rig.clock.now
                    return summary
                }
                #expect(await life.value == Counts(done: 1))
            }
            let idle = try #require(ended.value).timeIntervalSince(finished.value)
            // Workers look again after 40 seconds at most, and after their limit when that is shorter.
            #expect(idle >= 30 && idle < 75, "idle for \(idle) s")
        }
    }

    @Test("announces itself, says that it drains, and is taken off the list at its end")
    func announces() async throws {
        try await TestFolder.with { folder in
            let rig = WorkerRig(folder)
            let settings = rig.settings(slots: 5, kinds: ["work", "more"])
            try await rig.queue.submit(WorkerRig.job, [task("a")])
            let work = ScriptedHandler { context in
                context.report(progress: 0.999)
                try await rig.until { try await rig.queue.workers().first?.isDraining == true }
                return TaskOutcome()
            }
            let summary = try await rig.run(rig.worker(settings, work)) { drains in
                let began = rig.clock.now
                try await rig.until { rig.changes(of: "a").count == 2 }
                let record = try #require(try await rig.queue.workers().first)
                #expect(record.worker == "worker" && record.host == "host" && record.version == "1")
                #expect(record.capacity == settings.capacity)
                #expect(record.kinds == ["work", "more"])
                #expect(!record.isDraining)
                #expect(abs(record.started.timeIntervalSince(began)) < 60)
                drains[0].begin(until: rig.clock.date(in: .seconds(600)))
                try await rig.untilDone(WorkerRig.job)
            }
            #expect(summary == [Counts(done: 1)])
            #expect(try await rig.queue.workers().isEmpty)
        }
    }
}

/// What runs at once, at most.
final class LoadGauge: Sendable {
    private struct Load {
        var now = Capacity(slots: 0)
        var peak = Capacity(slots: 0)
    }

    private let load = Mutex(Load())

    var peak: Capacity { load.withLock(\.peak) }

    func during(slots: Int, memory: Int, _ body: () async throws -> Void) async rethrows {
        load.withLock {
            $0.now.slots += slots
            $0.now.memory += memory
            $0.peak.slots = max($0.peak.slots, $0.now.slots)
            $0.peak.memory = max($0.peak.memory, $0.now.memory)
        }
        defer {
            load.withLock {
                $0.now.slots -= slots
                $0.now.memory -= memory
            }
        }
        try await body()
    }
}
