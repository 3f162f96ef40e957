internal import FoundationEssentials
package import MezzCore
internal import Synchronization

/// A queue that lives and dies with the process: the reference for the port, and enough for short work and tests.
///
/// Every operation costs O(log n) in the tasks and jobs there are, whatever they wait for; a lease also looks at each
/// combination of kind and size of tasks.
package final class InMemoryQueue: Sendable {
    private let state: Mutex<QueueState>
    private let clock: any WorkClock
    private let doorbell = Doorbell()

    /// - Parameter ageing: how long a task is ready before it moves up one class.
    package init(clock: any WorkClock = SystemWorkClock(), ageing: Duration = .seconds(3600)) {
        self.clock = clock
        self.state = Mutex(QueueState(ageing: ageing, doorbell: doorbell))
    }

    private func update<Value: Sendable>(
        _ body: @Sendable (inout QueueState) throws(QueueError) -> Value
    ) throws(QueueError) -> Value {
        try state.withLock { state throws(QueueError) in try body(&state) }
    }
}

extension InMemoryQueue: WorkQueue {
    package func submit(_ job: JobID, _ tasks: [TaskRequest], on terms: JobTerms) async throws(QueueError) {
        let now = clock.now
        try update { state throws(QueueError) in try state.submit(job, tasks, on: terms, at: now) }
    }

    package func lease(
        _ offer: WorkerOffer, job: JobID?, for time: Duration
    ) async throws(QueueError) -> LeasedTask? {
        let now = clock.now
        let expires = clock.date(in: time)
        return try update { state throws(QueueError) in state.lease(offer, job: job, until: expires, at: now) }
    }

    package func leaseStraggler(
        _ offer: WorkerOffer, slowerThan rule: StragglerRule, for time: Duration
    ) async throws(QueueError) -> LeasedTask? {
        let now = clock.now
        let expires = clock.date(in: time)
        return try update { state throws(QueueError) in
            state.leaseStraggler(offer, slowerThan: rule, until: expires, at: now)
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

    package func waitForWork(atMost time: Duration) async throws {
        let end = clock.date(in: time)
        let change = try update { state throws(QueueError) in state.nextChange() }
        try await doorbell.wait(until: min(end, change ?? end), by: clock)
    }
}

extension InMemoryQueue: JobInspection {
    package func status(of job: JobID) async throws(QueueError) -> JobStatus {
        try update { state throws(QueueError) in try state.book(of: job).status }
    }

    package func tasks(of job: JobID) async throws(QueueError) -> [TaskRecord] {
        try update { state throws(QueueError) in try state.tasks(of: job) }
    }

    package func cancel(_ job: JobID) async throws(QueueError) {
        let now = clock.now
        try update { state throws(QueueError) in try state.cancel(job, at: now) }
    }

    package func retry(_ job: JobID) async throws(QueueError) {
        let now = clock.now
        try update { state throws(QueueError) in try state.retry(job, at: now) }
    }

    package func releaseAll(heldBy worker: String?) async throws(QueueError) {
        let now = clock.now
        try update { state throws(QueueError) in state.releaseAll(heldBy: worker, at: now) }
    }

    package func forget(_ job: JobID) async throws(QueueError) {
        let now = clock.now
        try update { state throws(QueueError) in try state.forget(job, at: now) }
    }
}

extension InMemoryQueue: FleetInspection {
    package func depths() async throws(QueueError) -> [QueueDepth] {
        let now = clock.now
        return try update { state throws(QueueError) in state.depths(at: now) }
    }

    package func jobs(limit: Int) async throws(QueueError) -> [JobSummary] {
        try update { state throws(QueueError) in state.jobs(limit: limit) }
    }

    package func terms(of job: JobID) async throws(QueueError) -> JobTerms {
        try update { state throws(QueueError) in try state.book(of: job).terms }
    }

    package func announce(_ worker: WorkerRecord, for time: Duration) async throws(QueueError) {
        let until = clock.date(in: time)
        try update { state throws(QueueError) in state.announce(worker, until: until) }
    }

    package func dismiss(worker: String) async throws(QueueError) {
        try update { state throws(QueueError) in state.dismiss(worker: worker) }
    }

    package func workers() async throws(QueueError) -> [WorkerRecord] {
        let now = clock.now
        return try update { state throws(QueueError) in state.workers(at: now) }
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
