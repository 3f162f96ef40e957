internal import FoundationEssentials
internal import MezzCore

/// The in-memory queue's state machine. Each method that the queue calls is one transaction: it checks everything
/// before it changes anything. Moments inside are seconds since the reference date.
struct QueueState {
    /// How long a task stays in one class.
    let ageing: Double
    var books: [JobID: JobBook] = [:]
    /// Oldest first.
    var order: [JobBook] = []
    /// Jobs with tasks that are ready, delayed or running, by their number.
    var live: [Int: JobBook] = [:]
    var stands = StandBook()
    var keys: [String: KeyBook] = [:]
    var alarms = LazyHeap<JobAlarm>()
    var ages = LazyHeap<AgeAlarm>()
    /// Groups that have nothing ready but something running.
    var idle: ContiguousArray<KindGroup> = []
    let doorbell: Doorbell
    private var jobNumber = 0
    private var sequence = 0
    private var remembered: [ContentHash: TaskOutcome] = [:]
    private var workers: [String: (record: WorkerRecord, until: Date)] = [:]

    init(ageing: Duration, doorbell: Doorbell) {
        self.ageing = ageing / .seconds(1)
        self.doorbell = doorbell
    }

    func book(of job: JobID) throws(QueueError) -> JobBook {
        guard let book = books[job] else { throw .unknownJob(job) }
        return book
    }

    // MARK: Tasks enter

    mutating func submit(
        _ job: JobID, _ tasks: [TaskRequest], on terms: JobTerms, at now: Date
    ) throws(QueueError) {
        let fresh = try fresh(tasks, for: job)
        let book: JobBook
        if let known = books[job] {
            book = known
            change(book, to: terms, at: now.timeIntervalSinceReferenceDate)
        } else {
            book = open(job, on: terms, at: now)
        }
        insert(fresh, into: book, at: now)
        refreshAlarm(of: book)
    }

    private mutating func open(_ job: JobID, on terms: JobTerms, at now: Date) -> JobBook {
        jobNumber += 1
        let book = JobBook(job, number: jobNumber, terms: terms, created: now)
        books[job] = book
        order.append(book)
        adopt(terms.key, for: book)
        book.isHeld = !terms.lets(outAt: now)
        book.turn = terms.nextTurn(after: now)?.timeIntervalSinceReferenceDate
        return book
    }

    func fresh(_ tasks: [TaskRequest], for job: JobID) throws(QueueError) -> [TaskRequest] {
        guard !tasks.isEmpty else { return [] }
        let book = books[job]
        let fresh = try TaskBatch(tasks, for: job).fresh(
            request: { name throws(QueueError) in book?[name]?.request },
            exists: { name throws(QueueError) in book?.place(of: name) != nil })
        if !fresh.isEmpty, let book, book.sections.contains(where: { $0.count(.cancelled) > 0 }) {
            throw .jobCancelled(job)
        }
        return fresh
    }

    mutating func insert(_ fresh: [TaskRequest], into book: JobBook, at now: Date) {
        book.reserve(fresh.count)
        let first = book.tasks.count
        let level = book.terms.priorityClass.level
        for request in fresh {
            sequence += 1
            let section = section(for: request, of: book)
            book.append(
                TaskNode(
                    request, index: book.tasks.count, sequence: sequence, section: section, level: level,
                    created: now))
        }
        for index in first..<book.tasks.count {
            link(book.tasks[index], in: book, at: now.timeIntervalSinceReferenceDate)
        }
    }

    private mutating func section(for request: TaskRequest, of book: JobBook) -> Section {
        if let last = book.tasks.last?.section, last.stand.kind == request.kind, last.stand.needs == request.needs {
            return last
        }
        let stand = stands.stand(for: request)
        return book.section(at: stand) { stands.lane(at: stand, key: book.key) }
    }

    /// Registers dependencies once all tasks of a batch are there, since they may name each other in any order.
    private mutating func link(_ node: TaskNode, in book: JobBook, at now: Double) {
        node.dependencies = node.request.after.compactMap(book.place(of:))
        var isBlocked = false
        for index in Set(node.dependencies) {
            let other = book.tasks[index]
            other.dependents.append(node.index)
            if other.state != .succeeded { node.open += 1 }
            if other.state == .failed || other.state == .blocked { isBlocked = true }
        }
        if isBlocked {
            move(node, to: .blocked, at: now)
            block(dependentsOf: node, at: now)
        } else if node.open == 0 {
            move(node, to: .ready, at: now)
        }
    }

    // MARK: Results and workers

    func result(for identity: ContentHash) -> TaskOutcome? { remembered[identity] }

    mutating func remember(_ outcome: TaskOutcome, for identity: ContentHash) { remembered[identity] = outcome }

    mutating func announce(_ worker: WorkerRecord, until: Date) { workers[worker.worker] = (worker, until) }

    mutating func dismiss(worker: String) { workers[worker] = nil }

    mutating func workers(at now: Date) -> [WorkerRecord] {
        workers = workers.filter { $0.value.until > now }
        return workers.values.map(\.record).sorted { $0.worker < $1.worker }
    }
}
