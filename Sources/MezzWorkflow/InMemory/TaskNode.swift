internal import FoundationEssentials

/// One task of the in-memory queue. Its state is changed by ``QueueState`` alone, which keeps counts and lines in
/// step. Moments are seconds since the reference date.
final class TaskNode {
    let request: TaskRequest
    /// Its place in its job.
    let index: Int
    /// Its place among the insertions of the whole queue.
    let sequence: Int
    let created: Date
    unowned let section: Section
    /// Places of the tasks in `request.after`, in that order.
    var dependencies: [Int] = []
    /// Places of the tasks that come after this one.
    var dependents: [Int] = []
    /// Distinct tasks this one comes after that have not succeeded.
    var open = 0

    var state = TaskState.waiting
    /// The class it has reached.
    var level: Int
    /// Since when it has been ready, in the class it has reached.
    var since = 0.0
    /// Since when it has been ready.
    var ready = 0.0
    /// Where it stands in line, while it is ready.
    var rank: Rank?
    var attempts = 0
    var failures = 0
    /// Who holds it, while it runs; who held it last, otherwise.
    var older: Hold?
    /// The second attempt beside the first.
    var newer: Hold?
    var due: Double?
    var finished: Date?
    var result: TaskResult?
    var failure: TaskFailure?

    init(_ request: TaskRequest, index: Int, sequence: Int, section: Section, level: Int, created: Date) {
        self.request = request
        self.index = index
        self.sequence = sequence
        self.section = section
        self.level = level
        self.created = created
    }

    /// The lease with this number, while it is good.
    func hold(_ attempt: Int) -> Hold? {
        guard state == .running else { return nil }
        if let older, older.attempt == attempt { return older }
        if let newer, newer.attempt == attempt { return newer }
        return nil
    }

    /// Gives up one of two leases.
    func drop(_ attempt: Int) {
        if older?.attempt == attempt { older = newer }
        newer = nil
    }

    func extend(_ attempt: Int, until expires: Double) {
        if older?.attempt == attempt { older?.expires = expires } else { newer?.expires = expires }
    }

    var record: TaskRecord {
        let isRunning = state == .running
        return TaskRecord(
            request: request, state: state, attempts: attempts, failures: failures, worker: older?.worker,
            expires: isRunning ? older.map { Date(timeIntervalSinceReferenceDate: $0.expires) } : nil,
            due: due.map(Date.init(timeIntervalSinceReferenceDate:)), created: created,
            started: older.map { Date(timeIntervalSinceReferenceDate: $0.started) }, finished: finished,
            result: result, failure: failure)
    }
}

/// A lease.
struct Hold {
    let attempt: Int
    let worker: String
    let started: Double
    var expires: Double
}
