/// A job's tasks of one kind with one size.
final class Section {
    unowned let job: JobBook
    let stand: Stand
    let group: KindGroup
    /// Ready tasks by the class they have reached.
    let lines: [Line]
    /// Where the lines' heads compete with those of other jobs.
    var lane: Lane
    private(set) var counts = ContiguousArray(repeating: 0, count: TaskState.allCases.count)

    init(job: JobBook, stand: Stand, group: KindGroup, lane: Lane) {
        self.job = job
        self.stand = stand
        self.group = group
        self.lane = lane
        self.lines = PriorityClass.allCases.map { Line(level: $0.level) }
    }

    func count(_ state: TaskState) -> Int { counts[state.place] }

    func enter(_ state: TaskState) {
        counts[state.place] += 1
        if state == .ready { group.ready += 1 }
        if state == .running { group.running += 1 }
    }

    func leave(_ state: TaskState) {
        counts[state.place] -= 1
        if state == .ready { group.ready -= 1 }
        if state == .running { group.running -= 1 }
    }

    /// The first of its ready tasks, in whatever class.
    func first() -> TaskNode? {
        for line in lines {
            if let first = line.first() { return first }
        }
        return nil
    }
}

/// A job's tasks of one kind, whatever their size: what decides which of them are slow.
final class KindGroup {
    unowned let job: JobBook
    let kind: String
    var ready = 0
    var running = 0
    /// Seconds that finished tasks took.
    var times = RunningMedian()
    /// Running tasks that one worker holds.
    var single = LazyHeap<SingleHold>()
    /// Its place among the groups that have nothing ready but something running.
    var place: Int?

    init(job: JobBook, kind: String) {
        self.job = job
        self.kind = kind
    }
}

/// A running task with one holder, by when he began.
struct SingleHold: LazyEntry {
    let key: Double
    let node: TaskNode
    let attempt: Int

    var isCurrent: Bool { node.state == .running && node.newer == nil && node.older?.attempt == attempt }
}

extension TaskState {
    /// Its place in an array of counts.
    var place: Int {
        switch self {
        case .waiting: 0
        case .ready: 1
        case .delayed: 2
        case .running: 3
        case .succeeded: 4
        case .failed: 5
        case .blocked: 6
        case .cancelled: 7
        }
    }
}
