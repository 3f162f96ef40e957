/// Something in a heap that may be overtaken by events.
protocol LazyEntry {
    associatedtype Key: Comparable
    var key: Key { get }
    /// Whether it still tells the truth about what it stands for.
    var isCurrent: Bool { get }
}

/// Entries by key, the smallest first.
///
/// Nothing is taken out of the middle: whatever changes gets a new entry, and the old one is dropped when it comes to
/// the front, or with all its like when they may be half of the heap. So every operation costs O(log n), amortized.
struct LazyHeap<Entry: LazyEntry> {
    /// In no useful order, with those that are out of date.
    private(set) var entries: ContiguousArray<Entry> = []
    private var cleaning = 64

    /// The first entry that is current.
    mutating func first() -> Entry? {
        while let entry = entries.first {
            if entry.isCurrent { return entry }
            removeFirst()
        }
        return nil
    }

    mutating func push(_ entry: Entry) {
        if entries.count >= cleaning { clean() }
        entries.append(entry)
        var index = entries.count - 1
        while index > 0 {
            let parent = (index - 1) / 2
            guard entries[index].key < entries[parent].key else { return }
            entries.swapAt(index, parent)
            index = parent
        }
    }

    /// Takes the front off, current or not.
    mutating func removeFirst() {
        guard !entries.isEmpty else { return }
        entries.swapAt(0, entries.count - 1)
        entries.removeLast()
        sink(0)
    }

    mutating func removeAll() {
        entries = []
        cleaning = 64
    }

    private mutating func sink(_ start: Int) {
        var index = start
        while true {
            var child = 2 * index + 1
            guard child < entries.count else { return }
            if child + 1 < entries.count, entries[child + 1].key < entries[child].key { child += 1 }
            guard entries[child].key < entries[index].key else { return }
            entries.swapAt(child, index)
            index = child
        }
    }

    private mutating func clean() {
        entries.removeAll { !$0.isCurrent }
        for index in stride(from: entries.count / 2 - 1, through: 0, by: -1) { sink(index) }
        cleaning = max(64, 2 * entries.count)
    }
}
