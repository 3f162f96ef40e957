/// Where a ready task stands among all others; smaller goes first. No two tasks have the same.
struct Rank: Comparable {
    /// The class it has reached: 0 is urgent.
    let level: Int
    /// Seconds since the reference date; infinite without a deadline.
    let deadline: Double
    let priority: Int
    /// Counts the insertions of the whole queue.
    let sequence: Int

    static func < (left: Rank, right: Rank) -> Bool {
        if left.level != right.level { return left.level < right.level }
        if left.deadline != right.deadline { return left.deadline < right.deadline }
        if left.priority != right.priority { return left.priority > right.priority }
        return left.sequence < right.sequence
    }
}

extension PriorityClass {
    /// Its place in the order: 0 is urgent.
    var level: Int {
        switch self {
        case .urgent: 0
        case .standard: 1
        case .backfill: 2
        }
    }
}
