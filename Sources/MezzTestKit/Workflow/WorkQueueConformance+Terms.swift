internal import FoundationEssentials
internal import MezzWorkflow
internal import Testing

extension WorkQueueConformance {
    static let classes: [ConformanceCheck<QueueBench>] = [
        ConformanceCheck("urgent jobs go before standard ones, and those before backfill") { bench in
            try await bench.submit([task("b", priority: 9)], to: JobID("1"), on: JobTerms(priorityClass: .backfill))
            try await bench.submit([task("s", priority: 5)], to: JobID("2"))
            try await bench.submit([task("u")], to: JobID("3"), on: JobTerms(priorityClass: .urgent))
            #expect(try await bench.drain() == ["u", "s", "b"])
        },
        ConformanceCheck("inside a class the earliest deadline goes first, and none last") { bench in
            let soon = bench.clock.date(in: .seconds(100))
            try await bench.submit([task("never", priority: 9)], to: JobID("1"))
            try await bench.submit([task("late", priority: 5)], to: JobID("2"), on: JobTerms(deadline: soon + 1))
            try await bench.submit(
                [task("low"), task("high", priority: 1)], to: JobID("3"), on: JobTerms(deadline: soon))
            try await bench.submit(
                [task("backfill")], to: JobID("4"), on: JobTerms(priorityClass: .backfill, deadline: soon - 50))
            #expect(try await bench.drain() == ["high", "low", "late", "never", "backfill"])
        },
        ConformanceCheck("children stand on the terms of their job") { bench in
            try await bench.submit([task("other")], to: JobID("other"))
            try await bench.submit([task("plan")], on: JobTerms(priorityClass: .urgent))
            let plan = try await bench.take("plan")
            try await bench.succeed(plan, TaskOutcome(children: [task("part"), task("end", after: ["part"])]))
            #expect(try await bench.drain() == ["part", "end", "other"])
        },
        ConformanceCheck("submitting on other terms moves what has not started") { bench in
            try await bench.submit([task("running"), task("ready"), task("waiting", after: ["ready"]), task("delayed")])
            let running = try await bench.take("running")
            let ready = try await bench.take("ready")
            try await bench.fail(try await bench.take("delayed"), retryAfter: .seconds(5))
            try await bench.queue.settle(ready, as: .released)
            try await bench.submit([task("other")], to: JobID("other"))
            try await bench.submit([task("new")], on: JobTerms(priorityClass: .backfill))
            #expect(try await bench.take("other").job == JobID("other"))
            try await bench.submit([], on: JobTerms(priorityClass: .urgent))
            try await bench.submit([task("third")], to: JobID("other"))
            bench.clock.advance(by: .seconds(5))
            #expect(try await bench.drain() == ["ready", "waiting", "delayed", "new", "third"])
            try await bench.succeed(running)
            #expect(try await bench.status().state == .succeeded)
        },
        ConformanceCheck("the terms of the latest submit are kept whole") { bench in
            await #expect(throws: QueueError.unknownJob(QueueBench.job)) {
                _ = try await bench.queue.terms(of: QueueBench.job)
            }
            let terms = JobTerms(
                priorityClass: .backfill, deadline: bench.clock.now + 9, notBefore: bench.clock.now + 0.5,
                hours: DailyHours(first: 60, end: 30), key: ExclusiveKey(name: "title/ä", limit: 3),
                about: Data([0, 255, 34]))
            try await bench.submit([task("a")], on: terms)
            #expect(try await bench.queue.terms(of: QueueBench.job) == terms)
            try await bench.submit([task("a")])
            #expect(try await bench.queue.terms(of: QueueBench.job) == JobTerms())
            await #expect(throws: QueueError.conflictingTask(QueueBench.job, task: "a")) {
                try await bench.submit([task("a", priority: 1)], on: terms)
            }
            #expect(try await bench.queue.terms(of: QueueBench.job) == JobTerms())
        },
    ]

    static let ageing: [ConformanceCheck<QueueBench>] = [
        ConformanceCheck("a task that has been ready for an hour moves up one class") { bench in
            try await bench.submit([task("old"), task("old too")], on: JobTerms(priorityClass: .backfill))
            bench.clock.advance(by: .seconds(3500))
            try await bench.submit([task("a"), task("b")], to: JobID("standard"))
            try await bench.succeed(try await bench.take("a"))
            bench.clock.advance(by: .seconds(101))
            try await bench.submit([task("urgent")], to: JobID("urgent"), on: JobTerms(priorityClass: .urgent))
            try await bench.succeed(try await bench.take("urgent"))
            try await bench.take("old")
            let depth = try #require(try await bench.queue.depths().first { $0.priorityClass == .backfill })
            #expect(depth.ready == 1)
            #expect(depth.running == 1)
            #expect(try await bench.drain() == ["old too", "b"])
        },
        ConformanceCheck("the time to the next class starts anew in each") { bench in
            try await bench.submit([task("a"), task("b")], on: JobTerms(priorityClass: .backfill))
            bench.clock.advance(by: .seconds(3601))
            #expect(try await bench.lease(kinds: []) == nil)
            bench.clock.advance(by: .seconds(3500))
            try await bench.submit([task("first")], to: JobID("urgent"), on: JobTerms(priorityClass: .urgent))
            try await bench.succeed(try await bench.take("first"))
            try await bench.submit([task("second")], to: JobID("urgent"), on: JobTerms(priorityClass: .urgent))
            bench.clock.advance(by: .seconds(101))
            #expect(try await bench.drain() == ["a", "b", "second"])
        },
        ConformanceCheck("only what is ready ages") { bench in
            try await bench.submit(
                [task("gate"), task("later", after: ["gate"])], on: JobTerms(priorityClass: .backfill))
            let gate = try await bench.take("gate", for: .seconds(9999))
            bench.clock.advance(by: .seconds(4000))
            try await bench.succeed(gate)
            bench.clock.advance(by: .seconds(10))
            try await bench.submit([task("standard")], to: JobID("standard"))
            #expect(try await bench.drain() == ["standard", "later"])
        },
        ConformanceCheck("time during which a job is kept back does not count") { bench in
            let terms = JobTerms(priorityClass: .backfill, notBefore: bench.clock.now + 7200)
            try await bench.submit([task("held")], on: terms)
            bench.clock.advance(by: .seconds(4000))
            #expect(try await bench.lease() == nil)
            bench.clock.advance(by: .seconds(3201))
            try await bench.submit([task("standard")], to: JobID("standard"))
            #expect(try await bench.lease(kinds: []) == nil)
            #expect(try await bench.drain() == ["standard", "held"])
        },
    ]
}
