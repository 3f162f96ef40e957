import MezzMetrics
import MezzTestKit

/// Counts values compared with the golden tables and remembers the largest differences.
struct GoldenTally: CustomStringConvertible {
    struct Group {
        var count = 0
        var largest = 0.0
        var place = ""

        mutating func add(_ difference: Double, _ where: String) {
            count += 1
            guard !(difference <= largest) else { return }
            largest = difference
            place = `where`
        }
    }

    private(set) var integers = Group()
    private(set) var floats = Group()
    private(set) var scores = Group()
    private(set) var pooled = Group()
    private(set) var failures: [String] = []
    /// Golden features that were not measured.
    private(set) var missing: Set<String> = []

    var description: String {
        [("integer features", integers), ("other features", floats), ("scores", scores), ("pooled", pooled)].map {
            "  \($0.0): \($0.1.count) values, largest difference \($0.1.largest) \($0.1.place)"
        }.joined(separator: "\n")
    }

    mutating func add(_ result: FrameScores, _ pair: GoldenPair, _ table: GoldenTable) {
        for frame in table.frames(of: pair.name) where frame < pair.frames {
            for (name, expected) in table.features(of: pair.name, frame: String(frame)) {
                guard let values = result[name] else {
                    missing.insert(name)
                    continue
                }
                compare(values[frame], expected, name, "\(pair.name) \(frame) \(name)")
            }
        }
        for name in result.names {
            guard let pool = result.pooled(name) else { continue }
            for (kind, value) in [
                ("mean", pool.mean), ("harm", pool.harmonicMean), ("min", pool.min), ("max", pool.max),
            ] {
                guard let expected = table[pair.name, kind, name] else { continue }
                pooled.add(abs(value - expected), "\(pair.name) \(kind) \(name)")
            }
        }
    }

    private mutating func compare(_ value: Double, _ expected: Double, _ name: String, _ place: String) {
        let difference = abs(value - expected)
        let limit: Double
        if name.hasPrefix("vmaf") {
            scores.add(difference, place)
            limit = 1e-4
        } else if name.hasPrefix("integer_") || name.hasPrefix("VMAF_integer") {
            integers.add(difference, place)
            limit = 1e-6
        } else {
            floats.add(difference, place)
            limit = 1e-4
        }
        if !(difference <= limit) { failures.append("\(place): \(value), not \(expected)") }
    }
}
