/// Lines whose tasks are of one kind and size, and of one key or of none.
final class Lane {
    unowned let stand: Stand
    private var lines = LazyHeap<Place>()
    /// The rank under which its stand knows it; `nil` while it takes no part.
    private(set) var head: Rank?
    /// Whether its key is full.
    private(set) var isFull = false

    init(stand: Stand, isFull: Bool) {
        self.stand = stand
        self.isFull = isFull
    }

    func first() -> TaskNode? { lines.first()?.line.first() }

    func insert(_ line: Line, rank: Rank) {
        lines.push(Place(key: rank, line: line))
    }

    func set(isFull: Bool) {
        self.isFull = isFull
        refresh()
    }

    /// Tells the stand about a new head.
    func refresh() {
        let first = isFull ? nil : lines.first()?.key
        guard first != head else { return }
        head = first
        if let first { stand.insert(self, rank: first) }
        stand.refresh()
    }

    private struct Place: LazyEntry {
        let key: Rank
        let line: Line

        var isCurrent: Bool { line.head == key }
    }
}

/// Everything ready that takes the same worker: tasks of one kind and size, of all jobs.
final class Stand {
    let kind: String
    let needs: Capacity
    private var lanes = LazyHeap<Place>()
    /// Its first task's rank.
    private(set) var head: Rank?

    init(kind: String, needs: Capacity) {
        self.kind = kind
        self.needs = needs
    }

    func fits(_ offer: WorkerOffer) -> Bool {
        offer.free.holds(needs) && (offer.kinds?.contains(kind) ?? true)
    }

    func first() -> TaskNode? { lanes.first()?.lane.first() }

    func insert(_ lane: Lane, rank: Rank) {
        lanes.push(Place(key: rank, lane: lane))
    }

    func refresh() {
        head = lanes.first()?.key
    }

    private struct Place: LazyEntry {
        let key: Rank
        let lane: Lane

        var isCurrent: Bool { lane.head == key }
    }
}

/// Stands and lanes by what they are for. Stands stay: there are as many as kinds and sizes of tasks.
struct StandBook {
    private struct Demand: Hashable {
        let kind: String
        let needs: Capacity
    }

    private(set) var stands: [Stand] = []
    private var known: [Demand: Int] = [:]
    private var open: [ObjectIdentifier: Lane] = [:]

    /// The stand for tasks like `request`.
    mutating func stand(for request: TaskRequest) -> Stand {
        let demand = Demand(kind: request.kind, needs: request.needs)
        if let place = known[demand] { return stands[place] }
        let stand = Stand(kind: request.kind, needs: request.needs)
        known[demand] = stands.count
        stands.append(stand)
        return stand
    }

    /// The lane at `stand` for jobs with this key.
    mutating func lane(at stand: Stand, key: KeyBook?) -> Lane {
        if let key { return key.lane(at: stand) }
        if let lane = open[ObjectIdentifier(stand)] { return lane }
        let lane = Lane(stand: stand, isFull: false)
        open[ObjectIdentifier(stand)] = lane
        return lane
    }

    /// The first task that fits.
    func first(for offer: WorkerOffer) -> TaskNode? {
        var best: (stand: Stand, rank: Rank)?
        for stand in stands {
            guard let head = stand.head, best.map({ head < $0.rank }) ?? true, stand.fits(offer) else { continue }
            best = (stand, head)
        }
        return best?.stand.first()
    }
}
