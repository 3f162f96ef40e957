internal import FoundationEssentials

extension QueueState {
    func tasks(of job: JobID) throws(QueueError) -> [TaskRecord] {
        try book(of: job).tasks.map(\.record)
    }

    mutating func cancel(_ job: JobID, at now: Date) throws(QueueError) {
        let book = try book(of: job)
        guard !book.status.state.isFinished else { return }
        for node in book.tasks where !node.state.isEnded {
            move(node, to: .cancelled, at: now.timeIntervalSinceReferenceDate)
            node.finished = now
        }
        refreshAlarm(of: book)
    }

    mutating func retry(_ job: JobID, at now: Date) throws(QueueError) {
        for node in try book(of: job).tasks {
            guard [.failed, .blocked, .cancelled].contains(node.state) else { continue }
            node.failures = 0
            node.finished = nil
            move(node, to: node.open == 0 ? .ready : .waiting, at: now.timeIntervalSinceReferenceDate)
        }
    }

    mutating func releaseAll(heldBy worker: String?, at now: Date) {
        for job in live.values where job.running > 0 {
            for entry in job.expiries.entries {
                guard let hold = entry.node.hold(entry.attempt), worker == nil || hold.worker == worker else {
                    continue
                }
                release(hold, of: entry.node, at: now.timeIntervalSinceReferenceDate)
            }
        }
    }

    mutating func forget(_ job: JobID, at now: Date) throws(QueueError) {
        let book = try book(of: job)
        for node in book.tasks { move(node, to: .cancelled, at: now.timeIntervalSinceReferenceDate) }
        for section in book.sections {
            for line in section.lines { line.close(in: section.lane) }
        }
        leaveKey(of: book)
        book.alarm = nil
        books[job] = nil
        order.removeAll { $0 === book }
    }

    func jobs(limit: Int) -> [JobSummary] {
        order.suffix(max(0, limit)).reversed().map {
            JobSummary(status: $0.status, terms: $0.terms, created: $0.created)
        }
    }

    mutating func depths(at now: Date) -> [QueueDepth] {
        let moment = now.timeIntervalSinceReferenceDate
        sweep(at: moment)
        var depths: [DepthKey: Depth] = [:]
        for job in live.values {
            for section in job.sections {
                let key = DepthKey(priorityClass: job.terms.priorityClass, kind: section.stand.kind)
                depths[key, default: Depth()].add(section, isHeld: job.isHeld)
            }
        }
        return depths.filter { $0.value.isSomething }.map { $0.value.depth(of: $0.key, at: moment) }.sorted {
            ($0.priorityClass.level, $0.kind) < ($1.priorityClass.level, $1.kind)
        }
    }
}

private struct DepthKey: Hashable {
    let priorityClass: PriorityClass
    let kind: String
}

/// A depth in the making.
private struct Depth {
    private var ready = 0
    private var readySlots = 0
    private var held = 0
    private var running = 0
    private var runningSlots = 0
    private var oldest = Double.infinity

    var isSomething: Bool { ready + held + running > 0 }

    mutating func add(_ section: Section, isHeld: Bool) {
        let slots = section.stand.needs.slots
        held += section.count(.delayed)
        running += section.count(.running)
        runningSlots += section.count(.running) * slots
        guard section.count(.ready) > 0 else { return }
        if isHeld {
            held += section.count(.ready)
        } else {
            ready += section.count(.ready)
            readySlots += section.count(.ready) * slots
            for line in section.lines { oldest = min(oldest, line.readySince() ?? .infinity) }
        }
    }

    func depth(of key: DepthKey, at now: Double) -> QueueDepth {
        QueueDepth(
            priorityClass: key.priorityClass, kind: key.kind, ready: ready, readySlots: readySlots, held: held,
            running: running, runningSlots: runningSlots, oldestSeconds: ready == 0 ? 0 : max(0, now - oldest))
    }
}
