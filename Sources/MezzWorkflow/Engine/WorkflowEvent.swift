internal import Synchronization

/// Something that happened to a task while an engine ran it.
package struct WorkflowEvent: Sendable {
    /// What happened.
    package enum Change: Sendable, Hashable {
        /// This engine took the task.
        case leased
        /// The handler said how far it is.
        case progress(TaskProgress)
        /// The task is done; `cached` says that its result was found rather than made.
        case settled(cached: Bool, usage: ResourceUsage)
        /// The task failed for good.
        case failed(TaskFailure)
        /// The task failed and is due again after the delay.
        case retried(TaskFailure, after: Duration)
        /// The task decided on this many others.
        case childrenAdded(Int)
        /// The task went back to the queue because the engine stops.
        case released
        /// Somebody else has the task now; whatever this attempt made is discarded.
        case leaseLost
    }

    /// The job.
    package let job: JobID
    /// The task's name.
    package let task: String
    /// The task's kind.
    package let kind: String
    /// Which lease of the task this is about.
    package let attempt: Int
    /// What happened.
    package let change: Change
    /// The job's tasks by kind and state, as of the last change of state: `totals["encode"]?.done` of `.total`.
    package let totals: [String: TaskCounts]
}

/// Sends events and keeps the totals they carry.
final class EventDesk: Sendable {
    private let observer: @Sendable (WorkflowEvent) -> Void
    private let totals = Mutex<[String: TaskCounts]>([:])

    init(observer: @escaping @Sendable (WorkflowEvent) -> Void) {
        self.observer = observer
    }

    func update(_ status: JobStatus) {
        totals.withLock { $0 = status.kinds }
    }

    func send(_ change: WorkflowEvent.Change, about task: LeasedTask) {
        observer(
            WorkflowEvent(
                job: task.job, task: task.request.name, kind: task.request.kind, attempt: task.attempt,
                change: change, totals: totals.withLock { $0 }))
    }
}
