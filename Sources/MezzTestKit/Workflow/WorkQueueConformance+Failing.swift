internal import FoundationEssentials
internal import MezzWorkflow
internal import Testing

extension WorkQueueConformance {
    static let failing: [ConformanceCheck<QueueBench>] = [
        ConformanceCheck("a transient failure is due again after its delay") { bench in
            try await bench.submit([task("a")])
            try await bench.fail(try await bench.take(), retryAfter: .seconds(30))
            let status = try await bench.status()
            #expect(status.state == .running)
            #expect(status.counts[.delayed] == 1)
            #expect(status.nextDue == bench.clock.date(in: .seconds(30)))
            bench.clock.advance(by: .seconds(29))
            #expect(try await bench.lease() == nil)
            bench.clock.advance(by: .seconds(1))
            let second = try await bench.take("a")
            #expect(second.failures == 1)
            try await bench.succeed(second)
            #expect(try await bench.record("a").failure == nil)
            #expect(try await bench.status().state == .succeeded)
        },
        ConformanceCheck("a delay of nothing makes the task ready at once") { bench in
            try await bench.submit([task("a")])
            try await bench.fail(try await bench.take(), retryAfter: .zero)
            #expect(try await bench.take("a").attempt == 2)
        },
        ConformanceCheck("a task whose attempts are used up is set aside with its last failure") { bench in
            try await bench.submit([task("a", attempts: 2), task("b")])
            try await bench.fail(try await bench.take("a"), retryAfter: .zero)
            try await bench.fail(try await bench.take("a"), retryAfter: .zero)
            let record = try await bench.record("a")
            #expect(record.state == .failed)
            #expect(record.failures == 2)
            #expect(record.failure?.what == "broke")
            #expect(try await bench.drain() == ["b"])
            #expect(try await bench.status().state == .failed)
        },
        ConformanceCheck("a task that keeps killing its worker is set aside and says so") { bench in
            try await bench.submit([task("poison", attempts: 3), task("after", after: ["poison"]), task("fine")])
            for _ in 1...3 {
                _ = try await bench.take("poison")
                bench.clock.advance(by: .seconds(61))
            }
            #expect(try await bench.drain() == ["fine"])
            let record = try await bench.record("poison")
            #expect(record.state == .failed)
            #expect(record.failure == TaskFailure.abandoned(task: "poison", attempts: 3))
            #expect(try await bench.status().state == .failed)
        },
        ConformanceCheck("a failure blocks what comes after and nothing else") { bench in
            try await bench.submit([
                task("bad"), task("good"), task("next", after: ["bad"]), task("far", after: ["next", "good"]),
                task("free", after: ["good"]),
            ])
            try await bench.fail(try await bench.take("bad"))
            #expect(
                try await bench.states() == [
                    "bad": .failed, "good": .ready, "next": .blocked, "far": .blocked, "free": .waiting,
                ])
            #expect(try await bench.status().state == .running)
            #expect(try await bench.drain() == ["good", "free"])
            #expect(try await bench.status().state == .failed)
        },
        ConformanceCheck("a task that comes after a failed one enters blocked") { bench in
            try await bench.submit([task("bad"), task("next", after: ["bad"]), task("good")])
            try await bench.fail(try await bench.take("bad"))
            let good = try await bench.take("good")
            try await bench.succeed(
                good, TaskOutcome(children: [task("x", after: ["next"]), task("y", after: ["x", "good"]), task("z")]))
            let states = try await bench.states()
            #expect(states["x"] == .blocked)
            #expect(states["y"] == .blocked)
            #expect(try await bench.drain() == ["z"])
        },
    ]
}
