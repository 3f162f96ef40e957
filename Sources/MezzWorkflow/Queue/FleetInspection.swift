package import FoundationEssentials

/// Looking at everything in a queue, and at who works on it.
package protocol FleetInspection: Sendable {
    /// What waits and what runs, over all jobs, one entry for each class and kind that has tasks ready, delayed or
    /// running. Its cost does not grow with the tasks that wait for others or have ended.
    func depths() async throws(QueueError) -> [QueueDepth]

    /// The jobs submitted last, newest first.
    func jobs(limit: Int) async throws(QueueError) -> [JobSummary]

    /// The terms on which a job was submitted.
    func terms(of job: JobID) async throws(QueueError) -> JobTerms

    /// Makes a worker known, or tells that it lives still. It is forgotten `time` after its last word.
    func announce(_ worker: WorkerRecord, for time: Duration) async throws(QueueError)

    /// Takes a worker off the list.
    func dismiss(worker: String) async throws(QueueError)

    /// Workers whose last word is recent enough, by name.
    func workers() async throws(QueueError) -> [WorkerRecord]
}

/// How much there is to do of one kind in one class.
package struct QueueDepth: Sendable, Hashable {
    /// The class the tasks were submitted with.
    package let priorityClass: PriorityClass
    package let kind: String
    /// Tasks that a worker may take now, were there enough of them.
    package let ready: Int
    /// Slots that those tasks take together.
    package let readySlots: Int
    /// Tasks that are delayed, or kept back by their job's terms.
    package let held: Int
    package let running: Int
    /// Slots that running tasks take together.
    package let runningSlots: Int
    /// For how many seconds the oldest ready task has been ready.
    package let oldestSeconds: Double

    package init(
        priorityClass: PriorityClass, kind: String, ready: Int, readySlots: Int, held: Int, running: Int,
        runningSlots: Int, oldestSeconds: Double
    ) {
        self.priorityClass = priorityClass
        self.kind = kind
        self.ready = ready
        self.readySlots = readySlots
        self.held = held
        self.running = running
        self.runningSlots = runningSlots
        self.oldestSeconds = oldestSeconds
    }
}

/// A job in a list.
package struct JobSummary: Sendable, Hashable {
    package let status: JobStatus
    package let terms: JobTerms
    package let created: Date

    package init(status: JobStatus, terms: JobTerms, created: Date) {
        self.status = status
        self.terms = terms
        self.created = created
    }
}

/// A worker as it describes itself.
package struct WorkerRecord: Codable, Sendable, Hashable {
    /// Its name.
    package let worker: String
    /// The machine it runs on.
    package let host: String
    /// The version of mezz and of its tools.
    package let version: String
    /// All it has.
    package let capacity: Capacity
    /// The kinds it serves; `nil` means all.
    package let kinds: Set<String>?
    /// Whether it takes no new tasks because it is about to end.
    package let isDraining: Bool
    /// When it began.
    package let started: Date

    package init(
        worker: String, host: String, version: String, capacity: Capacity, kinds: Set<String>?, isDraining: Bool,
        started: Date
    ) {
        self.worker = worker
        self.host = host
        self.version = version
        self.capacity = capacity
        self.kinds = kinds
        self.isDraining = isDraining
        self.started = started
    }
}
