internal import FoundationEssentials

/// Runs a job to its end on this machine.
///
/// Tasks are taken from the queue as slots become free. The engine never polls: it waits for a running task to end,
/// for the moment at which a delayed task or another worker's lease is due, or for the queue to have work.
package struct WorkflowEngine: Sendable {
    private let queue: any WorkQueue
    private let cache: any ResultCache
    private let inspection: any JobInspection
    private let handlers: [String: any TaskHandler]
    private let slots: Int
    private let worker: String
    private let leaseTime: Duration
    private let clock: any WorkClock
    private let retryPolicy: RetryPolicy
    private let artifactExists: @Sendable (Artifact) async throws -> Bool
    private let desk: EventDesk

    /// - Parameters:
    ///   - cache: the same store as `queue`; results are remembered when the queue settles them.
    ///   - handlers: by kind.
    ///   - slots: how much runs at once.
    ///   - worker: unique among everyone who uses the queue.
    ///   - leaseTime: how long a dead worker's tasks stay with it; leases are extended three times as often.
    ///   - artifactExists: whether a remembered result's file is still in the store; what it throws fails the attempt.
    ///   - observer: called from several tasks at once.
    package init(
        queue: any WorkQueue, cache: any ResultCache, inspection: any JobInspection,
        handlers: [String: any TaskHandler], slots: Int, worker: String, leaseTime: Duration = .seconds(60),
        clock: any WorkClock = SystemWorkClock(), retryPolicy: RetryPolicy = RetryPolicy(),
        artifactExists: @escaping @Sendable (Artifact) async throws -> Bool,
        observer: @escaping @Sendable (WorkflowEvent) -> Void = { _ in }
    ) {
        self.queue = queue
        self.cache = cache
        self.inspection = inspection
        self.handlers = handlers
        self.slots = max(1, slots)
        self.worker = worker
        self.leaseTime = leaseTime
        self.clock = clock
        self.retryPolicy = retryPolicy
        self.artifactExists = artifactExists
        self.desk = EventDesk(observer: observer)
    }

    /// Runs until the job is finished and returns how it ended. A failed task does not stop the others.
    ///
    /// When cancelled: stops the handlers, waits for them, hands their tasks back and throws `CancellationError`.
    package func run(_ job: JobID) async throws -> JobStatus {
        let result: Result<JobStatus, any Error> = await withTaskGroup(of: Wake.self) { group in
            do {
                let status = try await drive(job, in: &group)
                group.cancelAll()
                return .success(status)
            } catch {
                group.cancelAll()
                for await wake in group {
                    if case .ended(let task, .changed(let changes)) = wake { announce(changes, of: task) }
                }
                return .failure(error)
            }
        }
        return try result.get()
    }

    private enum Wake: Sendable {
        case ended(LeasedTask, TaskExecution.End)
        case alarm(Date)
    }

    private func drive(_ job: JobID, in group: inout TaskGroup<Wake>) async throws -> JobStatus {
        var pool = SlotPool(total: slots)
        var alarm: Date?
        var status = try await refreshedStatus(of: job)
        while true {
            try await fill(&pool, with: job, in: &group)
            if pool.isIdle {
                status = try await refreshedStatus(of: job)
                if status.state.isFinished { return status }
                // Something became ready between the two questions, or is kept back by the job's terms.
                if status.counts[.ready] > 0 {
                    try await queue.waitForWork(atMost: patience(with: status))
                    continue
                }
            }
            if pool.free > 0, let next = status.nextChange, alarm.map({ next < $0 }) ?? true {
                alarm = next
                group.addTask {
                    // Cancellation is noticed by whoever waits for this.
                    try? await clock.sleep(until: next)
                    return .alarm(next)
                }
            }
            guard let wake = await group.next() else { throw Stalled(job: job) }
            switch wake {
            case .alarm(let date):
                if date == alarm { alarm = nil }
                status = try await refreshedStatus(of: job)
            case .ended(let task, let end):
                pool.giveBack(task)
                status = try await finish(task, end)
            }
        }
    }

    private func fill(
        _ pool: inout SlotPool, with job: JobID, in group: inout TaskGroup<Wake>
    ) async throws {
        while pool.free > 0 {
            try Task.checkCancellation()
            guard let task = try await queue.lease(offer(of: pool), job: job, for: leaseTime) else { return }
            pool.take(task)
            desk.send(.leased, about: task)
            let execution = execution(of: task)
            group.addTask { .ended(task, await execution()) }
        }
    }

    /// Memory and disk are left to the machine: all tasks here share it with whatever else runs on it.
    private func offer(of pool: SlotPool) -> WorkerOffer {
        var free = Capacity.unlimited
        if !pool.isIdle { free.slots = pool.free }
        return WorkerOffer(worker: worker, free: free)
    }

    /// How long an idle engine waits before it asks for a task again.
    private func patience(with status: JobStatus) -> Duration {
        guard let next = status.nextChange else { return leaseTime }
        return min(leaseTime, max(.zero, .seconds(next.timeIntervalSince(clock.now))))
    }

    private func finish(_ task: LeasedTask, _ end: TaskExecution.End) async throws -> JobStatus {
        switch end {
        case .changed(let changes):
            let status = try await refreshedStatus(of: task.job)
            announce(changes, of: task)
            return status
        case .queueFailed(let error):
            throw error
        }
    }

    private func announce(_ changes: [WorkflowEvent.Change], of task: LeasedTask) {
        for change in changes { desk.send(change, about: task) }
    }

    private func refreshedStatus(of job: JobID) async throws -> JobStatus {
        let status = try await inspection.status(of: job)
        desk.update(status)
        return status
    }

    private func execution(of task: LeasedTask) -> TaskExecution {
        TaskExecution(
            task: task, handler: handlers[task.request.kind], slots: min(task.request.slots, slots), queue: queue,
            cache: cache, leaseTime: leaseTime, clock: clock, retryPolicy: retryPolicy,
            artifactExists: artifactExists, progress: { desk.send(.progress($0), about: task) })
    }

    /// A job that is not finished although nothing can ever happen to it: a defect of the queue.
    package struct Stalled: Error, Sendable, CustomStringConvertible {
        /// The job.
        package let job: JobID

        package var description: String { "job \(job) is not finished, but none of its tasks can run" }
    }
}

/// The slots of one worker.
private struct SlotPool {
    private let total: Int
    private var running = 0
    private(set) var free: Int

    init(total: Int) {
        self.total = total
        self.free = total
    }

    var isIdle: Bool { running == 0 }

    mutating func take(_ task: LeasedTask) {
        running += 1
        free -= min(task.request.slots, total)
    }

    mutating func giveBack(_ task: LeasedTask) {
        running -= 1
        free += min(task.request.slots, total)
    }
}
