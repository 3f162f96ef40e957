import Foundation
import MezzCore
import MezzTestKit
import MezzWorkflow
import Testing

@Suite("The engine", .timeLimit(.minutes(1)))
struct WorkflowEngineTests {
    private let rig = EngineRig()

    @Test("runs a graph that grows to its end")
    func runsToTheEnd() async throws {
        try await rig.submit(task("plan", kind: "plan"), task("other"))
        let plan = rig.handler("plan") { _ in
            TaskOutcome(children: [
                task("part/1", parameters: "1"), task("part/2", parameters: "2"),
                task("sum", kind: "sum", after: ["part/1", "part/2"]),
            ])
        }
        let work = rig.handler { TaskOutcome(output: $0.request.parameters) }
        let sum = rig.handler("sum") { context in
            TaskOutcome(output: Data(context.inputs.map { String(decoding: $0.output, as: UTF8.self) }.joined().utf8))
        }
        let status = try await rig.engine(plan, work, sum).run(EngineRig.job)
        #expect(status.state == .succeeded)
        #expect(status.counts.done == 5)
        #expect(try await rig.record("sum").result?.output == Data("12".utf8))
        #expect(rig.changes(of: "plan").contains(.childrenAdded(3)))
        #expect(rig.events.last?.totals["work"]?.done == 3)
    }

    @Test("leaves other jobs alone")
    func leavesOtherJobs() async throws {
        let other = JobID("other")
        try await rig.submit(task("theirs"), to: other)
        try await rig.submit(task("ours"))
        _ = try await rig.engine(rig.handler()).run(EngineRig.job)
        #expect(rig.runs == ["ours"])
        #expect(try await rig.queue.status(of: other).state == .queued)
    }

    @Test("a job that is finished already ends at once")
    func finishedJob() async throws {
        try await rig.submit(task("a"))
        _ = try await rig.engine(rig.handler()).run(EngineRig.job)
        #expect(try await rig.engine(rig.handler()).run(EngineRig.job).state == .succeeded)
        #expect(rig.runs == ["a"])
    }

    @Test("packs slots, and gives an oversized task the whole machine")
    func slots() async throws {
        for index in 0..<12 {
            try await rig.submit(task("small/\(index)", parameters: "\(index)"))
            try await rig.submit(task("large/\(index)", parameters: "[\(index)]", slots: 2))
        }
        try await rig.submit(task("huge", parameters: "0.5", slots: 16))
        let gauge = Gauge()
        let work = rig.handler { context in
            try await gauge.during(context.slots) { try await Task.sleep(for: .milliseconds(2)) }
            return TaskOutcome()
        }
        let status = try await rig.engine(work, slots: 3).run(EngineRig.job)
        #expect(status.state == .succeeded)
        #expect(gauge.peak == 3)
    }

    @Test("equal work is done once, whatever it is called")
    func reuse() async throws {
        let file = Artifact(name: "f", hash: ContentHash.of(Data("f".utf8)), bytes: 1)
        let work = rig.handler { _ in TaskOutcome(artifacts: [file], usage: ResourceUsage(cpuSeconds: 9)) }
        try await rig.submit(task("a"))
        _ = try await rig.engine(work).run(EngineRig.job)
        try await rig.submit(task("b", slots: 2), task("c", parameters: "1"))
        _ = try await rig.engine(work).run(EngineRig.job)
        #expect(rig.runs == ["a", "c"])
        #expect(rig.changes(of: "b") == [.leased, .settled(cached: true, usage: ResourceUsage(cpuSeconds: 9))])
        #expect(try await rig.record("b").result?.cached == true)
        #expect(try await rig.record("b").result?.artifacts == [file])
    }

    @Test("a remembered fan-out adds its children again")
    func reusedFanOut() async throws {
        let plan = rig.handler("plan") { _ in TaskOutcome(children: [task("part")]) }
        try await rig.submit(task("plan", kind: "plan"))
        _ = try await rig.engine(plan, rig.handler()).run(EngineRig.job)
        try await rig.queue.forget(EngineRig.job)
        try await rig.submit(task("plan", kind: "plan"))
        let status = try await rig.engine(plan, rig.handler()).run(EngineRig.job)
        #expect(status.counts.done == 2)
        #expect(rig.runs == ["plan", "part"])
    }

    @Test("a result whose file is gone, or another version of the tools, is work again")
    func noReuse() async throws {
        let file = Artifact(name: "f", hash: ContentHash.of(Data("f".utf8)), bytes: 1)
        let body: @Sendable (TaskContext) async throws -> TaskOutcome = { _ in TaskOutcome(artifacts: [file]) }
        try await rig.submit(task("a"))
        _ = try await rig.engine(rig.handler("work", body)).run(EngineRig.job)
        try await rig.submit(task("b"))
        _ = try await rig.engine(rig.handler("work", body), artifactExists: { _ in false }).run(EngineRig.job)
        try await rig.submit(task("c"))
        _ = try await rig.engine(rig.handler("work", version: "2", body)).run(EngineRig.job)
        #expect(rig.runs == ["a", "b", "c"])
    }

    @Test("waits for a job that its terms keep back")
    func keptBack() async throws {
        let rig = rig
        let date = rig.clock.now + 500
        try await rig.queue.submit(EngineRig.job, [task("a"), task("b", after: ["a"])], on: JobTerms(notBefore: date))
        let run = Task { try await rig.engine(rig.handler()).run(EngineRig.job) }
        try await rig.until { rig.clock.alarms.contains { $0 <= date } }
        #expect(rig.runs.isEmpty)
        while rig.clock.now < date {
            rig.clock.advance(by: .seconds(25))
            try await Task.sleep(for: .milliseconds(2))
        }
        #expect(try await run.value.state == .succeeded)
        #expect(rig.runs == ["a", "b"])
    }

    @Test("waits for room under its job's key")
    func fullKey() async throws {
        let rig = rig
        let terms = JobTerms(key: ExclusiveKey(name: "k", limit: 1))
        try await rig.queue.submit(JobID("other"), [task("theirs")], on: terms)
        let offer = WorkerOffer(worker: "somebody")
        let theirs = try #require(try await rig.queue.lease(offer, job: nil, for: .seconds(10_000)))
        try await rig.queue.submit(EngineRig.job, [task("a"), task("b", parameters: "1")], on: terms)
        let run = Task { try await rig.engine(rig.handler()).run(EngineRig.job) }
        try await rig.until { !rig.clock.alarms.isEmpty }
        try await rig.queue.settle(theirs, as: .released)
        // The engine leaves other jobs alone, so the key is its own from here on.
        #expect(try await run.value.state == .succeeded)
        #expect(rig.runs == ["a", "b"])
    }

    @Test("passes progress on")
    func progress() async throws {
        try await rig.submit(task("a"))
        let work = rig.handler { context in
            context.report(progress: 0.5)
            context.report(frames: 30, of: 40)
            return TaskOutcome()
        }
        _ = try await rig.engine(work).run(EngineRig.job)
        #expect(
            rig.changes(of: "a") == [
                .leased, .progress(TaskProgress(fraction: 0.5)), .progress(TaskProgress(frames: 30, of: 40)),
                .settled(cached: false, usage: ResourceUsage()),
            ])
    }
}
