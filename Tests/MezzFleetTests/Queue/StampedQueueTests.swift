import Foundation
import MezzCore
import MezzFleet
import MezzTestKit
import MezzWorkflow
import Testing

@Suite("A stamped queue", .timeLimit(.minutes(1)))
struct StampedQueueTests {
    private static let job = JobID("job")
    private let base = InMemoryQueue(clock: FakeClock())
    private var old: StampedQueue { StampedQueue(base, stamp: "old") }
    private var new: StampedQueue { StampedQueue(base, stamp: "new") }

    /// What a worker may say it serves; nothing means everything.
    static let offered: [Set<String>?] = [["work"], nil]
    static let marked: [(String, String, String?)] = [("a@1", "a", "1"), ("a", "a", nil), ("a@", "a", "")]
    /// Whoever operates a fleet must see the stamps, so depths are the one thing that differs.
    static let checks = WorkQueueConformance.checks.filter { !$0.name.hasPrefix("depths count") }

    @Test("keeps the port's contract", arguments: checks)
    func conforms(_ check: ConformanceCheck<QueueBench>) async throws {
        let clock = FakeClock()
        let queue = StampedQueue(InMemoryQueue(clock: clock), stamp: "1f2e3d4c")
        try await check.run(on: QueueBench(queue: queue, clock: clock))
    }

    @Test("workers of one stamp never see the tasks of another", arguments: offered)
    func apart(_ kinds: Set<String>?) async throws {
        try await old.submit(JobID("of-old"), [work("old/1"), work("old/2")])
        try await new.submit(JobID("of-new"), [work("new/1")])
        #expect(try await drained(new, kinds) == ["new/1"])
        #expect(try await drained(old, kinds) == ["old/1", "old/2"])
    }

    @Test("slow tasks stay with their stamp as well", arguments: offered)
    func stragglersApart(_ kinds: Set<String>?) async throws {
        let clock = FakeClock()
        let base = InMemoryQueue(clock: clock)
        let (old, new) = (StampedQueue(base, stamp: "old"), StampedQueue(base, stamp: "new"))
        try await old.submit(Self.job, (0..<4).map { work("\($0)") })
        for _ in 0..<3 {
            let task = try #require(try await old.lease(WorkerOffer(worker: "a"), job: nil, for: .seconds(900)))
            let outcome = TaskOutcome(usage: ResourceUsage(wallSeconds: 1))
            try await old.settle(task, as: .succeeded(outcome, identity: nil, cached: false))
        }
        _ = try await old.lease(WorkerOffer(worker: "a"), job: nil, for: .seconds(900))
        clock.advance(by: .seconds(100))
        let offer = WorkerOffer(worker: "b", kinds: kinds)
        #expect(try await new.leaseStraggler(offer, slowerThan: StragglerRule(), for: .seconds(9)) == nil)
        let found = try await old.leaseStraggler(offer, slowerThan: StragglerRule(), for: .seconds(9))
        #expect(found?.request == work("3"))
    }

    @Test("children have the stamp of their parent")
    func children() async throws {
        try await old.submit(Self.job, [work("parent")])
        let parent = try #require(try await old.lease(offer(), job: nil, for: .seconds(9)))
        let outcome = TaskOutcome(children: [work("a"), work("b", kind: "other")])
        try await old.settle(parent, as: .succeeded(outcome, identity: nil, cached: false))
        #expect(try await base.tasks(of: Self.job).map(\.request.kind) == ["work@old", "work@old", "other@old"])
        #expect(try await drained(new, ["work", "other"]).isEmpty)
        #expect(try await drained(old, ["work", "other"]) == ["a", "b"])
    }

    @Test("remembered results are shared between stamps, their children under plain kinds")
    func remembered() async throws {
        let (identity, told) = (ContentHash.of(Data("1".utf8)), ContentHash.of(Data("2".utf8)))
        let outcome = TaskOutcome(output: Data("3".utf8), children: [work("child", kind: "other")])
        try await old.submit(Self.job, [work("parent")])
        let parent = try #require(try await old.lease(offer(), job: nil, for: .seconds(9)))
        try await old.settle(parent, as: .succeeded(outcome, identity: identity, cached: false))
        #expect(try await new.result(for: identity) == outcome)
        try await new.remember(outcome, for: told)
        #expect(try await old.result(for: told) == outcome)

        let again = JobID("again")
        try await new.submit(again, [work("parent")])
        let second = try #require(try await new.lease(offer(), job: nil, for: .seconds(9)))
        let known = try #require(try await new.result(for: identity))
        try await new.settle(second, as: .succeeded(known, identity: identity, cached: true))
        #expect(try await base.tasks(of: again).map(\.request.kind) == ["work@new", "other@new"])
    }

    @Test("equal tasks have the same identity under every stamp")
    func identity() async throws {
        var identities: Set<ContentHash> = []
        for queue in [old, new] {
            try await queue.submit(JobID(queue.stamp), [work("a")])
            let task = try #require(try await queue.lease(offer(), job: nil, for: .seconds(9)))
            identities.insert(TaskIdentity.hash(of: task, handlerVersion: "1"))
        }
        #expect(identities.count == 1)
    }

    @Test("kinds are plain for whoever looks through it, and stamped in depths")
    func plainKinds() async throws {
        let request = TaskRequest(
            name: "a", kind: "work", parameters: Data("[1]".utf8), slots: 2, memory: 3, disk: 4, maximumAttempts: 5,
            priority: 6)
        try await old.submit(Self.job, [request, work("b", kind: "other", after: ["a"])])
        #expect(Set(try await old.depths().map(\.kind)) == ["work@old"])
        let leased = try #require(try await old.lease(offer(), job: Self.job, for: .seconds(9)))
        #expect(leased.request == request)
        #expect(try await old.tasks(of: Self.job).first?.request == request)
        #expect(try await old.tasks(of: Self.job).first?.worker == "worker")
        let status = try await old.status(of: Self.job)
        #expect(Set(status.kinds.keys) == ["work", "other"])
        #expect(status.state == .running && status.nextExpiry != nil)
        #expect(try await old.jobs(limit: 1).first?.status == status)
    }

    @Test("a kind and its stamp are told apart", arguments: marked)
    func stamps(_ kind: String, _ plain: String, _ stamp: String?) {
        #expect(StampedKind.plain(kind) == plain)
        #expect(StampedKind.stamp(of: kind) == stamp)
    }

    private func work(_ name: String, kind: String = "work", after: [String] = []) -> TaskRequest {
        TaskRequest(name: name, kind: kind, after: after)
    }

    private func offer(_ kinds: Set<String>? = ["work", "other"]) -> WorkerOffer {
        WorkerOffer(worker: "worker", kinds: kinds)
    }

    /// Does all tasks that a worker of `queue` is given; their names.
    private func drained(_ queue: StampedQueue, _ kinds: Set<String>?) async throws -> [String] {
        var names: [String] = []
        while let task = try await queue.lease(offer(kinds), job: nil, for: .seconds(9)) {
            names.append(task.request.name)
            try await queue.settle(task, as: .succeeded(TaskOutcome(), identity: nil, cached: false))
        }
        return names
    }
}
