import MezzCore

/// Which copies a cache holds, in the order of their last use.
struct CacheBook {
    private var entries: [ContentHash: (bytes: Int, turn: Int)] = [:]
    private var turn = 0
    private(set) var bytes = 0

    /// Notes that a copy is there and was used.
    mutating func note(_ hash: ContentHash, bytes size: Int) {
        turn += 1
        bytes += size - (entries[hash]?.bytes ?? 0)
        entries[hash] = (size, turn)
    }

    mutating func forget(_ hash: ContentHash) {
        bytes -= entries.removeValue(forKey: hash)?.bytes ?? 0
    }

    /// Notes a new copy; returns those that have to go so that all fit into `limit` bytes. The new one stays.
    mutating func admit(_ hash: ContentHash, bytes size: Int, limit: Int) -> [ContentHash] {
        note(hash, bytes: size)
        guard bytes > limit else { return [] }
        var evicted: [ContentHash] = []
        // Down to nine tenths, so that not every further copy sorts the book again.
        for (old, _) in entries.sorted(by: { $0.value.turn < $1.value.turn }) where old != hash {
            guard bytes > limit / 10 * 9 else { break }
            forget(old)
            evicted.append(old)
        }
        return evicted
    }
}
