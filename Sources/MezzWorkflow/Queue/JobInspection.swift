package import FoundationEssentials
package import MezzCore

/// Looking at jobs and steering them.
package protocol JobInspection: Sendable {
    /// Where the job stands, at a cost that does not grow with its tasks.
    func status(of job: JobID) async throws(QueueError) -> JobStatus

    /// Every task of the job, in the order of insertion.
    func tasks(of job: JobID) async throws(QueueError) -> [TaskRecord]

    /// Ends what has not ended. Holders of running tasks lose their leases. A finished job stays as it is.
    func cancel(_ job: JobID) async throws(QueueError)

    /// Makes failed and cancelled tasks runnable again with fresh attempts, and unblocks their dependents.
    func retry(_ job: JobID) async throws(QueueError)

    /// Takes back every lease of `worker`, or of all workers, without counting the attempts. Only for callers who
    /// know that the holders are gone, such as the owner of a state folder's exclusive lock.
    func releaseAll(heldBy worker: String?) async throws(QueueError)

    /// Removes the job and its tasks. Remembered results stay.
    func forget(_ job: JobID) async throws(QueueError)
}

/// Where a job stands as a whole.
package enum JobState: String, Codable, Sendable, Hashable {
    /// No task was started yet.
    case queued
    /// Some were, and some can still run.
    case running
    /// All tasks succeeded.
    case succeeded
    /// Something failed and everything that could still run has run.
    case failed
    /// It was cancelled.
    case cancelled

    /// Whether nothing more happens by itself.
    package var isFinished: Bool {
        switch self {
        case .queued, .running: false
        case .succeeded, .failed, .cancelled: true
        }
    }
}

/// A job's state in numbers.
package struct JobStatus: Sendable, Hashable {
    /// The job.
    package let job: JobID
    /// Its state.
    package let state: JobState
    /// Tasks by state.
    package let counts: TaskCounts
    /// Tasks by kind and state.
    package let kinds: [String: TaskCounts]
    /// When the next delayed task is due.
    package let nextDue: Date?
    /// When the next lease ends.
    package let nextExpiry: Date?

    /// Derives the job's state from its tasks.
    package init(job: JobID, kinds: [String: TaskCounts], nextDue: Date?, nextExpiry: Date?) {
        self.job = job
        self.kinds = kinds
        self.nextDue = nextDue
        self.nextExpiry = nextExpiry
        let counts = kinds.values.reduce(TaskCounts(), +)
        self.counts = counts
        self.state =
            if counts[.cancelled] > 0 {
                .cancelled
            } else if counts.open == 0 {
                counts[.failed] + counts[.blocked] == 0 ? .succeeded : .failed
            } else if counts[.waiting] + counts[.ready] == counts.total {
                .queued
            } else {
                .running
            }
    }

    /// When something may become ready by the passing of time alone.
    package var nextChange: Date? {
        [nextDue, nextExpiry].compactMap(\.self).min()
    }
}

/// Everything the queue knows about a task.
package struct TaskRecord: Sendable, Hashable {
    /// What was asked for.
    package let request: TaskRequest
    /// Where it stands.
    package internal(set) var state: TaskState
    /// How often it was leased.
    package internal(set) var attempts = 0
    /// How many of its attempts failed or were abandoned.
    package internal(set) var failures = 0
    /// Who holds it, or held it last.
    package internal(set) var worker: String?
    /// When its lease ends, while it runs.
    package internal(set) var expires: Date?
    /// When it runs again, while it is delayed.
    package internal(set) var due: Date?
    /// When it entered the job.
    package let created: Date
    /// When it was leased last.
    package internal(set) var started: Date?
    /// When it reached its final state.
    package internal(set) var finished: Date?
    /// What it left behind, without its children; they are tasks of their own.
    package internal(set) var result: TaskResult?
    /// Why it failed last.
    package internal(set) var failure: TaskFailure?

    package init(
        request: TaskRequest, state: TaskState, attempts: Int = 0, failures: Int = 0, worker: String? = nil,
        expires: Date? = nil, due: Date? = nil, created: Date, started: Date? = nil, finished: Date? = nil,
        result: TaskResult? = nil, failure: TaskFailure? = nil
    ) {
        self.request = request
        self.state = state
        self.attempts = attempts
        self.failures = failures
        self.worker = worker
        self.expires = expires
        self.due = due
        self.created = created
        self.started = started
        self.finished = finished
        self.result = result
        self.failure = failure
    }
}

/// What a succeeded task left in the queue.
package struct TaskResult: Sendable, Hashable {
    /// The value later tasks read: canonical JSON.
    package let output: Data
    /// Its files.
    package let artifacts: [Artifact]
    /// What it cost when it was really run.
    package let usage: ResourceUsage
    /// Whether the result was found rather than made.
    package let cached: Bool
    /// What the result is remembered under.
    package let identity: ContentHash?

    package init(output: Data, artifacts: [Artifact], usage: ResourceUsage, cached: Bool, identity: ContentHash?) {
        self.output = output
        self.artifacts = artifacts
        self.usage = usage
        self.cached = cached
        self.identity = identity
    }
}
