internal import FoundationEssentials
internal import MezzCore
internal import MezzWorkflow
internal import Testing

extension WorkQueueConformance {
    static let steering: [ConformanceCheck<QueueBench>] = [
        ConformanceCheck("cancelling ends everything that has not ended") { bench in
            try await bench.submit([
                task("done"), task("running"), task("delayed"), task("ready"), task("waiting", after: ["ready"]),
            ])
            try await bench.succeed(try await bench.take("done"))
            let running = try await bench.take("running")
            try await bench.fail(try await bench.take("delayed"), retryAfter: .seconds(5))
            try await bench.queue.cancel(QueueBench.job)
            let status = try await bench.status()
            #expect(status.state == .cancelled)
            #expect(status.counts[.cancelled] == 4)
            #expect(status.nextChange == nil)
            await #expect(throws: QueueError.leaseLost(QueueBench.job, task: "running")) {
                try await bench.queue.extend(running, by: .seconds(60))
            }
            bench.clock.advance(by: .seconds(100))
            #expect(try await bench.lease() == nil)
            await #expect(throws: QueueError.jobCancelled(QueueBench.job)) { try await bench.submit([task("new")]) }
        },
        ConformanceCheck("cancelling a finished job changes nothing") { bench in
            try await bench.submit([task("a")])
            try await bench.drain()
            try await bench.queue.cancel(QueueBench.job)
            #expect(try await bench.status().state == .succeeded)
        },
        ConformanceCheck("a retry gives failed tasks fresh attempts and unblocks the others") { bench in
            try await bench.submit([task("a", attempts: 1), task("b", after: ["a"]), task("c", after: ["b"])])
            let first = try await bench.take("a")
            try await bench.fail(first)
            try await bench.queue.retry(QueueBench.job)
            #expect(try await bench.states() == ["a": .ready, "b": .waiting, "c": .waiting])
            let second = try await bench.take("a")
            #expect(second.failures == 0)
            #expect(second.attempt == first.attempt + 1)
            try await bench.succeed(second)
            #expect(try await bench.drain() == ["b", "c"])
            #expect(try await bench.status().state == .succeeded)
        },
        ConformanceCheck("a retry revives a cancelled job where it stopped") { bench in
            try await bench.submit([task("a"), task("b", after: ["a"]), task("c", after: ["b"])])
            try await bench.succeed(try await bench.take("a"))
            try await bench.queue.cancel(QueueBench.job)
            try await bench.queue.retry(QueueBench.job)
            #expect(try await bench.drain() == ["b", "c"])
            #expect(try await bench.status().state == .succeeded)
        },
        ConformanceCheck("a forgotten job is gone, its remembered results are not") { bench in
            let identity = ContentHash.of(Data("a".utf8))
            try await bench.submit([task("a"), task("b", after: ["a"])])
            let a = try await bench.take("a")
            try await bench.queue.settle(a, as: .succeeded(TaskOutcome(), identity: identity, cached: false))
            let b = try await bench.take("b")
            try await bench.queue.forget(QueueBench.job)
            await #expect(throws: QueueError.unknownJob(QueueBench.job)) { _ = try await bench.status() }
            await #expect(throws: QueueError.leaseLost(QueueBench.job, task: "b")) { try await bench.succeed(b) }
            #expect(try await bench.queue.result(for: identity) == TaskOutcome())
            try await bench.submit([task("a", priority: 4)])
            #expect(try await bench.drain() == ["a"])
        },
    ]

    static let remembering: [ConformanceCheck<QueueBench>] = [
        ConformanceCheck("results are remembered whole and replaced by newer ones") { bench in
            let identity = ContentHash.of(Data("identity".utf8))
            #expect(try await bench.queue.result(for: identity) == nil)
            let outcome = TaskOutcome(
                output: Data(#"{"a":1}"#.utf8), artifacts: [Artifact(name: "f", hash: identity, bytes: 9)],
                children: [task("child", after: ["x"], priority: 2)],
                usage: ResourceUsage(cpuSeconds: 0.1, wallSeconds: 0.3))
            try await bench.queue.remember(outcome, for: identity)
            #expect(try await bench.queue.result(for: identity) == outcome)
            try await bench.queue.remember(TaskOutcome(), for: identity)
            #expect(try await bench.queue.result(for: identity) == TaskOutcome())
        },
        ConformanceCheck("settling remembers the outcome under its identity, but not a cached one") { bench in
            try await bench.submit([task("a"), task("b"), task("c")])
            let made = ContentHash.of(Data("made".utf8))
            let found = ContentHash.of(Data("found".utf8))
            let outcome = TaskOutcome(output: Data("1".utf8), children: [task("child")])
            try await bench.queue.settle(
                try await bench.take("a"), as: .succeeded(outcome, identity: made, cached: false))
            try await bench.queue.settle(
                try await bench.take("b"), as: .succeeded(TaskOutcome(), identity: found, cached: true))
            #expect(try await bench.queue.result(for: made) == outcome)
            #expect(try await bench.queue.result(for: found) == nil)
        },
    ]
}
