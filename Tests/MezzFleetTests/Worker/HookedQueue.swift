import MezzCore
import MezzWorkflow

/// A queue in which something else happens before each lease.
struct HookedQueue: Sendable {
    let base: InMemoryQueue
    /// Called before the lease; what it throws the lease throws.
    let beforeLease: @Sendable () throws(QueueError) -> Void
}

extension HookedQueue: WorkQueue {
    func submit(_ job: JobID, _ tasks: [TaskRequest], on terms: JobTerms) async throws(QueueError) {
        try await base.submit(job, tasks, on: terms)
    }

    func lease(_ offer: WorkerOffer, job: JobID?, for time: Duration) async throws(QueueError) -> LeasedTask? {
        try beforeLease()
        return try await base.lease(offer, job: job, for: time)
    }

    func leaseStraggler(
        _ offer: WorkerOffer, slowerThan rule: StragglerRule, for time: Duration
    ) async throws(QueueError) -> LeasedTask? {
        try await base.leaseStraggler(offer, slowerThan: rule, for: time)
    }

    func extend(_ task: LeasedTask, by time: Duration) async throws(QueueError) {
        try await base.extend(task, by: time)
    }

    func settle(_ task: LeasedTask, as settlement: Settlement) async throws(QueueError) {
        try await base.settle(task, as: settlement)
    }

    func waitForWork(atMost time: Duration) async throws { try await base.waitForWork(atMost: time) }
}

extension HookedQueue: ResultCache {
    func result(for identity: ContentHash) async throws(QueueError) -> TaskOutcome? {
        try await base.result(for: identity)
    }

    func remember(_ outcome: TaskOutcome, for identity: ContentHash) async throws(QueueError) {
        try await base.remember(outcome, for: identity)
    }
}

extension HookedQueue: FleetInspection {
    func depths() async throws(QueueError) -> [QueueDepth] { try await base.depths() }
    func jobs(limit: Int) async throws(QueueError) -> [JobSummary] { try await base.jobs(limit: limit) }
    func terms(of job: JobID) async throws(QueueError) -> JobTerms { try await base.terms(of: job) }
    func announce(_ worker: WorkerRecord, for time: Duration) async throws(QueueError) {
        try await base.announce(worker, for: time)
    }
    func dismiss(worker: String) async throws(QueueError) { try await base.dismiss(worker: worker) }
    func workers() async throws(QueueError) -> [WorkerRecord] { try await base.workers() }
}
