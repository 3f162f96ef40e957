internal import FoundationEssentials
internal import MezzWorkflow
internal import Testing

extension WorkQueueConformance {
    static let fleet: [ConformanceCheck<QueueBench>] = [
        ConformanceCheck("depths count what waits and runs, by class and kind, over all jobs") { bench in
            #expect(try await bench.queue.depths().isEmpty)
            try await bench.submit([task("a", slots: 2), task("b", slots: 3), task("c", after: ["a"])])
            bench.clock.advance(by: .seconds(10))
            try await bench.submit([task("d"), task("e", kind: "probe", slots: 4)], to: JobID("second"))
            try await bench.submit([task("f")], to: JobID("third"), on: JobTerms(priorityClass: .urgent))
            try await bench.fail(try await bench.take("f"), retryAfter: .seconds(50))
            _ = try await bench.lease(slots: 2, kinds: ["work"])
            bench.clock.advance(by: .seconds(5))
            let depths = try await bench.queue.depths()
            #expect(
                Set(depths) == [
                    QueueDepth(
                        priorityClass: .urgent, kind: "work", ready: 0, readySlots: 0, held: 1, running: 0,
                        runningSlots: 0, oldestSeconds: 0),
                    QueueDepth(
                        priorityClass: .standard, kind: "work", ready: 2, readySlots: 4, held: 0, running: 1,
                        runningSlots: 2, oldestSeconds: 15),
                    QueueDepth(
                        priorityClass: .standard, kind: "probe", ready: 1, readySlots: 4, held: 0, running: 0,
                        runningSlots: 0, oldestSeconds: 5),
                ])
            #expect(depths.count == 3)
        },
        ConformanceCheck("what has ended or waits for others is in no depth") { bench in
            try await bench.submit([task("a"), task("bad"), task("c", after: ["bad"])])
            try await bench.succeed(try await bench.take("a"))
            let bad = try await bench.take("bad")
            #expect(try await bench.queue.depths().map(\.running) == [1])
            try await bench.fail(bad)
            #expect(try await bench.queue.depths().isEmpty)
            try await bench.queue.retry(QueueBench.job)
            #expect(try await bench.queue.depths().map(\.ready) == [1])
            try await bench.queue.cancel(QueueBench.job)
            #expect(try await bench.queue.depths().isEmpty)
            try await bench.queue.retry(QueueBench.job)
            try await bench.queue.forget(QueueBench.job)
            #expect(try await bench.queue.depths().isEmpty)
        },
        ConformanceCheck("a depth goes under the class its job has now") { bench in
            try await bench.submit([task("a"), task("b")])
            try await bench.take("a")
            try await bench.submit([], on: JobTerms(priorityClass: .backfill))
            let depths = try await bench.queue.depths()
            #expect(depths.map(\.priorityClass) == [.backfill])
            #expect(depths.map(\.ready) == [1])
            #expect(depths.map(\.running) == [1])
        },
        ConformanceCheck("jobs are listed newest first with their status and terms") { bench in
            #expect(try await bench.queue.jobs(limit: 5).isEmpty)
            let terms = JobTerms(priorityClass: .urgent, about: Data("about".utf8))
            let created = bench.clock.now
            for (index, name) in ["a", "b", "c"].enumerated() {
                try await bench.submit([task("1"), task("2")], to: JobID(name), on: index == 1 ? terms : JobTerms())
                bench.clock.advance(by: .seconds(1))
            }
            try await bench.take("1")
            let jobs = try await bench.queue.jobs(limit: 9)
            #expect(jobs.map(\.status.job.value) == ["c", "b", "a"])
            #expect(jobs.map(\.created) == [created + 2, created + 1, created])
            #expect(jobs.map(\.terms) == [JobTerms(), terms, JobTerms()])
            #expect(jobs.map(\.status.state) == [.queued, .running, .queued])
            for job in jobs { #expect(try await bench.queue.status(of: job.status.job) == job.status) }
            #expect(try await bench.queue.jobs(limit: 2).map(\.status.job.value) == ["c", "b"])
            #expect(try await bench.queue.jobs(limit: 0).isEmpty)
            try await bench.queue.forget(JobID("c"))
            #expect(try await bench.queue.jobs(limit: 1).map(\.status.job.value) == ["b"])
        },
        ConformanceCheck("workers are listed by name until they have been silent for too long") { bench in
            #expect(try await bench.queue.workers().isEmpty)
            let b = worker("b", kinds: ["encode", "probe"], started: bench.clock.now)
            let a = worker("a", kinds: nil, started: bench.clock.now + 1)
            try await bench.queue.announce(b, for: .seconds(30))
            try await bench.queue.announce(a, for: .seconds(60))
            #expect(try await bench.queue.workers() == [a, b])
            bench.clock.advance(by: .seconds(29))
            let draining = worker("b", kinds: [], draining: true, started: bench.clock.now)
            try await bench.queue.announce(draining, for: .seconds(30))
            #expect(try await bench.queue.workers() == [a, draining])
            bench.clock.advance(by: .seconds(29))
            #expect(try await bench.queue.workers() == [a, draining])
            bench.clock.advance(by: .seconds(2))
            #expect(try await bench.queue.workers().isEmpty)
            try await bench.queue.announce(a, for: .seconds(60))
            try await bench.queue.dismiss(worker: "a")
            try await bench.queue.dismiss(worker: "nobody")
            #expect(try await bench.queue.workers().isEmpty)
        },
    ]

    private static func worker(
        _ name: String, kinds: Set<String>?, draining: Bool = false, started: Date
    ) -> WorkerRecord {
        WorkerRecord(
            worker: name, host: "host ä", version: "1", capacity: Capacity(slots: 8, memory: 16_000, disk: 500_000),
            kinds: kinds, isDraining: draining, started: started)
    }
}
