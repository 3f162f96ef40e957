import MezzCore
import MezzPipeline
import Testing

@Suite("The digest of the quick effort")
struct DigestTests {
    @Test("a short title is tried whole")
    func short() {
        let digest = Digest(
            of: Self.units([50, 50, 50]), complexity: Self.plain([1, 2, 3]), windowFrames: 24, share: 0.2)
        #expect(digest.standIns == [0, 1, 2])
    }

    @Test("a part is tried, one unit of each stratum of complexity, whatever their order")
    func balanced() {
        let scores = [90, 5, 40, 92, 6, 41, 91, 4, 42, 89, 7, 43].map(Double.init)
        let digest = Digest(
            of: Self.units(Array(repeating: 50, count: 12)), complexity: Self.plain(scores), windowFrames: 20,
            share: 0.2)
        #expect(digest.tried.map { scores[$0] < 10 ? 0 : scores[$0] < 50 ? 1 : 2 }.sorted() == [0, 0, 1, 1, 2, 2])
        // Every unit has a stand-in of its own kind.
        for (unit, stand) in digest.standIns.enumerated() { #expect(abs(scores[unit] - scores[stand]) < 10) }
    }

    @Test("tried units stand for themselves, and no more frames are tried than the share allows")
    func share() {
        let counts = (0..<200).map { 24 + $0 % 60 }
        let scores = (0..<200).map { Double(($0 * 37) % 100) }
        let digest = Digest(of: Self.units(counts), complexity: Self.plain(scores), windowFrames: 24, share: 0.2)
        for unit in digest.tried { #expect(digest.standIns[unit] == unit) }
        #expect(digest.tried.count * 24 <= counts.reduce(0, +) / 5)
        #expect(digest.tried.count > 40)
    }

    @Test("complexities that are missing or zero are no harm", arguments: [0, 5])
    func missing(_ known: Int) {
        let digest = Digest(
            of: Self.units(Array(repeating: 100, count: 20)), complexity: Self.plain(Array(repeating: 0, count: known)),
            windowFrames: 24, share: 0.1)
        #expect(digest.standIns.count == 20)
        #expect(digest.standIns.allSatisfy { (0..<20).contains($0) })
    }

    private static func units(_ frames: [Int]) -> [EncodingUnit] {
        var first = 0
        return frames.enumerated().map { index, count in
            defer { first += count }
            return EncodingUnit(index: index, frames: FrameRange(first: first, end: first + count), shots: [index])
        }
    }

    private static func plain(_ scores: [Double]) -> [ShotComplexity] {
        scores.map {
            ShotComplexity(
                spatial: $0, temporal: $0 / 10, si: 0, ti: 0, grain: 0, luminance: 100, colourfulness: 0, score: $0,
                isStatic: false, isBlack: false, bars: nil, samples: 1)
        }
    }
}
