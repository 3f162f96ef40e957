internal import FoundationEssentials
internal import MezzCore

/// The in-memory queue's state machine. Each method is one transaction: it checks everything before it changes
/// anything.
struct QueueState {
    private var books: [JobID: JobBook] = [:]
    private var line = ReadyLine()
    private var sequence = 0
    private var remembered: [ContentHash: TaskOutcome] = [:]

    // MARK: Work

    mutating func submit(_ job: JobID, _ tasks: [TaskRequest], at now: Date) throws(QueueError) {
        let fresh = try fresh(tasks, for: job)
        insert(fresh, into: job, at: now)
    }

    mutating func lease(
        worker: String, freeSlots: Int, kinds: Set<String>?, job: JobID?, until expires: Date, at now: Date
    ) -> LeasedTask? {
        promoteDue(at: now)
        reclaimExpired(at: now)
        let place = line.first { place in
            guard job == nil || place.job == job else { return false }
            guard let request = books[place.job]?.entries[place.name]?.record.request else { return false }
            return request.slots <= freeSlots && (kinds?.contains(request.kind) ?? true)
        }
        guard let place else { return nil }
        move(place.name, of: place.job, to: .running)
        change(place.name, of: place.job) {
            $0.attempts += 1
            $0.worker = worker
            $0.expires = expires
            $0.started = now
        }
        guard let book = books[place.job], let record = book.entries[place.name]?.record else { return nil }
        let inputs = record.request.after.compactMap { name in
            book.entries[name]?.record.result.map {
                TaskInput(name: name, output: $0.output, artifacts: $0.artifacts)
            }
        }
        return LeasedTask(
            job: place.job, request: record.request, inputs: inputs, attempt: record.attempts,
            failures: record.failures, worker: worker, expires: expires)
    }

    mutating func extend(_ task: LeasedTask, until expires: Date) throws(QueueError) {
        try checkHeld(task)
        change(task.request.name, of: task.job) { $0.expires = expires }
    }

    mutating func settle(
        _ task: LeasedTask, as settlement: Settlement, at now: Date, due: Date?
    ) throws(QueueError) {
        try checkHeld(task)
        let name = task.request.name
        switch settlement {
        case .succeeded(let outcome, let identity, let cached):
            let children = try fresh(outcome.children, for: task.job)
            if let identity, !cached { remembered[identity] = outcome }
            move(name, of: task.job, to: .succeeded)
            change(name, of: task.job) {
                $0.finished = now
                $0.failure = nil
                $0.result = TaskResult(
                    output: outcome.output, artifacts: outcome.artifacts, usage: outcome.usage, cached: cached,
                    identity: identity)
            }
            for ready in books[task.job]?.unlock(dependentsOf: name) ?? [] { enqueue(ready, of: task.job) }
            insert(children, into: task.job, at: now)
        case .failed(let failure, _):
            fail(name, of: task.job, with: failure, due: due, at: now)
        case .released:
            move(name, of: task.job, to: .ready)
        }
    }

    // MARK: Inspection

    func status(of job: JobID) throws(QueueError) -> JobStatus {
        let status = try book(of: job).status
        return JobStatus(job: job, kinds: status.kinds, nextDue: status.nextDue, nextExpiry: status.nextExpiry)
    }

    func tasks(of job: JobID) throws(QueueError) -> [TaskRecord] {
        let book = try book(of: job)
        return book.names.compactMap { book.entries[$0]?.record }
    }

    mutating func cancel(_ job: JobID, at now: Date) throws(QueueError) {
        let book = try book(of: job)
        guard try !status(of: job).state.isFinished else { return }
        for name in book.names where book.entries[name]?.record.state.isEnded == false {
            move(name, of: job, to: .cancelled)
            change(name, of: job) { $0.finished = now }
        }
    }

    mutating func retry(_ job: JobID) throws(QueueError) {
        let book = try book(of: job)
        for name in book.names {
            guard let entry = book.entries[name], [.failed, .blocked, .cancelled].contains(entry.record.state) else {
                continue
            }
            change(name, of: job) {
                $0.failures = 0
                $0.finished = nil
            }
            move(name, of: job, to: entry.open == 0 ? .ready : .waiting)
        }
    }

    mutating func releaseAll(heldBy worker: String?) {
        for (job, book) in books {
            for name in book.running where worker == nil || book.entries[name]?.record.worker == worker {
                move(name, of: job, to: .ready)
            }
        }
    }

    mutating func forget(_ job: JobID) throws(QueueError) {
        _ = try book(of: job)
        books[job] = nil
        line.removeAll(of: job)
    }

    // MARK: Results

    func result(for identity: ContentHash) -> TaskOutcome? { remembered[identity] }

    mutating func remember(_ outcome: TaskOutcome, for identity: ContentHash) { remembered[identity] = outcome }
}

extension QueueState {
    private func book(of job: JobID) throws(QueueError) -> JobBook {
        guard let book = books[job] else { throw .unknownJob(job) }
        return book
    }

    private func checkHeld(_ task: LeasedTask) throws(QueueError) {
        let record = books[task.job]?.entries[task.request.name]?.record
        guard record?.state == .running, record?.attempts == task.attempt else {
            throw .leaseLost(task.job, task: task.request.name)
        }
    }

    private func fresh(_ tasks: [TaskRequest], for job: JobID) throws(QueueError) -> [TaskRequest] {
        let book = books[job] ?? JobBook()
        let fresh = try TaskBatch(tasks, for: job).fresh(
            request: { name throws(QueueError) in book.entries[name]?.record.request },
            exists: { name throws(QueueError) in book.entries[name] != nil })
        if !fresh.isEmpty, book.kinds.values.contains(where: { $0[.cancelled] > 0 }) { throw .jobCancelled(job) }
        return fresh
    }

    private mutating func insert(_ fresh: [TaskRequest], into job: JobID, at now: Date) {
        if books[job] == nil { books[job] = JobBook() }
        for request in fresh {
            sequence += 1
            books[job]?.insert(request, sequence: sequence, at: now)
        }
        for request in fresh {
            books[job]?.link(request)
            enqueue(request.name, of: job)
        }
    }

    /// Lines the task up if it is ready.
    private mutating func enqueue(_ name: String, of job: JobID) {
        guard let place = place(of: name, in: job), books[job]?.entries[name]?.record.state == .ready else { return }
        line.insert(place)
    }

    private func place(of name: String, in job: JobID) -> ReadyLine.Place? {
        books[job]?.entries[name].map {
            ReadyLine.Place(job: job, name: name, priority: $0.record.request.priority, sequence: $0.sequence)
        }
    }

    private mutating func move(_ name: String, of job: JobID, to state: TaskState) {
        if books[job]?.entries[name]?.record.state == .ready, let place = place(of: name, in: job) {
            line.remove(place)
        }
        books[job]?.move(name, to: state)
        enqueue(name, of: job)
    }

    private mutating func change(_ name: String, of job: JobID, _ body: (inout TaskRecord) -> Void) {
        books[job]?.change(name, body)
    }

    private mutating func fail(
        _ name: String, of job: JobID, with failure: TaskFailure, due: Date?, at now: Date
    ) {
        change(name, of: job) {
            $0.failures += 1
            $0.failure = failure
        }
        guard let record = books[job]?.entries[name]?.record else { return }
        if let due, record.failures < record.request.maximumAttempts {
            move(name, of: job, to: due > now ? .delayed : .ready)
            if due > now { change(name, of: job) { $0.due = due } }
        } else {
            move(name, of: job, to: .failed)
            change(name, of: job) { $0.finished = now }
            books[job]?.block(dependentsOf: name)
        }
    }

    private mutating func promoteDue(at now: Date) {
        for (job, book) in books {
            for name in book.delayed {
                guard let due = book.entries[name]?.record.due, due <= now else { continue }
                move(name, of: job, to: .ready)
            }
        }
    }

    private mutating func reclaimExpired(at now: Date) {
        for (job, book) in books {
            for name in book.running {
                guard let record = book.entries[name]?.record, let expires = record.expires, expires <= now else {
                    continue
                }
                let failure = TaskFailure.abandoned(task: name, attempts: record.failures + 1)
                fail(name, of: job, with: failure, due: now, at: now)
            }
        }
    }
}
