/// Why a queue refused or could not do what was asked.
package enum QueueError: Error, Sendable, Hashable {
    /// No such job was ever submitted, or it was forgotten.
    case unknownJob(JobID)
    /// The task was settled, cancelled, or given to somebody else since; nothing was changed.
    case leaseLost(JobID, task: String)
    /// The job has a task of this name with other content.
    case conflictingTask(JobID, task: String)
    /// A task comes after one the job does not have.
    case unknownDependency(JobID, task: String, dependency: String)
    /// These tasks come after each other.
    case cyclicDependencies(JobID, tasks: [String])
    /// New tasks cannot enter a cancelled job.
    case jobCancelled(JobID)
    /// The database was written by a newer version of this program.
    case newerDatabase(String)
    /// There is no space left to write.
    case full(String)
    /// The database is in use elsewhere; trying again may help.
    case busy(String)
    /// The database failed in another way.
    case broken(String)

    /// Whether the tasks handed in are at fault, rather than the queue.
    package var blamesTasks: Bool {
        switch self {
        case .conflictingTask, .unknownDependency, .cyclicDependencies: true
        default: false
        }
    }
}

extension QueueError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownJob(let job): "there is no job \(job)"
        case .leaseLost(let job, let task): "the lease of \(task) in job \(job) is lost"
        case .conflictingTask(let job, let task): "job \(job) already has another task named \(task)"
        case .unknownDependency(let job, let task, let dependency):
            "\(task) in job \(job) comes after \(dependency), which does not exist"
        case .cyclicDependencies(let job, let tasks):
            "tasks of job \(job) wait for each other: \(tasks.prefix(10).joined(separator: ", "))"
        case .jobCancelled(let job): "job \(job) is cancelled"
        case .newerDatabase(let path): "\(path) was written by a newer version of mezz"
        case .full(let detail): "no space left for the queue: \(detail)"
        case .busy(let detail): "the queue is in use elsewhere: \(detail)"
        case .broken(let detail): "the queue failed: \(detail)"
        }
    }
}
