/// A set of workers by number that is gone through in an order that depends on its history alone: a `Set` has another
/// order in each process, and a simulation must not.
struct IdleList {
    private(set) var members: [Int] = []
    private var places: [Int?]

    init(workers: Int) {
        places = Array(repeating: nil, count: workers)
    }

    mutating func insert(_ worker: Int) {
        guard places[worker] == nil else { return }
        places[worker] = members.count
        members.append(worker)
    }

    mutating func remove(_ worker: Int) {
        guard let place = places[worker], let last = members.last else { return }
        members[place] = last
        places[last] = place
        members.removeLast()
        places[worker] = nil
    }
}
