/// An exclusive key: how many tasks run under it and may.
final class KeyBook {
    let name: String
    /// How many jobs have it.
    var jobs = 0
    private(set) var limit: Int
    private(set) var running = 0
    private var lanes: [ObjectIdentifier: Lane] = [:]

    init(_ key: ExclusiveKey) {
        self.name = key.name
        self.limit = key.limit
    }

    var isFull: Bool { running >= limit }

    func lane(at stand: Stand) -> Lane {
        if let lane = lanes[ObjectIdentifier(stand)] { return lane }
        let lane = Lane(stand: stand, isFull: isFull)
        lanes[ObjectIdentifier(stand)] = lane
        return lane
    }

    /// Counts tasks that begin (or end, below 0) to run; returns whether there is room now that was not there before.
    func run(_ number: Int) -> Bool { change { $0.running += number } }

    /// The same for another limit.
    func set(limit: Int) -> Bool { change { $0.limit = limit } }

    private func change(_ body: (KeyBook) -> Void) -> Bool {
        let wasFull = isFull
        body(self)
        guard isFull != wasFull else { return false }
        for lane in lanes.values { lane.set(isFull: isFull) }
        return wasFull
    }
}
