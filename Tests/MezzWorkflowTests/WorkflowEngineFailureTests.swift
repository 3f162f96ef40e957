import Foundation
import MezzCore
import MezzTestKit
import MezzWorkflow
import Testing

@Suite("The engine, when things go wrong", .timeLimit(.minutes(1)))
struct WorkflowEngineFailureTests {
    private struct Odd: Error {}

    private let rig = EngineRig()
    private let glitch = TaskFailure(code: 75, what: "glitch", place: "here", remedy: "wait", transient: true)
    private let refusal = TaskFailure(code: 65, what: "bad file", place: "here", remedy: "fix it")

    @Test("a permanent failure does not stop the others")
    func permanent() async throws {
        try await rig.submit(
            task("bad", kind: "bad"), task("odd", kind: "odd"), task("next", after: ["bad"]), task("good"))
        let status = try await rig.engine(
            rig.handler("bad") { [refusal] _ in throw refusal }, rig.handler("odd") { _ in throw Odd() }, rig.handler()
        ).run(EngineRig.job)
        #expect(status.state == .failed)
        #expect(rig.runs.sorted() == ["bad", "good", "odd"])
        #expect(try await rig.record("bad").failure == refusal)
        #expect(try await rig.record("odd").failure?.what == "Odd()")
        #expect(rig.changes(of: "bad") == [.leased, .failed(refusal)])
    }

    @Test("a transient failure is tried again later, and later still, until its attempts are used up")
    func transient() async throws {
        try await rig.submit(task("a"))
        let engine = rig.engine(rig.handler { [glitch] _ in throw glitch })
        async let status = engine.run(EngineRig.job)
        for delay in [Duration.seconds(2), .seconds(4)] {
            let due = rig.clock.date(in: delay)
            try await rig.until { rig.clock.alarms.first == due }
            rig.clock.advance(by: delay)
        }
        #expect(try await status.state == .failed)
        #expect(rig.runs.count == 3)
        #expect(
            rig.changes(of: "a").filter { $0 != .leased } == [
                .retried(glitch, after: .seconds(2)), .retried(glitch, after: .seconds(4)), .failed(glitch),
            ])
    }

    @Test("a kind without a handler fails its task")
    func missingHandler() async throws {
        try await rig.submit(task("a", kind: "unheard of"), task("b"))
        let status = try await rig.engine(rig.handler()).run(EngineRig.job)
        #expect(status.state == .failed)
        #expect(try await rig.record("a").failure?.code == 69)
        #expect(rig.runs == ["b"])
    }

    @Test("children that cannot be added fail their parent")
    func refusedChildren() async throws {
        try await rig.submit(task("a"))
        let work = rig.handler { _ in TaskOutcome(children: [task("child", after: ["nobody"])]) }
        let status = try await rig.engine(work).run(EngineRig.job)
        #expect(status.state == .failed)
        #expect(status.counts.total == 1)
        #expect(try await rig.record("a").failure?.what.contains("nobody") == true)
    }

    @Test("a lease is extended as long as its handler runs")
    func heartbeat() async throws {
        try await rig.submit(task("a"))
        let gauge = Gauge()
        let gate = FakeClock()
        let work = rig.handler { _ in
            try await gauge.during { try await gate.sleep(until: gate.date(in: .seconds(1))) }
            return TaskOutcome()
        }
        let engine = rig.engine(work)
        async let status = engine.run(EngineRig.job)
        for _ in 0..<12 {
            try await rig.until { gauge.now == 1 && rig.clock.alarms.contains(rig.clock.date(in: .seconds(10))) }
            rig.clock.advance(by: .seconds(10))
        }
        #expect(
            try await rig.queue.lease(WorkerOffer(worker: "thief"), job: nil, for: .seconds(1)) == nil)
        gate.advance(by: .seconds(1))
        #expect(try await status.state == .succeeded)
        #expect(try await rig.record("a").attempts == 1)
    }

    @Test("a lost lease stops the handler and its result is discarded")
    func lostLease() async throws {
        try await rig.submit(task("a"))
        let gauge = Gauge()
        let work = rig.handler { _ in
            try? await gauge.during { try await FakeClock().sleep(until: .distantFuture) }
            return TaskOutcome(output: Data("stopped".utf8))
        }
        let engine = rig.engine(work)
        async let status = engine.run(EngineRig.job)
        try await rig.until { gauge.now == 1 && !rig.clock.alarms.isEmpty }
        try await rig.queue.cancel(EngineRig.job)
        rig.clock.advance(by: .seconds(10))
        #expect(try await status.state == .cancelled)
        #expect(gauge.now == 0)
        #expect(rig.changes(of: "a") == [.leased, .leaseLost])
        #expect(try await rig.record("a").result == nil)
    }

    @Test("cancelling stops the handlers, waits for them and hands their tasks back")
    func cancellation() async throws {
        try await rig.submit(task("a"), task("b", parameters: "1"), task("c", parameters: "2"))
        let gauge = Gauge()
        let work = rig.handler { _ in
            try await gauge.during {
                do {
                    try await FakeClock().sleep(until: .distantFuture)
                } catch {
                    // What a handler has to tidy up takes time and is waited for.
                    await Task { try? await Task.sleep(for: .milliseconds(20)) }.value
                    throw Odd()
                }
            }
            return TaskOutcome()
        }
        let engine = rig.engine(work)
        let running = Task { try await engine.run(EngineRig.job) }
        try await rig.until { gauge.now == 2 }
        running.cancel()
        await #expect(throws: CancellationError.self) { try await running.value }
        #expect(gauge.now == 0)
        let status = try await rig.queue.status(of: EngineRig.job)
        #expect(status.counts[.ready] == 3)
        #expect(try await rig.record("a").failures == 0)
        #expect(rig.changes(of: "a") == [.leased, .released])
    }

    @Test("a task another worker held is taken over when its lease ends")
    func takesOver() async throws {
        try await rig.submit(task("a"))
        _ = try await rig.queue.lease(WorkerOffer(worker: "dead"), job: nil, for: .seconds(25))
        let engine = rig.engine(rig.handler())
        async let status = engine.run(EngineRig.job)
        let expiry = rig.clock.date(in: .seconds(25))
        try await rig.until { rig.clock.alarms == [expiry] }
        #expect(rig.runs.isEmpty)
        rig.clock.advance(by: .seconds(25))
        #expect(try await status.state == .succeeded)
        #expect(rig.runs == ["a"])
    }

    @Test("an unknown job is an error")
    func unknownJob() async throws {
        await #expect(throws: QueueError.unknownJob(EngineRig.job)) {
            try await rig.engine(rig.handler()).run(EngineRig.job)
        }
    }
}
