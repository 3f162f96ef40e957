/// A set of bytes of a file, as spans that do not touch each other.
package struct ByteSpans: Hashable, Sendable {
    /// Ascending.
    package private(set) var spans: [Range<Int>] = []

    package init() {}

    /// Adds bytes; the spans may come in any order and overlap.
    package mutating func insert(_ more: [Range<Int>]) {
        var joined: [Range<Int>] = []
        for span in (spans + more).sorted(by: { $0.lowerBound < $1.lowerBound }) where !span.isEmpty {
            if let last = joined.last, span.lowerBound <= last.upperBound {
                joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, span.upperBound)
            } else {
                joined.append(span)
            }
        }
        spans = joined
    }

    /// What of `wanted`, which is ascending, is not in the set.
    package func missing(of wanted: [Range<Int>]) -> [Range<Int>] {
        var missing: [Range<Int>] = []
        var held = spans[...]
        for span in wanted {
            var start = span.lowerBound
            while let first = held.first, first.upperBound <= start { held.removeFirst() }
            for present in held {
                guard present.lowerBound < span.upperBound else { break }
                if present.lowerBound > start { missing.append(start..<present.lowerBound) }
                start = max(start, present.upperBound)
            }
            if start < span.upperBound { missing.append(start..<span.upperBound) }
        }
        return missing
    }
}
