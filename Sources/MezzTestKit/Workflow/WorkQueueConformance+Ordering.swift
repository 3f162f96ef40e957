internal import FoundationEssentials
internal import MezzCore
internal import MezzWorkflow
internal import Testing

extension WorkQueueConformance {
    static let ordering: [ConformanceCheck<QueueBench>] = [
        ConformanceCheck("ties go in the order of insertion") { bench in
            try await bench.submit([task("c"), task("a")])
            try await bench.submit([task("b")])
            #expect(try await bench.drain() == ["c", "a", "b"])
        },
        ConformanceCheck("larger priorities go first") { bench in
            try await bench.submit([
                task("low", priority: -1), task("normal"), task("high", priority: 5), task("high too", priority: 5),
            ])
            #expect(try await bench.drain() == ["high", "high too", "normal", "low"])
        },
        ConformanceCheck("a task waits for all it comes after and gets their results in order") { bench in
            try await bench.submit([task("a"), task("b"), task("sum", after: ["b", "a"], priority: 9)])
            let artifact = Artifact(name: "a.mp4", hash: ContentHash.of(Data("a".utf8)), bytes: 1)
            let first = try await bench.take("a")
            let second = try await bench.take("b")
            try await bench.succeed(second, TaskOutcome(output: Data("2".utf8)))
            #expect(try await bench.lease() == nil)
            try await bench.succeed(first, TaskOutcome(output: Data("1".utf8), artifacts: [artifact]))
            #expect(
                try await bench.take("sum").inputs == [
                    TaskInput(name: "b", output: Data("2".utf8), artifacts: []),
                    TaskInput(name: "a", output: Data("1".utf8), artifacts: [artifact]),
                ])
        },
        ConformanceCheck("children enter with their parent's result") { bench in
            try await bench.submit([task("plan")])
            let plan = try await bench.take("plan")
            #expect(try await bench.status().counts.total == 1)
            try await bench.succeed(
                plan,
                TaskOutcome(children: [
                    task("end", after: ["plan", "part/1", "part/2"]), task("part/1", after: ["plan"]), task("part/2"),
                ]))
            #expect(try await bench.status().state == .running)
            #expect(try await bench.drain() == ["part/1", "part/2", "end"])
            #expect(try await bench.status().state == .succeeded)
        },
        ConformanceCheck("refused children leave their parent running and its result unknown") { bench in
            try await bench.submit([task("plan"), task("other")])
            let plan = try await bench.take("plan")
            let identity = ContentHash.of(Data("plan".utf8))
            let outcome = TaskOutcome(children: [task("part"), task("other", priority: 3)])
            await #expect(throws: QueueError.conflictingTask(QueueBench.job, task: "other")) {
                try await bench.queue.settle(plan, as: .succeeded(outcome, identity: identity, cached: false))
            }
            #expect(try await bench.states() == ["plan": .running, "other": .ready])
            #expect(try await bench.queue.result(for: identity) == nil)
            try await bench.fail(plan)
            #expect(try await bench.record("plan").state == .failed)
        },
        ConformanceCheck("status counts by kind and state") { bench in
            try await bench.submit([
                task("plan", kind: "plan"), task("e1", kind: "encode", after: ["plan"]), task("e2", kind: "encode"),
            ])
            #expect(try await bench.status().state == .queued)
            let plan = try await bench.take("plan")
            let status = try await bench.status()
            #expect(status.state == .running)
            #expect(status.kinds["plan"]?[.running] == 1)
            #expect(status.kinds["encode"]?[.waiting] == 1)
            #expect(status.kinds["encode"]?[.ready] == 1)
            #expect(status.counts.total == 3)
            #expect(status.nextExpiry == plan.expires)
            try await bench.succeed(plan)
            try await bench.drain()
            let end = try await bench.status()
            #expect(end.state == .succeeded)
            #expect(end.kinds["encode"]?.done == 2)
            #expect(end.nextChange == nil)
        },
        ConformanceCheck("records tell what a task cost and left") { bench in
            try await bench.submit([task("a")])
            let leased = try await bench.take()
            bench.clock.advance(by: .seconds(7))
            let usage = ResourceUsage(cpuSeconds: 12.5, wallSeconds: 7)
            let identity = ContentHash.of(Data("a".utf8))
            let outcome = TaskOutcome(output: Data("[1]".utf8), usage: usage)
            try await bench.queue.settle(leased, as: .succeeded(outcome, identity: identity, cached: true))
            let record = try await bench.record("a")
            #expect(
                record.result
                    == TaskResult(
                        output: outcome.output, artifacts: [], usage: usage, cached: true, identity: identity))
            #expect(record.attempts == 1)
            #expect(record.failures == 0)
            #expect(record.worker == "worker")
            let started = try #require(record.started)
            #expect(record.finished?.timeIntervalSince(started) == 7)
        },
    ]
}
