internal import FoundationEssentials
internal import MezzWorkflow
internal import Testing

extension WorkQueueConformance {
    static let submitting: [ConformanceCheck<QueueBench>] = [
        ConformanceCheck("an unknown job is an error") { bench in
            await #expect(throws: QueueError.unknownJob(QueueBench.job)) { _ = try await bench.status() }
            await #expect(throws: QueueError.unknownJob(QueueBench.job)) {
                _ = try await bench.queue.tasks(of: QueueBench.job)
            }
            await #expect(throws: QueueError.unknownJob(QueueBench.job)) {
                try await bench.queue.cancel(QueueBench.job)
            }
        },
        ConformanceCheck("a request comes back as it was submitted") { bench in
            let first = TaskRequest(
                name: "first/ä", kind: "probe", parameters: Data(#"{"crf":23}"#.utf8), slots: 1, memory: 512,
                disk: 20_000, maximumAttempts: 5, priority: -2)
            let second = task("second", after: ["first/ä"])
            try await bench.submit([first, second])
            #expect(try await bench.queue.tasks(of: QueueBench.job).map(\.request) == [first, second])
            let leased = try await bench.take()
            #expect(leased.request == first)
            #expect(leased.job == QueueBench.job)
            #expect(leased.worker == "worker")
        },
        ConformanceCheck("submitting equal tasks again changes nothing") { bench in
            let tasks = [task("a"), task("b", after: ["a"])]
            try await bench.submit(tasks)
            try await bench.succeed(try await bench.take("a"))
            try await bench.submit(tasks)
            try await bench.submit(tasks + [task("a"), task("c", after: ["a"])])
            #expect(try await bench.states() == ["a": .succeeded, "b": .ready, "c": .ready])
        },
        ConformanceCheck("a name with other content is refused and nothing enters") { bench in
            try await bench.submit([task("a")])
            await #expect(throws: QueueError.conflictingTask(QueueBench.job, task: "a")) {
                try await bench.submit([task("new"), task("a", priority: 1)])
            }
            await #expect(throws: QueueError.conflictingTask(QueueBench.job, task: "b")) {
                try await bench.submit([task("b"), task("b", kind: "other")])
            }
            #expect(try await bench.states() == ["a": .ready])
        },
        ConformanceCheck("an unknown dependency is refused and nothing enters") { bench in
            try await bench.submit([task("a")])
            await #expect(throws: QueueError.unknownDependency(QueueBench.job, task: "c", dependency: "x")) {
                try await bench.submit([task("b"), task("c", after: ["a", "x"])])
            }
            #expect(try await bench.states() == ["a": .ready])
        },
        ConformanceCheck("a cycle is refused and nothing enters") { bench in
            await #expect(throws: QueueError.cyclicDependencies(QueueBench.job, tasks: ["b", "c"])) {
                try await bench.submit([task("a"), task("b", after: ["a", "c"]), task("c", after: ["b"])])
            }
            await #expect(throws: QueueError.cyclicDependencies(QueueBench.job, tasks: ["self"])) {
                try await bench.submit([task("self", after: ["self"])])
            }
            let none = try await bench.lease()
            #expect(none == nil)
        },
        ConformanceCheck("tasks of a batch may name later ones") { bench in
            try await bench.submit([task("last", after: ["middle"]), task("middle", after: ["first"]), task("first")])
            #expect(try await bench.drain() == ["first", "middle", "last"])
        },
        ConformanceCheck("a dependency named twice is waited for once") { bench in
            try await bench.submit([task("a"), task("b", after: ["a", "a"])])
            try await bench.succeed(try await bench.take("a"))
            #expect(try await bench.take("b").inputs.map(\.name) == ["a", "a"])
        },
        ConformanceCheck("jobs may use the same names and are told apart") { bench in
            let other = JobID("other")
            try await bench.submit([task("a")])
            try await bench.submit([task("a", priority: 1)], to: other)
            #expect(try await bench.lease(job: QueueBench.job)?.job == QueueBench.job)
            #expect(try await bench.lease(job: QueueBench.job) == nil)
            #expect(try await bench.lease()?.job == other)
        },
    ]
}
