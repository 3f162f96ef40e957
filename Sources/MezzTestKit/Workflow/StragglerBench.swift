internal import FoundationEssentials
internal import MezzWorkflow
internal import Testing

/// A job some of whose tasks have ended after known times, on the way to a straggler.
struct StragglerBench {
    let bench: QueueBench
    let rule = StragglerRule(factor: 2, seconds: 20, finished: 3)

    /// Has three tasks end after 10, 20 and 15 seconds, so that a task is slow from 30 seconds on, and submits
    /// `slow`, which nobody has taken yet.
    init(_ bench: QueueBench, slow: [TaskRequest] = [task("slow")], on terms: JobTerms = JobTerms()) async throws {
        self.bench = bench
        try await bench.submit(["one", "two", "three"].map { task($0) }, on: terms)
        for seconds in [10.0, 20, 15] { try await end(try await bench.take(), after: seconds) }
        try await bench.submit(slow, on: terms)
    }

    func end(_ task: LeasedTask, after seconds: Double, cached: Bool = false) async throws {
        let usage = ResourceUsage(cpuSeconds: 1, wallSeconds: seconds)
        try await bench.queue.settle(task, as: .succeeded(TaskOutcome(usage: usage), identity: nil, cached: cached))
    }

    func straggler(
        worker: String = "second", slots: Int = 1, memory: Int = .max, kinds: Set<String>? = nil,
        rule: StragglerRule? = nil, for time: Duration = .seconds(600)
    ) async throws -> LeasedTask? {
        let free = Capacity(slots: slots, memory: memory, disk: .max)
        return try await bench.queue.leaseStraggler(
            WorkerOffer(worker: worker, free: free, kinds: kinds), slowerThan: rule ?? self.rule, for: time)
    }

    /// A task that two workers hold, since the start and since 40 seconds later.
    func both() async throws -> (first: LeasedTask, second: LeasedTask) {
        let first = try await bench.take("slow", worker: "first", for: .seconds(600))
        bench.clock.advance(by: .seconds(40))
        let second = try #require(try await straggler())
        return (first, second)
    }
}
