internal import FoundationEssentials
internal import MezzWorkflow
internal import Testing

extension WorkQueueConformance {
    static let capacity: [ConformanceCheck<QueueBench>] = [
        ConformanceCheck("a task is given out only where its memory and disk find room") { bench in
            try await bench.submit([task("memory", memory: 1000), task("disk", disk: 1000), task("none")])
            #expect(try await bench.lease(slots: 9, memory: 999, disk: 999)?.request.name == "none")
            #expect(try await bench.lease(slots: 9, memory: 999, disk: 999) == nil)
            #expect(try await bench.lease(slots: 9, memory: 999, disk: 1000)?.request.name == "disk")
            #expect(try await bench.lease(slots: 9, memory: 1000, disk: 0)?.request.name == "memory")
        },
        ConformanceCheck("what does not fit stands in nobody's way and keeps its place") { bench in
            let urgent = JobTerms(priorityClass: .urgent)
            try await bench.submit((0..<50).map { task("big/\($0)", memory: 8000, priority: 1) }, on: urgent)
            try await bench.submit([task("small"), task("wide", slots: 3)], to: JobID("other"))
            #expect(try await bench.lease(memory: 7999)?.request.name == "small")
            #expect(try await bench.lease(memory: 7999) == nil)
            #expect(try await bench.lease(slots: 3, memory: 7999)?.request.name == "wide")
            #expect(try await bench.lease(memory: 8000)?.request.name == "big/0")
            #expect(try await bench.lease(memory: 8000)?.request.name == "big/1")
        },
        ConformanceCheck("tasks of all sizes and kinds go in one order") { bench in
            let tasks = (0..<60).map { index in
                task(
                    "\(index)", kind: "kind \(index % 3)", slots: 1 + index % 4, memory: index % 5, disk: index % 2,
                    priority: index * 7 % 11)
            }
            try await bench.submit(tasks)
            var names: [String] = []
            while let leased = try await bench.lease(slots: 4) { names.append(leased.request.name) }
            let order = tasks.enumerated().sorted { left, right in
                left.element.priority == right.element.priority
                    ? left.offset < right.offset : left.element.priority > right.element.priority
            }
            #expect(names == order.map(\.element.name))
        },
    ]

    private static func keyed(_ name: String, limit: Int = 1) -> JobTerms {
        JobTerms(key: ExclusiveKey(name: name, limit: limit))
    }

    static let exclusion: [ConformanceCheck<QueueBench>] = [
        ConformanceCheck("jobs of one key run as many tasks at once as it allows") { bench in
            try await bench.submit([task("a1"), task("a2")], to: JobID("a"), on: keyed("title", limit: 2))
            try await bench.submit([task("b1"), task("b2")], to: JobID("b"), on: keyed("title", limit: 2))
            try await bench.submit([task("c1")], to: JobID("c"), on: keyed("other title"))
            try await bench.submit([task("d1")], to: JobID("d"))
            let first = try await bench.take("a1")
            try await bench.take("a2")
            #expect(try await bench.lease(job: JobID("b")) == nil)
            try await bench.take("c1")
            try await bench.take("d1")
            #expect(try await bench.lease() == nil)
            try await bench.succeed(first)
            try await bench.take("b1")
            #expect(try await bench.lease() == nil)
        },
        ConformanceCheck("every way in which a task stops running makes room under its key") { bench in
            try await bench.submit([task("a", attempts: 9), task("b", priority: -1)], on: keyed("k"))
            try await bench.submit([task("other")], to: JobID("other"), on: keyed("k"))
            try await bench.queue.settle(try await bench.take("a"), as: .released)
            try await bench.fail(try await bench.take("a"), retryAfter: .zero)
            try await bench.take("a", worker: "one")
            #expect(try await bench.lease() == nil)
            try await bench.queue.releaseAll(heldBy: "one")
            try await bench.take("a")
            #expect(try await bench.lease() == nil)
            bench.clock.advance(by: .seconds(60))
            try await bench.take("a")
            #expect(try await bench.lease() == nil)
            try await bench.queue.cancel(QueueBench.job)
            let other = try await bench.take("other")
            try await bench.queue.retry(QueueBench.job)
            #expect(try await bench.lease() == nil)
            try await bench.fail(other)
            try await bench.take("a")
            try await bench.queue.retry(JobID("other"))
            #expect(try await bench.lease() == nil)
            try await bench.queue.forget(QueueBench.job)
            try await bench.take("other")
        },
        ConformanceCheck("the latest submit decides how many a key allows") { bench in
            try await bench.submit((0..<6).map { task("\($0)") }, on: keyed("k", limit: 1))
            let first = try await bench.take("0")
            #expect(try await bench.lease() == nil)
            try await bench.submit([task("x")], to: JobID("other"), on: keyed("k", limit: 3))
            try await bench.take("1")
            try await bench.take("2")
            #expect(try await bench.lease() == nil)
            try await bench.submit([], on: keyed("k", limit: 2))
            try await bench.succeed(first)
            #expect(try await bench.lease() == nil)
        },
        ConformanceCheck("a job's running tasks follow it to another key") { bench in
            try await bench.submit([task("a"), task("b")], on: keyed("old"))
            let running = try await bench.take("a")
            try await bench.submit([task("c")], to: JobID("other"), on: keyed("new"))
            try await bench.submit([], on: keyed("new"))
            #expect(try await bench.lease() == nil)
            try await bench.submit([task("d")], to: JobID("third"), on: keyed("old"))
            try await bench.take("d")
            try await bench.succeed(running)
            try await bench.take("b")
            #expect(try await bench.lease() == nil)
            try await bench.submit([])
            try await bench.take("c")
        },
        ConformanceCheck("a full key stands in nobody's way") { bench in
            let urgent = JobTerms(priorityClass: .urgent, key: ExclusiveKey(name: "k", limit: 1))
            try await bench.submit((0..<5_000).map { task("keyed/\($0)") }, on: urgent)
            try await bench.submit([task("a"), task("b")], to: JobID("other"))
            let first = try await bench.take("keyed/0")
            #expect(try await bench.drain() == ["a", "b"])
            try await bench.succeed(first)
            try await bench.take("keyed/1")
        },
        ConformanceCheck("eight workers at once never run more than a key allows") { bench in
            for job in 0..<4 {
                try await bench.submit((0..<20).map { task("\($0)") }, to: JobID("\(job)"), on: keyed("k", limit: 2))
            }
            let done = try await withThrowingTaskGroup(of: Int.self) { group in
                for worker in 0..<8 {
                    group.addTask {
                        var done = 0
                        for _ in 0..<2_000 {
                            guard let leased = try await bench.lease(worker: "\(worker)") else {
                                if try await bench.queue.depths().isEmpty { break }
                                await Task.yield()
                                continue
                            }
                            let running = try await bench.queue.depths().map(\.running).reduce(0, +)
                            #expect(running <= 2)
                            try await bench.succeed(leased)
                            done += 1
                        }
                        return done
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(done == 80)
        },
    ]
}
