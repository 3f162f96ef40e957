internal import FoundationEssentials
internal import MezzWorkflow
internal import Testing

extension WorkQueueConformance {
    static let leasing: [ConformanceCheck<QueueBench>] = [
        ConformanceCheck("only tasks that fit the free slots are given out") { bench in
            try await bench.submit([task("wide", slots: 4, priority: 1), task("narrow")])
            #expect(try await bench.lease(slots: 3)?.request.name == "narrow")
            #expect(try await bench.lease(slots: 3) == nil)
            #expect(try await bench.lease(slots: Int.max)?.request.name == "wide")
        },
        ConformanceCheck("only tasks of the wanted kinds are given out") { bench in
            try await bench.submit([task("a", kind: "probe"), task("b", kind: "encode"), task("c", kind: "audio")])
            #expect(try await bench.lease(kinds: ["encode", "audio"])?.request.name == "b")
            #expect(try await bench.lease(kinds: ["unknown"]) == nil)
            #expect(try await bench.lease(kinds: []) == nil)
            #expect(try await bench.lease(kinds: nil)?.request.name == "a")
        },
        ConformanceCheck("a lease holds until it expires, and longer when extended") { bench in
            try await bench.submit([task("a")])
            let first = try await bench.take()
            bench.clock.advance(by: .seconds(59))
            #expect(try await bench.lease() == nil)
            try await bench.queue.extend(first, by: .seconds(60))
            bench.clock.advance(by: .seconds(59))
            #expect(try await bench.lease() == nil)
            bench.clock.advance(by: .seconds(1))
            let second = try await bench.take("a", worker: "other")
            #expect(second.attempt == first.attempt + 1)
            #expect(second.failures == 1)
        },
        ConformanceCheck("an expired lease that nobody took still counts") { bench in
            try await bench.submit([task("a")])
            let first = try await bench.take()
            bench.clock.advance(by: .seconds(90))
            try await bench.queue.extend(first, by: .seconds(60))
            #expect(try await bench.lease() == nil)
            try await bench.succeed(first)
            #expect(try await bench.status().state == .succeeded)
        },
        ConformanceCheck("a stale attempt changes nothing") { bench in
            try await bench.submit([task("a")])
            let stale = try await bench.take()
            bench.clock.advance(by: .seconds(61))
            let current = try await bench.take(worker: "other")
            let lost = QueueError.leaseLost(QueueBench.job, task: "a")
            let outcome = TaskOutcome(output: Data("stale".utf8), children: [task("child")])
            await #expect(throws: lost) { try await bench.succeed(stale, outcome) }
            await #expect(throws: lost) { try await bench.fail(stale) }
            await #expect(throws: lost) { try await bench.queue.settle(stale, as: .released) }
            await #expect(throws: lost) { try await bench.queue.extend(stale, by: .seconds(60)) }
            #expect(try await bench.states() == ["a": .running])
            try await bench.succeed(current)
            await #expect(throws: lost) { try await bench.succeed(current) }
            await #expect(throws: lost) { try await bench.succeed(stale, outcome) }
            #expect(try await bench.states() == ["a": .succeeded])
        },
        ConformanceCheck("a released task is ready at once and the attempt is not counted") { bench in
            try await bench.submit([task("a", attempts: 1), task("b")])
            for attempt in 1...5 {
                let leased = try await bench.take("a")
                #expect(leased.attempt == attempt)
                #expect(leased.failures == 0)
                try await bench.queue.settle(leased, as: .released)
            }
            #expect(try await bench.drain() == ["a", "b"])
        },
        ConformanceCheck("all leases of a worker, or of all, can be taken back") { bench in
            try await bench.submit([task("a", attempts: 1), task("b", attempts: 1), task("c")])
            let first = try await bench.take("a", worker: "one")
            _ = try await bench.take("b", worker: "two")
            try await bench.queue.releaseAll(heldBy: "one")
            #expect(try await bench.states() == ["a": .ready, "b": .running, "c": .ready])
            await #expect(throws: QueueError.leaseLost(QueueBench.job, task: "a")) { try await bench.succeed(first) }
            _ = try await bench.take("a", worker: "one")
            try await bench.queue.releaseAll(heldBy: nil)
            #expect(try await bench.record("a").failures == 0)
            #expect(try await bench.drain() == ["a", "b", "c"])
        },
        ConformanceCheck("sixteen workers at once never get the same task") { bench in
            let names = (0..<200).map { "task/\($0)" }
            try await bench.submit(names.map { task($0) })
            let taken = try await withThrowingTaskGroup(of: [String].self) { group in
                for worker in 0..<16 {
                    group.addTask {
                        var mine: [String] = []
                        while let leased = try await bench.lease(worker: "worker \(worker)") {
                            mine.append(leased.request.name)
                            try await bench.succeed(leased)
                        }
                        return mine
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(taken.sorted() == names.sorted())
            #expect(try await bench.status().counts.done == 200)
        },
        ConformanceCheck("calls run to their end when the caller is cancelled") { bench in
            try await bench.submit([task("a")])
            let leased = try await bench.take()
            let handover = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                try await bench.queue.extend(leased, by: .seconds(60))
                try await bench.succeed(leased)
                return try await bench.status().state
            }
            #expect(try await handover.value == .succeeded)
        },
    ]
}
