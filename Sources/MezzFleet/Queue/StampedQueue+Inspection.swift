package import MezzWorkflow

extension StampedQueue: JobInspection {
    package func status(of job: JobID) async throws(QueueError) -> JobStatus {
        try await base.status(of: job).plain
    }

    package func tasks(of job: JobID) async throws(QueueError) -> [TaskRecord] {
        try await base.tasks(of: job).map(\.plain)
    }

    package func cancel(_ job: JobID) async throws(QueueError) { try await base.cancel(job) }

    package func retry(_ job: JobID) async throws(QueueError) { try await base.retry(job) }

    package func releaseAll(heldBy worker: String?) async throws(QueueError) {
        try await base.releaseAll(heldBy: worker)
    }

    package func forget(_ job: JobID) async throws(QueueError) { try await base.forget(job) }
}

extension StampedQueue: FleetInspection {
    /// With their stamps: the difference between a queue and the workers on it must be visible.
    package func depths() async throws(QueueError) -> [QueueDepth] { try await base.depths() }

    package func jobs(limit: Int) async throws(QueueError) -> [JobSummary] {
        try await base.jobs(limit: limit).map {
            JobSummary(status: $0.status.plain, terms: $0.terms, created: $0.created)
        }
    }

    package func terms(of job: JobID) async throws(QueueError) -> JobTerms { try await base.terms(of: job) }

    package func announce(_ worker: WorkerRecord, for time: Duration) async throws(QueueError) {
        try await base.announce(worker, for: time)
    }

    package func dismiss(worker: String) async throws(QueueError) { try await base.dismiss(worker: worker) }

    package func workers() async throws(QueueError) -> [WorkerRecord] { try await base.workers() }
}
