internal import FoundationEssentials
internal import MezzCore
internal import MezzWorkflow
internal import Testing

extension WorkQueueConformance {
    static let scale: [ConformanceCheck<QueueBench>] = [
        ConformanceCheck("a fan-out of 25,000 tasks is nothing special") { bench in
            let parts = try (0..<25_000).map { index in
                try TaskRequest(
                    name: "probe/shot-\(index / 15)/crf-\(index % 15)", kind: "probe",
                    encoding: ["shot": index / 15, "crf": index % 15, "height": 1080], after: ["plan"])
            }
            let end = task("hull", kind: "hull", after: parts.map(\.name))
            try await bench.submit([task("plan", kind: "plan")])
            let plan = try await bench.take("plan")
            let identity = ContentHash.of(Data("plan".utf8))
            let watch = ContinuousClock()

            let settled = try await watch.measure {
                try await bench.queue.settle(
                    plan, as: .succeeded(TaskOutcome(children: parts + [end]), identity: identity, cached: false))
            }
            // An idle machine needs about a second; the limits only tell growth with the square from the rest, on
            // machines that are busy with other tests.
            #expect(settled < .seconds(60))
            #expect(try await bench.status().counts.total == 25_002)

            let worked = try await watch.measure {
                for _ in 0..<1_000 { try await bench.succeed(try await bench.take()) }
            }
            #expect(worked < .seconds(60))

            let asked = try await watch.measure {
                for _ in 0..<100 { _ = try await bench.status() }
            }
            #expect(asked < .seconds(10))
            print("25,000 tasks: inserted in \(settled), 1,000 run in \(worked), 100 status calls in \(asked)")
        }
    ]
}
