package import MezzCore
internal import Synchronization

/// A queue that lives and dies with the process: the reference for the port, and enough for short work and tests.
package final class InMemoryQueue: Sendable {
    private let state = Mutex(QueueState())
    private let clock: any WorkClock

    package init(clock: any WorkClock = SystemWorkClock()) {
        self.clock = clock
    }

    private func update<Value: Sendable>(
        _ body: (inout QueueState) throws(QueueError) -> Value
    ) throws(QueueError) -> Value {
        try state.withLock { (state: inout sending QueueState) throws(QueueError) in try body(&state) }
    }
}

extension InMemoryQueue: WorkQueue {
    package func submit(_ job: JobID, _ tasks: [TaskRequest]) async throws(QueueError) {
        let now = clock.now
        try update { state throws(QueueError) in try state.submit(job, tasks, at: now) }
    }

    package func lease(
        worker: String, freeSlots: Int, kinds: Set<String>?, job: JobID?, for time: Duration
    ) async throws(QueueError) -> LeasedTask? {
        let now = clock.now
        let expires = clock.date(in: time)
        return try update { state throws(QueueError) in
            state.lease(worker: worker, freeSlots: freeSlots, kinds: kinds, job: job, until: expires, at: now)
        }
    }

    package func extend(_ task: LeasedTask, by time: Duration) async throws(QueueError) {
        let expires = clock.date(in: time)
        try update { state throws(QueueError) in try state.extend(task, until: expires) }
    }

    package func settle(_ task: LeasedTask, as settlement: Settlement) async throws(QueueError) {
        let now = clock.now
        let due = settlement.retryDelay.map(clock.date(in:))
        try update { state throws(QueueError) in try state.settle(task, as: settlement, at: now, due: due) }
    }
}

extension InMemoryQueue: JobInspection {
    package func status(of job: JobID) async throws(QueueError) -> JobStatus {
        try update { state throws(QueueError) in try state.status(of: job) }
    }

    package func tasks(of job: JobID) async throws(QueueError) -> [TaskRecord] {
        try update { state throws(QueueError) in try state.tasks(of: job) }
    }

    package func cancel(_ job: JobID) async throws(QueueError) {
        let now = clock.now
        try update { state throws(QueueError) in try state.cancel(job, at: now) }
    }

    package func retry(_ job: JobID) async throws(QueueError) {
        try update { state throws(QueueError) in try state.retry(job) }
    }

    package func releaseAll(heldBy worker: String?) async throws(QueueError) {
        try update { state throws(QueueError) in state.releaseAll(heldBy: worker) }
    }

    package func forget(_ job: JobID) async throws(QueueError) {
        try update { state throws(QueueError) in try state.forget(job) }
    }
}

extension InMemoryQueue: ResultCache {
    package func result(for identity: ContentHash) async throws(QueueError) -> TaskOutcome? {
        try update { state throws(QueueError) in state.result(for: identity) }
    }

    package func remember(_ outcome: TaskOutcome, for identity: ContentHash) async throws(QueueError) {
        try update { state throws(QueueError) in state.remember(outcome, for: identity) }
    }
}
