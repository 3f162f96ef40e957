internal import FoundationEssentials
internal import MezzWorkflow
internal import Testing

extension WorkQueueConformance {
    static let stragglers: [ConformanceCheck<QueueBench>] = [
        ConformanceCheck("a task far slower than its like is given to a second worker") { bench in
            let slow = try await StragglerBench(bench, slow: [task("slow", after: ["one"], memory: 5)])
            let first = try await bench.take("slow", worker: "first", for: .seconds(600))
            bench.clock.advance(by: .seconds(29))
            #expect(try await slow.straggler() == nil)
            bench.clock.advance(by: .seconds(2))
            let second = try #require(try await slow.straggler())
            #expect(second.request == first.request)
            #expect(second.inputs == first.inputs)
            #expect(second.attempt == first.attempt + 1)
            #expect(second.failures == 0)
            #expect(second.worker == "second")
            #expect(second.expires == bench.clock.date(in: .seconds(600)))
            let record = try await bench.record("slow")
            #expect(record.state == .running)
            #expect(record.attempts == 2)
            #expect(record.worker == "first")
            #expect(record.expires == first.expires)
            #expect(try await bench.status().counts[.running] == 1)
            #expect(try await bench.queue.depths().map(\.running) == [1])
        },
        ConformanceCheck("nobody gets a second attempt beside his own, and no task gets a third") { bench in
            let slow = try await StragglerBench(bench)
            try await bench.take("slow", worker: "first", for: .seconds(600))
            bench.clock.advance(by: .seconds(100))
            #expect(try await slow.straggler(worker: "first") == nil)
            #expect(try await slow.straggler(worker: "second") != nil)
            bench.clock.advance(by: .seconds(100))
            for worker in ["first", "second", "third"] { #expect(try await slow.straggler(worker: worker) == nil) }
        },
        ConformanceCheck("nothing is slow before enough of its like have ended by work of their own") { bench in
            let slow = try await StragglerBench(bench, slow: [task("x1", kind: "x"), task("x2", kind: "x")])
            try await slow.end(try await bench.take("x1"), after: 1)
            try await slow.end(try await bench.take("x2"), after: 1, cached: true)
            try await bench.submit([task("x3", kind: "x"), task("x4", kind: "x"), task("slow", kind: "x")])
            try await slow.end(try await bench.take("x3"), after: 1)
            let last = try await bench.take("x4", for: .seconds(600))
            try await bench.take("slow", worker: "first", for: .seconds(600))
            bench.clock.advance(by: .seconds(100))
            #expect(try await slow.straggler() == nil)
            try await slow.end(last, after: 1)
            #expect(try await slow.straggler()?.request.name == "slow")
        },
        ConformanceCheck("nothing is slow while tasks of its job and kind are ready") { bench in
            let slow = try await StragglerBench(bench, slow: [task("slow"), task("ready"), task("x", kind: "other")])
            try await bench.submit([task("elsewhere")], to: JobID("elsewhere"))
            try await bench.take("slow", worker: "first", for: .seconds(600))
            bench.clock.advance(by: .seconds(100))
            #expect(try await slow.straggler() == nil)
            try await bench.take("ready", worker: "third", for: .seconds(600))
            #expect(try await slow.straggler()?.request.name == "slow")
        },
        ConformanceCheck("a second attempt goes only where the task fits") { bench in
            let slow = try await StragglerBench(bench, slow: [task("slow", slots: 2, memory: 100)])
            _ = try await bench.lease(worker: "first", slots: 2, for: .seconds(600))
            bench.clock.advance(by: .seconds(100))
            #expect(try await slow.straggler(slots: 1) == nil)
            #expect(try await slow.straggler(slots: 2, memory: 99) == nil)
            #expect(try await slow.straggler(slots: 2, kinds: ["other"]) == nil)
            #expect(try await slow.straggler(slots: 2, memory: 100, kinds: ["work"]) != nil)
        },
        ConformanceCheck("the rule's factor, time and number all hold") { bench in
            let slow = try await StragglerBench(bench)
            try await bench.take("slow", worker: "first", for: .seconds(600))
            bench.clock.advance(by: .seconds(50))
            #expect(try await slow.straggler(rule: StragglerRule(factor: 4, seconds: 0, finished: 1)) == nil)
            #expect(try await slow.straggler(rule: StragglerRule(factor: 1, seconds: 51, finished: 1)) == nil)
            #expect(try await slow.straggler(rule: StragglerRule(factor: 1, seconds: 0, finished: 4)) == nil)
            #expect(try await slow.straggler(rule: StragglerRule(factor: 3, seconds: 49, finished: 3)) != nil)
        },
        ConformanceCheck("the slowest of a kind goes first, each once") { bench in
            let slow = try await StragglerBench(bench, slow: [task("a"), task("b", priority: -1)])
            try await bench.take("a", worker: "first", for: .seconds(600))
            bench.clock.advance(by: .seconds(31))
            try await bench.take("b", worker: "first", for: .seconds(600))
            #expect(try await slow.straggler()?.request.name == "a")
            #expect(try await slow.straggler() == nil)
            bench.clock.advance(by: .seconds(31))
            #expect(try await slow.straggler()?.request.name == "b")
        },
        ConformanceCheck("a second attempt takes no more room under the job's key") { bench in
            let terms = JobTerms(key: ExclusiveKey(name: "k", limit: 1))
            let slow = try await StragglerBench(bench, on: terms)
            try await bench.submit([task("other", kind: "other")], to: JobID("other"), on: terms)
            let (first, second) = try await slow.both()
            #expect(try await bench.lease() == nil)
            try await bench.fail(first)
            #expect(try await bench.lease() == nil)
            try await bench.succeed(second)
            try await bench.take("other")
            #expect(try await bench.lease() == nil)
        },
        ConformanceCheck("a job that is kept back gets no second attempts") { bench in
            let slow = try await StragglerBench(bench)
            try await bench.take("slow", worker: "first", for: .seconds(600))
            bench.clock.advance(by: .seconds(100))
            try await bench.submit([], on: JobTerms(notBefore: bench.clock.now + 50))
            #expect(try await slow.straggler() == nil)
            bench.clock.advance(by: .seconds(50))
            #expect(try await slow.straggler() != nil)
        },
        ConformanceCheck("an expired task is work again before it is a straggler") { bench in
            let slow = try await StragglerBench(bench)
            try await bench.take("slow", worker: "first", for: .seconds(60))
            bench.clock.advance(by: .seconds(61))
            #expect(try await slow.straggler() == nil)
            let again = try await bench.take("slow", worker: "second")
            #expect(again.failures == 1)
        },
    ]
}
