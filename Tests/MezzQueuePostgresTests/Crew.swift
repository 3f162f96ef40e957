import MezzQueuePostgres
import MezzWorkflow

/// Workers who take tasks and settle them until none is ready.
struct Crew {
    let queues: [PostgresQueue]
    let workers: Int

    /// The names of the tasks whose settlement was confirmed, while `event` happens to the server.
    func work(while event: @escaping @Sendable () async throws -> Void) async throws -> [String] {
        try await withThrowingTaskGroup(of: [String].self) { group in
            for worker in 0..<workers {
                group.addTask {
                    let queue = queues[worker % queues.count]
                    let offer = WorkerOffer(worker: "\(worker)")
                    var names: [String] = []
                    while let task = try await queue.lease(offer, job: nil, for: .seconds(600)) {
                        try await queue.settle(task, as: .succeeded(TaskOutcome(), identity: nil, cached: false))
                        names.append(task.request.name)
                    }
                    return names
                }
            }
            group.addTask {
                try await event()
                return []
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    /// Waits until `number` tasks of the job are done.
    func wait(until number: Int, of job: JobID) async throws {
        while try await queues[0].status(of: job).counts.done < number {
            try await Task.sleep(for: .milliseconds(2))
        }
    }
}
