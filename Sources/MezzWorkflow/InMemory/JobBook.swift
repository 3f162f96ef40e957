internal import FoundationEssentials

/// One job of the in-memory queue. Moments are seconds since the reference date.
final class JobBook {
    let id: JobID
    let number: Int
    let created: Date
    var terms: JobTerms
    var key: KeyBook?
    /// Whether its terms keep its tasks back.
    var isHeld = false
    /// When that changes by the passing of time.
    var turn: Double?
    private(set) var tasks: ContiguousArray<TaskNode> = []
    private(set) var sections: [Section] = []
    private var places: [String: Int] = [:]
    private var groups: [String: KindGroup] = [:]
    /// Tasks that are ready, delayed or running.
    var live = 0
    var running = 0
    var dues = LazyHeap<DueEntry>()
    var expiries = LazyHeap<ExpiryEntry>()
    /// When the queue looks at it again, as far as the queue was told.
    var alarm: Double?

    init(_ id: JobID, number: Int, terms: JobTerms, created: Date) {
        self.id = id
        self.number = number
        self.terms = terms
        self.created = created
    }

    subscript(name: String) -> TaskNode? { places[name].map { tasks[$0] } }

    func reserve(_ number: Int) {
        guard number > 64 else { return }
        tasks.reserveCapacity(tasks.count + number)
        places.reserveCapacity(places.count + number)
    }

    func append(_ node: TaskNode) {
        places[node.request.name] = tasks.count
        tasks.append(node)
        node.section.enter(.waiting)
    }

    func place(of name: String) -> Int? { places[name] }

    /// The section at `stand`, made with a lane from `lane` when there is none.
    func section(at stand: Stand, lane: () -> Lane) -> Section {
        if let section = sections.first(where: { $0.stand === stand }) { return section }
        let group = groups[stand.kind] ?? KindGroup(job: self, kind: stand.kind)
        groups[stand.kind] = group
        let section = Section(job: self, stand: stand, group: group, lane: lane())
        sections.append(section)
        return section
    }

    /// The rank of a task that has reached `level`.
    func rank(of node: TaskNode) -> Rank {
        Rank(
            level: node.level, deadline: terms.deadline?.timeIntervalSinceReferenceDate ?? .infinity,
            priority: node.request.priority, sequence: node.sequence)
    }

    var hasReady: Bool { sections.contains { $0.count(.ready) > 0 } }

    /// The first moment at which something happens to it by itself.
    func nextAlarm() -> Double? {
        var next = turn ?? .infinity
        if let due = dues.first() { next = min(next, due.key) }
        if let expiry = expiries.first() { next = min(next, expiry.key) }
        return next == .infinity ? nil : next
    }

    var status: JobStatus {
        var kinds: [String: TaskCounts] = [:]
        for section in sections {
            for state in TaskState.allCases where section.count(state) > 0 {
                kinds[section.stand.kind, default: TaskCounts()][state] += section.count(state)
            }
        }
        let letOut = isHeld && hasReady ? turn : nil
        let due = [dues.first()?.key, letOut].compactMap(\.self).min()
        return JobStatus(
            job: id, kinds: kinds, nextDue: due.map(Date.init(timeIntervalSinceReferenceDate:)),
            nextExpiry: expiries.first().map { Date(timeIntervalSinceReferenceDate: $0.key) })
    }
}

/// A delayed task, by when it runs again.
struct DueEntry: LazyEntry {
    let key: Double
    let node: TaskNode

    var isCurrent: Bool { node.due == key }
}

/// A lease, by when it ends.
struct ExpiryEntry: LazyEntry {
    let key: Double
    let node: TaskNode
    let attempt: Int

    var isCurrent: Bool { node.hold(attempt)?.expires == key }
}

/// A job, by when the queue has to look at it.
struct JobAlarm: LazyEntry {
    let key: Double
    let job: JobBook

    var isCurrent: Bool { job.alarm == key }
}

/// A line, by when its oldest task moves up.
struct AgeAlarm: LazyEntry {
    let key: Double
    let line: Line
    let section: Section

    var isCurrent: Bool { line.agesAt == key }
}
