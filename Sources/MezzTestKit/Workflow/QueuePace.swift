package import MezzWorkflow

/// How fast workers get tasks from a queue and hand them back.
package struct QueuePace: Sendable {
    /// Leases with their settlements per second, all workers together.
    package let pairsPerSecond: Double
    /// The time of one pair that 99% stay below, in seconds.
    package let p99: Double
    /// The median time of one pair, in seconds.
    package let median: Double

    /// Has `workers` lease and settle at once, without work between, until `pairs` are done. There must be as many
    /// ready tasks of the kinds they serve.
    package static func measure(
        _ queue: any WorkQueue, workers: Int, pairs: Int, kinds: Set<String>? = nil
    ) async throws -> QueuePace {
        let watch = ContinuousClock()
        let start = watch.now
        let times = try await withThrowingTaskGroup(of: [Duration].self) { group in
            for worker in 0..<workers {
                group.addTask {
                    let offer = WorkerOffer(worker: "w\(worker)", kinds: kinds)
                    var times: [Duration] = []
                    for _ in 0..<pairs / workers {
                        let begin = watch.now
                        guard let task = try await queue.lease(offer, job: nil, for: .seconds(600))
                        else { throw RanDry() }
                        try await queue.settle(task, as: .succeeded(TaskOutcome(), identity: nil, cached: false))
                        times.append(begin.duration(to: watch.now))
                    }
                    return times
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }.sorted()
        }
        let seconds = start.duration(to: watch.now) / .seconds(1)
        return QueuePace(
            pairsPerSecond: Double(times.count) / seconds, p99: times[times.count * 99 / 100] / .seconds(1),
            median: times[times.count / 2] / .seconds(1))
    }

    /// There were fewer ready tasks than pairs to measure.
    package struct RanDry: Error {}
}
