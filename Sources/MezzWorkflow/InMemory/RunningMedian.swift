/// The median of numbers that come one by one: the smaller half and the larger half, each with its inner end in front.
struct RunningMedian {
    private struct Number: LazyEntry {
        let key: Double
        var isCurrent: Bool { true }
    }

    private var smaller = LazyHeap<Number>()
    private var larger = LazyHeap<Number>()

    var count: Int { smaller.entries.count + larger.entries.count }

    /// The middle number, or the mean of the two in the middle.
    var median: Double? {
        guard let low = smaller.entries.first.map({ -$0.key }) else { return nil }
        guard smaller.entries.count == larger.entries.count, let high = larger.entries.first?.key else { return low }
        return (low + high) / 2
    }

    mutating func add(_ value: Double) {
        if let low = smaller.entries.first, value > -low.key {
            larger.push(Number(key: value))
        } else {
            smaller.push(Number(key: -value))
        }
        if smaller.entries.count > larger.entries.count + 1, let low = smaller.entries.first {
            smaller.removeFirst()
            larger.push(Number(key: -low.key))
        } else if larger.entries.count > smaller.entries.count, let high = larger.entries.first {
            larger.removeFirst()
            smaller.push(Number(key: -high.key))
        }
    }
}
