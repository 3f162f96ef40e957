package import MezzCore

/// How an attempt ended.
package enum Settlement: Sendable {
    /// The work is done. With an `identity` the outcome is also remembered for ``ResultCache/result(for:)``, in the
    /// same transaction, unless it came from there (`cached`).
    case succeeded(TaskOutcome, identity: ContentHash?, cached: Bool)
    /// The attempt failed; `nil` means for good. With attempts left the task is due again after the delay.
    case failed(TaskFailure, retryAfter: Duration?)
    /// The task goes back at once and the attempt is not counted.
    case released

    /// The delay after which a failed attempt is repeated.
    package var retryDelay: Duration? {
        if case .failed(_, let delay) = self { delay } else { nil }
    }
}

/// Where workers find tasks and hand in results.
///
/// Delivery is at least once: a task whose lease expires is given out again, and a slow one may be given to a second
/// worker beside the first. The attempt number fences off whoever lost the lease, so a result is settled once: the
/// first one that comes in. Each call is one transaction and runs to its end even when the calling task is cancelled,
/// because results are handed in during shutdown.
///
/// Ready tasks are given out by class, the most urgent first; inside a class by deadline, the earliest first and none
/// last; then by the largest priority; then the oldest. A task that has been ready for longer than the queue's ageing
/// time moves up one class, so that none waits for ever.
package protocol WorkQueue: Sendable {
    /// Adds tasks to a job, which comes into being with the first call and takes its terms from the latest. All enter
    /// or none does. They may name each other in any order.
    func submit(_ job: JobID, _ tasks: [TaskRequest], on terms: JobTerms) async throws(QueueError)

    /// Takes the first ready task that finds room in the offer; `nil` for `job` means of any job.
    func lease(_ offer: WorkerOffer, job: JobID?, for time: Duration) async throws(QueueError) -> LeasedTask?

    /// Takes a task that another worker has been running for too long, as a second attempt beside the first. Only
    /// where no task of its job and kind is ready, and each task only once at a time. The slowest one first.
    func leaseStraggler(
        _ offer: WorkerOffer, slowerThan rule: StragglerRule, for time: Duration
    ) async throws(QueueError) -> LeasedTask?

    /// Moves the end of a lease to `time` from now.
    func extend(_ task: LeasedTask, by time: Duration) async throws(QueueError)

    /// Ends an attempt. A successful outcome's children enter the job in the same transaction. Throws
    /// ``QueueError/leaseLost(_:task:)`` and changes nothing when the attempt holds no lease any more. Of two
    /// attempts at once the first success wins and ends the other; the failure, release or expiry of one leaves the
    /// task to the other and counts as no failure.
    func settle(_ task: LeasedTask, as settlement: Settlement) async throws(QueueError)

    /// Returns when something may have become ready, and after `time` in any case. May return early.
    func waitForWork(atMost time: Duration) async throws
}

extension WorkQueue {
    /// Adds tasks on standard terms.
    package func submit(_ job: JobID, _ tasks: [TaskRequest]) async throws(QueueError) {
        try await submit(job, tasks, on: JobTerms())
    }
}

/// Outcomes by task identity: what makes resuming and sharing work between jobs possible.
package protocol ResultCache: Sendable {
    /// The outcome remembered for `identity`. Whether its artifacts still exist is for the caller to check.
    func result(for identity: ContentHash) async throws(QueueError) -> TaskOutcome?

    /// Remembers `outcome`, replacing an older one.
    func remember(_ outcome: TaskOutcome, for identity: ContentHash) async throws(QueueError)
}
