/// Ready tasks of one section that have reached the same class.
///
/// Three steps lead from here to the task that is given out: the head of each line competes in its lane, the head of
/// each lane at its stand, and a lease compares the stands that fit the offer. A job that is kept back takes its lines
/// out of their lanes, and a full key its lanes off their stands; nobody walks over their tasks.
final class Line {
    let level: Int
    private var places = LazyHeap<Place>()
    private var arrivals = Arrivals()
    /// The rank under which its lane knows it; `nil` while it takes no part.
    private(set) var head: Rank?
    /// When its oldest task moves up, as far as anybody was told.
    var agesAt: Double?

    init(level: Int) {
        self.level = level
    }

    func first() -> TaskNode? { places.first()?.node }

    /// The task that has been longest in the class, and since when.
    func oldest() -> (node: TaskNode, since: Double)? { arrivals.first() }

    /// Since when the task that has been longest in the class has been ready.
    func readySince() -> Double? { arrivals.first().map { max($0.node.ready, arrivals.floor) } }

    /// Ready tasks, in no order.
    var nodes: [TaskNode] { places.entries.lazy.filter(\.isCurrent).map(\.node) }

    func insert(_ node: TaskNode, rank: Rank) {
        node.rank = rank
        places.push(Place(key: rank, node: node))
        arrivals.append(node)
    }

    /// Tells the lane about a new head.
    func refresh(in lane: Lane, isHeld: Bool) {
        let first = isHeld ? nil : places.first()?.key
        guard first != head else { return }
        head = first
        if let first { lane.insert(self, rank: first) }
        lane.refresh()
    }

    /// Makes waiting count from `moment` at the earliest.
    func restart(at moment: Double) { arrivals.floor = moment }

    /// Takes it out of everything.
    func close(in lane: Lane) {
        for node in nodes { node.rank = nil }
        places.removeAll()
        arrivals = Arrivals(floor: arrivals.floor)
        agesAt = nil
        refresh(in: lane, isHeld: true)
    }

    private struct Place: LazyEntry {
        let key: Rank
        let node: TaskNode

        var isCurrent: Bool { node.rank == key }
    }
}

/// The tasks of a line in the order in which they came.
private struct Arrivals {
    private struct Arrival {
        let node: TaskNode
        let rank: Rank
        let since: Double

        var isCurrent: Bool { node.rank == rank && node.since == since }
    }

    /// No task counts as having come earlier.
    var floor: Double
    private var entries: ContiguousArray<Arrival> = []
    private var start = 0
    private var cleaning = 64

    init(floor: Double = -.infinity) {
        self.floor = floor
    }

    mutating func append(_ node: TaskNode) {
        guard let rank = node.rank else { return }
        if entries.count >= cleaning { clean() }
        entries.append(Arrival(node: node, rank: rank, since: node.since))
    }

    mutating func first() -> (node: TaskNode, since: Double)? {
        while start < entries.count {
            let entry = entries[start]
            if entry.isCurrent { return (entry.node, max(entry.since, floor)) }
            start += 1
        }
        return nil
    }

    private mutating func clean() {
        entries.removeSubrange(..<start)
        entries.removeAll { !$0.isCurrent }
        start = 0
        cleaning = max(64, 2 * entries.count)
    }
}
