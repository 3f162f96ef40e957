internal import FoundationEssentials
internal import MezzCore
internal import MezzWorkflow
internal import Testing

extension WorkQueueConformance {
    static let durability: [ConformanceCheck<QueueBench>] = [
        ConformanceCheck("closing and opening again keeps everything") { bench in
            guard let reopen = bench.reopen else { return }
            try await bench.submit([
                task("plan"), task("fails", attempts: 1), task("blocked", after: ["fails"]), task("again"),
                task("held"), task("left", priority: -1),
            ])
            let identity = ContentHash.of(Data("plan".utf8))
            let outcome = TaskOutcome(
                output: Data("[1]".utf8), artifacts: [Artifact(name: "f", hash: identity, bytes: 3)],
                children: [task("child", after: ["plan"], priority: -2)])
            try await bench.queue.settle(
                try await bench.take("plan"), as: .succeeded(outcome, identity: identity, cached: false))
            try await bench.fail(try await bench.take("fails"))
            try await bench.fail(try await bench.take("again"), retryAfter: .seconds(10))
            let held = try await bench.take("held")
            let records = try await bench.queue.tasks(of: QueueBench.job)
            let status = try await bench.status()

            let queue = try await reopen()
            let later = QueueBench(queue: queue, clock: bench.clock)
            #expect(try await queue.tasks(of: QueueBench.job) == records)
            #expect(try await later.status() == status)
            #expect(try await queue.result(for: identity) == outcome)
            try await later.succeed(held)
            #expect(try await later.drain() == ["left", "child"])
            bench.clock.advance(by: .seconds(10))
            #expect(try await later.drain() == ["again"])
            #expect(try await later.status().state == .failed)
        },
        ConformanceCheck("closing and opening again keeps terms, holders, keys and workers") { bench in
            guard let reopen = bench.reopen else { return }
            let terms = JobTerms(
                priorityClass: .backfill, deadline: bench.clock.now + 900, key: ExclusiveKey(name: "k", limit: 1),
                about: Data([1]))
            let slow = try await StragglerBench(bench, on: terms)
            let (first, second) = try await slow.both()
            try await bench.submit([task("later", memory: 3, disk: 4)], on: terms)
            try await bench.submit([task("held")], to: JobID("held"), on: JobTerms(notBefore: bench.clock.now + 50))
            let worker = WorkerRecord(
                worker: "w", host: "h", version: "1", capacity: Capacity(slots: 1), kinds: nil, isDraining: false,
                started: bench.clock.now)
            try await bench.queue.announce(worker, for: .seconds(60))
            let depths = try await Set(bench.queue.depths())
            let jobs = try await bench.queue.jobs(limit: 9)
            let records = try await bench.queue.tasks(of: QueueBench.job)

            let queue = try await reopen()
            let later = QueueBench(queue: queue, clock: bench.clock)
            #expect(try await Set(queue.depths()) == depths)
            #expect(try await queue.jobs(limit: 9) == jobs)
            #expect(try await queue.tasks(of: QueueBench.job) == records)
            #expect(try await queue.workers() == [worker])
            #expect(try await later.lease() == nil)
            try await later.fail(first)
            #expect(try await later.lease() == nil)
            try await later.succeed(second)
            try await later.succeed(try await later.take("later"))
            bench.clock.advance(by: .seconds(50))
            #expect(try await later.drain() == ["held"])
        },
    ]
}
