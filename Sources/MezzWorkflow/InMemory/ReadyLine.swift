/// Ready tasks in the order in which they are given out. The first stands at the end, where removing is cheap.
struct ReadyLine {
    struct Place: Equatable {
        let job: JobID
        let name: String
        let priority: Int
        let sequence: Int

        func isAfter(_ other: Place) -> Bool {
            priority == other.priority ? sequence > other.sequence : priority < other.priority
        }
    }

    private var places: [Place] = []

    /// Where `place` stands or would have to.
    private func position(of place: Place) -> Int {
        var low = 0
        var high = places.count
        while low < high {
            let middle = (low + high) / 2
            if places[middle].isAfter(place) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    mutating func insert(_ place: Place) {
        places.insert(place, at: position(of: place))
    }

    mutating func remove(_ place: Place) {
        let index = position(of: place)
        if index < places.count, places[index] == place { places.remove(at: index) }
    }

    mutating func removeAll(of job: JobID) {
        places.removeAll { $0.job == job }
    }

    func first(where isWanted: (Place) -> Bool) -> Place? {
        places.last(where: isWanted)
    }
}
