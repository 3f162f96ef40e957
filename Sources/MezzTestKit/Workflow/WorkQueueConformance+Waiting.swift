internal import FoundationEssentials
internal import MezzWorkflow
internal import Testing

extension WorkQueueConformance {
    static let waiting: [ConformanceCheck<QueueBench>] = [
        ConformanceCheck("whoever waits for work is woken by a submit") { bench in
            #expect(try await bench.lease() == nil)
            #expect(try await bench.wait { try await bench.submit([task("a")]) })
            try await bench.take("a")
        },
        ConformanceCheck("whoever waits for work is woken by what a settlement makes ready") { bench in
            try await bench.submit([task("a"), task("b", after: ["a"])])
            let a = try await bench.take("a")
            #expect(try await bench.lease() == nil)
            #expect(try await bench.wait { try await bench.succeed(a) })
            let b = try await bench.take("b")
            #expect(try await bench.lease() == nil)
            #expect(try await bench.wait { try await bench.queue.settle(b, as: .released) })
        },
        ConformanceCheck("what became ready between a vain lease and the wait is not missed") { bench in
            #expect(try await bench.lease() == nil)
            try await bench.submit([task("a")])
            #expect(try await bench.wait {})
        },
        ConformanceCheck("whoever waits for work is woken when a delay or a lease ends") { bench in
            try await bench.submit([task("a"), task("b")])
            try await bench.fail(try await bench.take("a"), retryAfter: .seconds(30))
            try await bench.take("b", for: .seconds(60))
            #expect(try await bench.lease() == nil)
            #expect(try await bench.wait { bench.clock.advance(by: .seconds(30)) })
            try await bench.take("a", for: .seconds(600))
            #expect(try await bench.lease() == nil)
            #expect(try await bench.wait { bench.clock.advance(by: .seconds(30)) })
            try await bench.take("b")
        },
        ConformanceCheck("whoever waits for work is woken when a job is let out") { bench in
            try await bench.submit([task("a")], on: JobTerms(notBefore: bench.clock.now + 30))
            #expect(try await bench.lease() == nil)
            #expect(try await bench.wait { bench.clock.advance(by: .seconds(30)) })
            try await bench.take("a")
        },
        ConformanceCheck("whoever waits for work is woken when a key has room again") { bench in
            let terms = JobTerms(key: ExclusiveKey(name: "k", limit: 1))
            try await bench.submit([task("a"), task("b")], on: terms)
            let a = try await bench.take("a")
            #expect(try await bench.lease() == nil)
            #expect(try await bench.wait { try await bench.succeed(a) })
            try await bench.take("b")
        },
        ConformanceCheck("waiting ends with its time") { bench in
            let ended = try await bench.wait(atMost: .seconds(20)) { bench.clock.advance(by: .seconds(20)) }
            #expect(ended)
        },
        ConformanceCheck("waiting ends with its task") { bench in
            #expect(try await bench.lease() == nil)
            let waiting = Task { try await bench.queue.waitForWork(atMost: .seconds(3600)) }
            try await Task.sleep(for: .milliseconds(50))
            waiting.cancel()
            let watch = ContinuousClock()
            let time = await watch.measure { _ = await waiting.result }
            #expect(time < .seconds(20))
        },
    ]
}

extension QueueBench {
    /// Whether waiting for work, which begins before `event`, ends soon after it. The waiting itself goes by the
    /// bench's clock, the patience of this check by the machine's.
    func wait(
        atMost time: Duration = .seconds(3600), _ event: () async throws -> Void
    ) async throws -> Bool {
        let waiting = Task {
            try await queue.waitForWork(atMost: time)
            return !Task.isCancelled
        }
        try await Task.sleep(for: .milliseconds(100))
        try await event()
        let patience = Task {
            try await Task.sleep(for: .seconds(20))
            waiting.cancel()
        }
        defer { patience.cancel() }
        return (try? await waiting.value) ?? false
    }
}
