internal import FoundationEssentials
internal import MezzWorkflow
internal import Testing

extension WorkQueueConformance {
    private static let lost = QueueError.leaseLost(QueueBench.job, task: "slow")

    static let twoHolders: [ConformanceCheck<QueueBench>] = [
        ConformanceCheck("the first attempt that succeeds decides, here the second one") { bench in
            let (first, second) = try await StragglerBench(bench).both()
            try await bench.succeed(second, TaskOutcome(output: Data("2".utf8)))
            await #expect(throws: lost) { try await bench.succeed(first, TaskOutcome(output: Data("1".utf8))) }
            await #expect(throws: lost) { try await bench.queue.extend(first, by: .seconds(60)) }
            #expect(try await bench.record("slow").result?.output == Data("2".utf8))
            #expect(try await bench.record("slow").failures == 0)
            #expect(try await bench.status().state == .succeeded)
            #expect(try await bench.status().nextExpiry == nil)
        },
        ConformanceCheck("the first attempt that succeeds decides, here the first one") { bench in
            let (first, second) = try await StragglerBench(bench).both()
            try await bench.succeed(first, TaskOutcome(output: Data("1".utf8), children: [task("child")]))
            await #expect(throws: lost) { try await bench.fail(second) }
            await #expect(throws: lost) { try await bench.queue.settle(second, as: .released) }
            #expect(try await bench.record("slow").result?.output == Data("1".utf8))
            #expect(try await bench.drain() == ["child"])
        },
        ConformanceCheck("the failure of one attempt leaves the task to the other") { bench in
            let (first, second) = try await StragglerBench(bench, slow: [task("slow", attempts: 1)]).both()
            try await bench.fail(second)
            await #expect(throws: lost) { try await bench.succeed(second) }
            let record = try await bench.record("slow")
            #expect(record.state == .running)
            #expect(record.failures == 0)
            #expect(record.failure == nil)
            #expect(record.worker == "first")
            try await bench.fail(first)
            #expect(try await bench.record("slow").state == .failed)
            #expect(try await bench.record("slow").failures == 1)
        },
        ConformanceCheck("the release of one attempt leaves the task to the other, as its only holder") { bench in
            let (first, second) = try await StragglerBench(bench).both()
            try await bench.queue.settle(first, as: .released)
            await #expect(throws: lost) { try await bench.succeed(first) }
            let record = try await bench.record("slow")
            #expect(record.state == .running)
            #expect(record.worker == "second")
            #expect(record.started == bench.clock.now)
            #expect(record.expires == second.expires)
            #expect(try await bench.lease() == nil)
            try await bench.queue.settle(second, as: .released)
            #expect(try await bench.take("slow").failures == 0)
        },
        ConformanceCheck("the end of one lease leaves the task to the other, the end of both does not") { bench in
            let (first, second) = try await StragglerBench(bench).both()
            #expect(try await bench.status().nextExpiry == first.expires)
            try await bench.queue.extend(second, by: .seconds(900))
            #expect(try await bench.status().nextExpiry == first.expires)
            try await bench.queue.extend(first, by: .seconds(1000))
            #expect(try await bench.status().nextExpiry == bench.clock.date(in: .seconds(900)))
            bench.clock.advance(by: .seconds(901))
            #expect(try await bench.lease() == nil)
            await #expect(throws: lost) { try await bench.queue.extend(second, by: .seconds(60)) }
            #expect(try await bench.record("slow").failures == 0)
            #expect(try await bench.record("slow").worker == "first")
            bench.clock.advance(by: .seconds(100))
            #expect(try await bench.take("slow").failures == 1)
        },
        ConformanceCheck("two leases that end together count as one failure") { bench in
            let slow = try await StragglerBench(bench, slow: [task("slow", attempts: 2)])
            _ = try await slow.both()
            bench.clock.advance(by: .seconds(601))
            let third = try await bench.take("slow")
            #expect(third.failures == 1)
            #expect(third.attempt == 3)
        },
        ConformanceCheck("a task left by one attempt can be given to a second worker again") { bench in
            let slow = try await StragglerBench(bench)
            let (first, second) = try await slow.both()
            try await bench.fail(first)
            #expect(try await slow.straggler(worker: "third") == nil)
            bench.clock.advance(by: .seconds(40))
            #expect(try await slow.straggler(worker: "second") == nil)
            let third = try #require(try await slow.straggler(worker: "third"))
            #expect(third.attempt == 3)
            try await bench.fail(third)
            try await bench.succeed(second)
            #expect(try await bench.status().state == .succeeded)
        },
        ConformanceCheck("taking back a worker's leases drops his attempts only") { bench in
            let (first, second) = try await StragglerBench(bench).both()
            try await bench.queue.releaseAll(heldBy: "first")
            await #expect(throws: lost) { try await bench.queue.extend(first, by: .seconds(60)) }
            #expect(try await bench.record("slow").state == .running)
            #expect(try await bench.record("slow").worker == "second")
            try await bench.queue.extend(second, by: .seconds(60))
            try await bench.queue.releaseAll(heldBy: "second")
            #expect(try await bench.states()["slow"] == .ready)
        },
        ConformanceCheck("taking back all leases makes a task with two holders ready") { bench in
            let (first, second) = try await StragglerBench(bench).both()
            try await bench.queue.releaseAll(heldBy: nil)
            await #expect(throws: lost) { try await bench.succeed(first) }
            await #expect(throws: lost) { try await bench.succeed(second) }
            let third = try await bench.take("slow")
            #expect(third.attempt == 3)
            #expect(third.failures == 0)
        },
        ConformanceCheck("cancelling a job ends both attempts") { bench in
            let (first, second) = try await StragglerBench(bench).both()
            try await bench.queue.cancel(QueueBench.job)
            await #expect(throws: lost) { try await bench.succeed(first) }
            await #expect(throws: lost) { try await bench.succeed(second) }
            try await bench.queue.retry(QueueBench.job)
            try await bench.take("slow", worker: "third")
            await #expect(throws: lost) { try await bench.succeed(second) }
        },
        ConformanceCheck("refused children leave both attempts as they were") { bench in
            let (first, second) = try await StragglerBench(bench).both()
            await #expect(throws: QueueError.conflictingTask(QueueBench.job, task: "one")) {
                try await bench.succeed(second, TaskOutcome(children: [task("one", priority: 1)]))
            }
            try await bench.queue.extend(first, by: .seconds(60))
            try await bench.succeed(second)
        },
    ]
}
