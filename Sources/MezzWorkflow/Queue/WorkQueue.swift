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
/// Delivery is at least once: a task whose lease expires is given out again. The attempt number fences the former
/// holder off, so a result is settled once. Each call is one transaction and runs to its end even when the calling
/// task is cancelled, because results are handed in during shutdown.
package protocol WorkQueue: Sendable {
    /// Adds tasks to a job, which comes into being with the first call. All enter or none does. They may name each
    /// other in any order.
    func submit(_ job: JobID, _ tasks: [TaskRequest]) async throws(QueueError)

    /// Takes the first ready task: largest priority, then oldest. `nil` for `kinds` or `job` means any. A worker on
    /// which nothing runs passes `Int.max` as `freeSlots` so that oversized tasks find a place.
    func lease(
        worker: String, freeSlots: Int, kinds: Set<String>?, job: JobID?, for time: Duration
    ) async throws(QueueError) -> LeasedTask?

    /// Moves the end of a lease to `time` from now.
    func extend(_ task: LeasedTask, by time: Duration) async throws(QueueError)

    /// Ends an attempt. A successful outcome's children enter the job in the same transaction. Throws
    /// ``QueueError/leaseLost(_:task:)`` and changes nothing when the attempt is not the current one.
    func settle(_ task: LeasedTask, as settlement: Settlement) async throws(QueueError)
}

extension WorkQueue {
    /// Takes the first ready task of any job.
    package func lease(
        worker: String, freeSlots: Int, kinds: Set<String>? = nil, for time: Duration
    ) async throws(QueueError) -> LeasedTask? {
        try await lease(worker: worker, freeSlots: freeSlots, kinds: kinds, job: nil, for: time)
    }
}

/// Outcomes by task identity: what makes resuming and sharing work between jobs possible.
package protocol ResultCache: Sendable {
    /// The outcome remembered for `identity`. Whether its artifacts still exist is for the caller to check.
    func result(for identity: ContentHash) async throws(QueueError) -> TaskOutcome?

    /// Remembers `outcome`, replacing an older one.
    func remember(_ outcome: TaskOutcome, for identity: ContentHash) async throws(QueueError)
}
