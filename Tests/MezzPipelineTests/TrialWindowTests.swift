import MezzCore
import MezzPipeline
import MezzPixels
import Testing

@Suite("Trial windows")
struct TrialWindowTests {
    /// Frames with the given change and deviation.
    private static func index(_ frames: [(change: Float, deviation: Float)]) throws -> FrameIndex {
        let blank = try #require(Fingerprint(values: [Int16](repeating: 0, count: Fingerprint.coefficients)))
        return FrameIndex(
            entries: frames.map {
                .init(hash: 0, fingerprint: blank, lumaMean: 100, lumaDeviation: $0.deviation, change: $0.change)
            })
    }

    @Test("of a unit where nothing changes the middle is taken; a short one is taken whole")
    func middle() throws {
        let window = TrialWindow(index: try Self.index(.init(repeating: (2, 30), count: 300)), shotStarts: [0])
        #expect(window.choose(in: FrameRange(first: 100, end: 200), length: 72) == FrameRange(first: 114, end: 186))
        for unit in [FrameRange(first: 3, end: 4), FrameRange(first: 3, end: 75)] {
            #expect(window.choose(in: unit, length: 72) == unit)
        }
    }

    @Test("a unit that moves at its ends only is not judged by its still middle")
    func motion() throws {
        let frames: [(change: Float, deviation: Float)] = (0..<200).map { ($0 < 60 || $0 >= 140 ? 8 : 0, 30) }
        let window = TrialWindow(index: try Self.index(frames), shotStarts: [0])
        let chosen = window.choose(in: FrameRange(first: 0, end: 200), length: 72)
        // 60% of the unit moves.
        let moving = chosen.indices.count { frames[$0].change > 0 }
        #expect(abs(Double(moving) / 72 - 0.6) < 0.1)
    }

    @Test("cuts inside a unit are not motion")
    func cuts() throws {
        let cuts: Set<Int> = [0, 20, 40]
        let frames: [(change: Float, deviation: Float)] = (0..<200).map { (cuts.contains($0) ? 90 : 2, 30) }
        let window = TrialWindow(index: try Self.index(frames), shotStarts: cuts)
        #expect(window.choose(in: FrameRange(first: 0, end: 200), length: 100) == FrameRange(first: 50, end: 150))
    }

    @Test("a window lies inside its unit and has the length asked for", arguments: [1, 2, 71, 73, 100, 5000])
    func inside(_ length: Int) throws {
        let frames: [(change: Float, deviation: Float)] = (0..<400).map { (Float($0 % 7), Float($0 % 90)) }
        let window = TrialWindow(index: try Self.index(frames), shotStarts: [])
        let unit = FrameRange(first: 37, end: 337)
        let chosen = window.choose(in: unit, length: length)
        #expect(chosen.count == min(length, unit.count) && chosen.first >= unit.first && chosen.end <= unit.end)
    }
}
