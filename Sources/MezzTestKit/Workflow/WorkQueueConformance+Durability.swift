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
        }
    ]
}
