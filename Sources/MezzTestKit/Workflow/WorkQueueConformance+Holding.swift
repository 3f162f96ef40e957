internal import FoundationEssentials
internal import MezzWorkflow
internal import Testing

extension WorkQueueConformance {
    /// The bench's clock starts at 01:46:40 UTC.
    static let holding: [ConformanceCheck<QueueBench>] = [
        ConformanceCheck("nothing of a job is given out before its time") { bench in
            let date = bench.clock.now + 100
            try await bench.submit([task("a"), task("b", after: ["a"])], on: JobTerms(notBefore: date))
            try await bench.submit([task("other", kind: "other")], to: JobID("other"))
            let status = try await bench.status()
            #expect(status.state == .queued)
            #expect(status.counts[.ready] == 1)
            #expect(status.nextDue == date)
            #expect(try await bench.drain() == ["other"])
            #expect(try await bench.lease(job: QueueBench.job) == nil)
            let depth = try #require(try await bench.queue.depths().first)
            #expect(depth.ready == 0)
            #expect(depth.readySlots == 0)
            #expect(depth.held == 1)
            bench.clock.advance(by: .seconds(99.5))
            #expect(try await bench.lease() == nil)
            bench.clock.advance(by: .seconds(0.5))
            #expect(try await bench.drain() == ["a", "b"])
            #expect(try await bench.status().nextDue == nil)
        },
        ConformanceCheck("a job bound to hours runs in them, day after day") { bench in
            let two = Date(timeIntervalSince1970: 1_000_000_800)
            try await bench.submit(
                [task("a"), task("b"), task("c")], on: JobTerms(hours: DailyHours(first: 120, end: 180)))
            #expect(try await bench.lease() == nil)
            #expect(try await bench.status().nextDue == two)
            bench.clock.advance(by: .seconds(800))
            try await bench.succeed(try await bench.take("a"))
            bench.clock.advance(by: .seconds(3599))
            try await bench.succeed(try await bench.take("b"))
            bench.clock.advance(by: .seconds(1))
            #expect(try await bench.lease() == nil)
            #expect(try await bench.status().nextDue == two + 86_400)
            bench.clock.advance(by: .seconds(82_800))
            #expect(try await bench.drain() == ["c"])
        },
        ConformanceCheck("hours may go over midnight, and begin only after the job's time") { bench in
            let terms = JobTerms(notBefore: bench.clock.now + 15_200, hours: DailyHours(first: 1320, end: 360))
            try await bench.submit([task("a")], on: terms)
            bench.clock.advance(by: .seconds(15_199))
            #expect(try await bench.lease() == nil)
            #expect(try await bench.status().nextDue == Date(timeIntervalSince1970: 1_000_072_800))
            bench.clock.advance(by: .seconds(1))
            #expect(try await bench.lease() == nil)
            bench.clock.advance(by: .seconds(57_600))
            #expect(try await bench.drain() == ["a"])
        },
        ConformanceCheck("what runs when the hours end goes on, what it leads to is kept back") { bench in
            let terms = JobTerms(hours: DailyHours(first: 60, end: 120))
            try await bench.submit([task("plan"), task("next", after: ["plan"]), task("again")], on: terms)
            let plan = try await bench.take("plan", for: .seconds(1000))
            let again = try await bench.take("again", for: .seconds(1000))
            bench.clock.advance(by: .seconds(800))
            try await bench.queue.extend(plan, by: .seconds(60))
            try await bench.succeed(plan, TaskOutcome(children: [task("child")]))
            try await bench.fail(again, retryAfter: .zero)
            #expect(try await bench.lease() == nil)
            let states = try await bench.states()
            #expect(states == ["plan": .succeeded, "next": .ready, "again": .ready, "child": .ready])
            #expect(try await bench.queue.depths().first?.held == 3)
            bench.clock.advance(by: .seconds(82_800))
            #expect(try await bench.drain() == ["next", "again", "child"])
        },
        ConformanceCheck("delays, retries and cancellations work in a job that is kept back") { bench in
            let terms = JobTerms(notBefore: bench.clock.now + 1000)
            try await bench.submit([task("late"), task("bad", attempts: 1)])
            try await bench.fail(try await bench.take("late"), retryAfter: .seconds(10))
            try await bench.fail(try await bench.take("bad"))
            try await bench.submit([], on: terms)
            bench.clock.advance(by: .seconds(10))
            #expect(try await bench.lease() == nil)
            try await bench.queue.retry(QueueBench.job)
            #expect(try await bench.lease() == nil)
            try await bench.queue.cancel(QueueBench.job)
            #expect(try await bench.status().nextDue == nil)
            try await bench.queue.retry(QueueBench.job)
            bench.clock.advance(by: .seconds(990))
            #expect(try await bench.drain() == ["late", "bad"])
        },
        ConformanceCheck("other terms let a job out or keep it back at once") { bench in
            let later = JobTerms(notBefore: bench.clock.now + 1000)
            try await bench.submit([task("a"), task("b")], on: later)
            #expect(try await bench.lease() == nil)
            try await bench.submit([])
            #expect(try await bench.status().nextDue == nil)
            try await bench.succeed(try await bench.take("a"))
            try await bench.submit([task("c")], on: later)
            #expect(try await bench.lease() == nil)
            try await bench.submit([], on: JobTerms(notBefore: bench.clock.now))
            #expect(try await bench.drain() == ["b", "c"])
        },
        ConformanceCheck("a large job that is kept back does not stand in anybody's way") { bench in
            let names = (0..<5_000).map { "held/\($0)" }
            let later = JobTerms(priorityClass: .urgent, notBefore: bench.clock.now + 1000)
            try await bench.submit(names.map { task($0) }, on: later)
            try await bench.submit([task("a"), task("b")], to: JobID("other"))
            #expect(try await bench.drain() == ["a", "b"])
            bench.clock.advance(by: .seconds(1000))
            try await bench.take("held/0")
            #expect(try await bench.queue.depths().map(\.ready) == [4_999])
        },
    ]
}
