import MezzPipeline
import Testing

@Suite("Spans of bytes")
struct ByteSpansTests {
    @Test("hold and miss what a plain set of numbers holds and misses", arguments: 1...50)
    func againstSet(_ seed: UInt64) {
        var random = Numbers(state: seed)
        var (spans, twin) = (ByteSpans(), Set<Int>())
        for _ in 0..<40 {
            let more = random.ranges(4, below: 200)
            let wanted = ascending(random.ranges(6, below: 220))
            let missing = spans.missing(of: wanted)
            #expect(members(missing) == members(wanted).subtracting(twin))
            #expect(missing.reduce(0) { $0 + $1.count } == members(missing).count)
            spans.insert(more)
            twin.formUnion(members(more))
            #expect(members(spans.spans) == twin)
            #expect(isApart(spans.spans))
            #expect(spans.missing(of: spans.spans).isEmpty)
            if twin.count > 180 { (spans, twin) = (ByteSpans(), []) }
        }
    }

    @Test("an empty set misses everything, and nothing is missed of nothing")
    func empty() {
        #expect(ByteSpans().missing(of: [3..<5, 5..<5, 9..<10]) == [3..<5, 9..<10])
        #expect(ByteSpans().missing(of: []).isEmpty)
        var spans = ByteSpans()
        spans.insert([7..<7])
        #expect(spans == ByteSpans())
    }

    @Test("spans that touch become one")
    func touching() {
        var spans = ByteSpans()
        spans.insert([10..<20, 30..<40])
        spans.insert([20..<30])
        #expect(spans.spans == [10..<40])
    }

    @Test("the largest numbers are numbers too")
    func extremes() {
        var spans = ByteSpans()
        spans.insert([0..<1, Int.max - 1..<Int.max])
        #expect(spans.missing(of: [0..<Int.max]) == [1..<Int.max - 1])
    }

    private func members(_ ranges: [Range<Int>]) -> Set<Int> {
        ranges.reduce(into: []) { $0.formUnion($1) }
    }

    /// The same numbers as ascending ranges that do not overlap, some of which touch.
    private func ascending(_ ranges: [Range<Int>]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            let start = max(range.lowerBound, result.last?.upperBound ?? 0)
            if start < range.upperBound { result.append(start..<range.upperBound) }
        }
        return result
    }

    private func isApart(_ spans: [Range<Int>]) -> Bool {
        zip(spans, spans.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound } && !spans.contains { $0.isEmpty }
    }
}

/// A repeatable source of chance: Knuth's MMIX linear congruence.
private struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 32)
    }

    mutating func ranges(_ count: Int, below limit: Int) -> [Range<Int>] {
        (0..<Int.random(in: 0...count, using: &self)).map { _ in
            let start = Int.random(in: 0..<limit, using: &self)
            return start..<min(limit, start + Int.random(in: 0...20, using: &self))
        }
    }
}
