package import MezzWorkflow
internal import Testing

/// A queue under test with the clock it runs on.
package struct QueueBench: Sendable {
    /// Everything a queue backend implements.
    package typealias Backend = WorkQueue & JobInspection & ResultCache & FleetInspection

    /// The queue.
    package let queue: any Backend
    /// The queue's clock.
    package let clock: FakeClock
    /// Closes the queue and opens it again, for queues that outlive the process.
    package let reopen: (@Sendable () async throws -> any Backend)?

    package init(
        queue: any Backend, clock: FakeClock, reopen: (@Sendable () async throws -> any Backend)? = nil
    ) {
        self.queue = queue
        self.clock = clock
        self.reopen = reopen
    }
}

extension QueueBench {
    static let job = JobID("job")

    func submit(_ tasks: [TaskRequest], to job: JobID = Self.job, on terms: JobTerms = JobTerms()) async throws {
        try await queue.submit(job, tasks, on: terms)
    }

    func lease(
        worker: String = "worker", slots: Int = 1, memory: Int = .max, disk: Int = .max, kinds: Set<String>? = nil,
        job: JobID? = nil, for time: Duration = .seconds(60)
    ) async throws -> LeasedTask? {
        let free = Capacity(slots: slots, memory: memory, disk: disk)
        return try await queue.lease(WorkerOffer(worker: worker, free: free, kinds: kinds), job: job, for: time)
    }

    /// Leases a task that must be there.
    @discardableResult
    func take(
        _ name: String? = nil, worker: String = "worker", for time: Duration = .seconds(60)
    ) async throws -> LeasedTask {
        let task = try #require(try await lease(worker: worker, for: time))
        if let name { #expect(task.request.name == name) }
        return task
    }

    func succeed(_ task: LeasedTask, _ outcome: TaskOutcome = TaskOutcome()) async throws {
        try await queue.settle(task, as: .succeeded(outcome, identity: nil, cached: false))
    }

    func fail(_ task: LeasedTask, retryAfter: Duration? = nil) async throws {
        let failure = TaskFailure(what: "broke", place: task.request.name, remedy: "none", transient: retryAfter != nil)
        try await queue.settle(task, as: .failed(failure, retryAfter: retryAfter))
    }

    /// Leases and completes tasks until none is ready; returns their names in order.
    @discardableResult
    func drain() async throws -> [String] {
        var names: [String] = []
        while let task = try await lease() {
            names.append(task.request.name)
            try await succeed(task)
        }
        return names
    }

    func status() async throws -> JobStatus {
        try await queue.status(of: Self.job)
    }

    func states() async throws -> [String: TaskState] {
        let records = try await queue.tasks(of: Self.job)
        return Dictionary(records.map { ($0.request.name, $0.state) }, uniquingKeysWith: { first, _ in first })
    }

    func record(_ name: String) async throws -> TaskRecord {
        try #require(try await queue.tasks(of: Self.job).first { $0.request.name == name })
    }
}

/// A short way to write a task in a check.
func task(
    _ name: String, kind: String = "work", after: [String] = [], slots: Int = 1, memory: Int = 0, disk: Int = 0,
    attempts: Int = 3, priority: Int = 0
) -> TaskRequest {
    TaskRequest(
        name: name, kind: kind, after: after, slots: slots, memory: memory, disk: disk, maximumAttempts: attempts,
        priority: priority)
}
