package import MezzCore
package import MezzWorkflow

/// A queue in which a task is only given to workers of the toolset that its job was submitted with: chunks from two
/// builds of an encoder do not belong into one stream, and tasks of another version of mezz may not be understood.
///
/// The kinds in the queue carry the toolset's stamp, as in `encode@1f2e3d4c`; whoever looks through this sees them plain.
package struct StampedQueue: Sendable {
    package let base: any FleetQueue
    /// The toolset: letters and digits.
    package let stamp: String

    package init(_ base: any FleetQueue, stamp: String) {
        self.base = base
        self.stamp = stamp
    }

    private func stamped(_ request: TaskRequest) -> TaskRequest { request.of(kind: "\(request.kind)@\(stamp)") }

    private func plain(_ task: LeasedTask) -> LeasedTask {
        LeasedTask(
            job: task.job, request: task.request.plain, inputs: task.inputs, attempt: task.attempt,
            failures: task.failures, worker: task.worker, expires: task.expires)
    }

    private func stamped(_ offer: WorkerOffer) async throws(QueueError) -> WorkerOffer {
        WorkerOffer(worker: offer.worker, free: offer.free, kinds: try await stamped(offer.kinds))
    }

    /// Whoever serves all kinds serves those of this stamp: the ones of which the queue has tasks.
    private func stamped(_ kinds: Set<String>?) async throws(QueueError) -> Set<String> {
        if let kinds { return Set(kinds.map { "\($0)@\(stamp)" }) }
        return Set(try await base.depths().map(\.kind).filter { StampedKind.stamp(of: $0) == stamp })
    }
}

extension StampedQueue: WorkQueue {
    package func submit(_ job: JobID, _ tasks: [TaskRequest], on terms: JobTerms) async throws(QueueError) {
        try await base.submit(job, tasks.map(stamped), on: terms)
    }

    package func lease(
        _ offer: WorkerOffer, job: JobID?, for time: Duration
    ) async throws(QueueError) -> LeasedTask? {
        try await base.lease(try await stamped(offer), job: job, for: time).map(plain)
    }

    package func leaseStraggler(
        _ offer: WorkerOffer, slowerThan rule: StragglerRule, for time: Duration
    ) async throws(QueueError) -> LeasedTask? {
        try await base.leaseStraggler(try await stamped(offer), slowerThan: rule, for: time).map(plain)
    }

    package func extend(_ task: LeasedTask, by time: Duration) async throws(QueueError) {
        try await base.extend(task, by: time)
    }

    package func settle(_ task: LeasedTask, as settlement: Settlement) async throws(QueueError) {
        guard case .succeeded(let outcome, let identity, let cached) = settlement, !outcome.children.isEmpty else {
            return try await base.settle(task, as: settlement)
        }
        let own = TaskOutcome(
            output: outcome.output, artifacts: outcome.artifacts, children: outcome.children.map(stamped),
            usage: outcome.usage)
        try await base.settle(task, as: .succeeded(own, identity: identity, cached: cached))
    }

    package func waitForWork(atMost time: Duration) async throws { try await base.waitForWork(atMost: time) }
}

extension StampedQueue: ResultCache {
    package func result(for identity: ContentHash) async throws(QueueError) -> TaskOutcome? {
        try await base.result(for: identity).map { outcome in
            TaskOutcome(
                output: outcome.output, artifacts: outcome.artifacts, children: outcome.children.map(\.plain),
                usage: outcome.usage)
        }
    }

    package func remember(_ outcome: TaskOutcome, for identity: ContentHash) async throws(QueueError) {
        try await base.remember(outcome, for: identity)
    }
}
