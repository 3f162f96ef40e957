package import MezzWorkflow

/// Something that happened on a worker.
package enum WorkerEvent: Sendable {
    /// What became of a task.
    case task(LeasedTask, WorkflowEvent.Change)
    /// The queue cannot be used; it is tried again after the wait.
    case queueFailed(QueueError, retryAfter: Duration)
    /// There is too little disk to take tasks: MiB free.
    case diskLow(Int)
    /// It takes no more tasks; so many are still running.
    case draining(running: Int)
}

/// What a worker did in its life.
package struct WorkerSummary: Sendable, Hashable {
    /// Tasks settled with a result that was made here.
    package var done = 0
    /// Tasks settled with a result that was found.
    package var found = 0
    /// Tasks that failed, for good or for now.
    package var failed = 0
    /// Tasks handed back.
    package var released = 0
    /// Attempts discarded because somebody else was first.
    package var lost = 0

    mutating func count(_ change: WorkflowEvent.Change) {
        switch change {
        case .settled(let cached, _): if cached { found += 1 } else { done += 1 }
        case .failed, .retried: failed += 1
        case .released: released += 1
        case .leaseLost: lost += 1
        case .leased, .progress, .childrenAdded: break
        }
    }
}
