import MezzCore
import MezzPipeline
import Testing

@Suite("The key frame grid")
struct SegmentPlanTests {
    @Test("stands every segment where there are no cuts")
    func grid() {
        let plan = Self.plan([0], frames: 250, rate: 25, seconds: 2)
        #expect(plan.segmentFrames == 50)
        #expect(plan.keyFrames == [0, 50, 100, 150, 200])
    }

    @Test("has a key frame at each shot, and keeps its grid inside shots")
    func shots() {
        #expect(Self.plan([0, 70, 130], frames: 200, rate: 25, seconds: 2).keyFrames == [0, 50, 70, 100, 130, 150])
    }

    @Test("keeps a grid point beside a shot's start: every segment begins on the grid")
    func beside() {
        #expect(Self.plan([0, 5, 55], frames: 120, rate: 25, seconds: 2).keyFrames == [0, 5, 50, 55, 100])
    }

    @Test(
        "film rates round to whole frames",
        arguments: [(24000, 1001, 4.0, 96), (30000, 1001, 4.0, 120), (25, 1, 0.5, 13), (1, 1, 0.5, 1)])
    func rounding(_ top: Int64, _ bottom: Int64, _ seconds: Double, _ frames: Int) throws {
        let plan = SegmentPlan(
            shots: [], frames: 1000, frameRate: try #require(Rational(top, bottom)), segmentSeconds: seconds)
        #expect(plan.segmentFrames == frames)
    }

    @Test("one frame, no shots: the first frame is a key frame", arguments: [1, 2, 50])
    func smallest(_ frames: Int) {
        #expect(Self.plan([], frames: frames, rate: 25, seconds: 2).keyFrames == [0])
    }

    @Test(
        "ascends from 0, holds every shot's start, and is nowhere more than a segment apart",
        arguments: 0..<200 as Range<UInt64>)
    func properties(_ seed: UInt64) {
        var random = SplitMix(state: seed)
        let frames = Int.random(in: 1...2000, using: &random)
        let starts = Set(
            [0] + (0..<Int.random(in: 0...60, using: &random)).map { _ in Int.random(in: 0..<frames, using: &random) })
        let plan = Self.plan(
            starts.sorted(), frames: frames, rate: 24, seconds: Double.random(in: 0.5...6, using: &random))
        let keys = plan.keyFrames
        #expect(keys.first == 0 && keys == Set(keys).sorted())
        #expect(starts.isSubset(of: keys) && keys.allSatisfy { $0 < frames })
        #expect(zip(keys, keys.dropFirst() + [frames]).allSatisfy { $1 - $0 <= plan.segmentFrames })
    }

    private static func plan(_ starts: [Int], frames: Int, rate: Int64, seconds: Double) -> SegmentPlan {
        SegmentPlan(
            shots: Shot.tiling(starts, frames: frames), frames: frames, frameRate: Rational(rate),
            segmentSeconds: seconds)
    }
}

@Suite("Units and chunks")
struct TilingTests {
    @Test("short shots share a unit with what follows, a short last one with what went before")
    func units() {
        let units = EncodingUnit.units(of: Shot.tiling([0, 10, 20, 80, 110, 190], frames: 200), minimumFrames: 24)
        #expect(units.map(\.frames.first) == [0, 80, 110])
        #expect(units.map(\.shots) == [[0, 1, 2], [3], [4, 5]])
    }

    @Test("no shots, no units; one short shot is one unit")
    func smallest() {
        #expect(EncodingUnit.units(of: [], minimumFrames: 24).isEmpty)
        #expect(EncodingUnit.units(of: Shot.tiling([0], frames: 3), minimumFrames: 24).map(\.frames.count) == [3])
    }

    @Test(
        "tile the title; units keep their least length, chunks begin at key frames", arguments: 0..<200 as Range<UInt64>
    )
    func properties(_ seed: UInt64) {
        var random = SplitMix(state: seed)
        let frames = Int.random(in: 1...3000, using: &random)
        let starts = Set(
            [0] + (0..<Int.random(in: 0...80, using: &random)).map { _ in Int.random(in: 0..<frames, using: &random) })
        let shots = Shot.tiling(starts.sorted(), frames: frames)
        let minimum = Int.random(in: 1...60, using: &random)
        let units = EncodingUnit.units(of: shots, minimumFrames: minimum)
        Self.expectTiling(units.map(\.frames), frames)
        #expect(units.flatMap(\.shots) == shots.map(\.index) && units.map(\.index) == Array(units.indices))
        #expect(units.count == 1 || units.allSatisfy { $0.frames.count >= minimum })
        let plan = SegmentPlan(shots: shots, frames: frames, frameRate: Rational(24), segmentSeconds: 4)
        let maximum = Int.random(in: plan.segmentFrames...500, using: &random)
        for separate in [true, false] {
            let chunks = Chunk.chunks(of: units, plan: plan, separate: separate, maximumFrames: maximum)
            Self.expectTiling(chunks.map(\.frames), frames)
            #expect(chunks.map(\.index) == Array(chunks.indices))
            #expect(Set(chunks.map(\.frames.first)).isSubset(of: plan.keyFrames))
            #expect(chunks.allSatisfy { $0.frames.count <= maximum })
            #expect(!separate || chunks.allSatisfy { $0.units.count == 1 })
            for chunk in chunks {
                let held = units.filter { $0.frames.first < chunk.frames.end && chunk.frames.first < $0.frames.end }
                #expect(chunk.units == held.map(\.index))
            }
        }
    }

    private static func expectTiling(_ ranges: [FrameRange], _ frames: Int) {
        #expect(ranges.first?.first == 0 && ranges.last?.end == frames)
        #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.end == $1.first })
        #expect(ranges.allSatisfy { $0.count > 0 })
    }
}

extension Shot {
    /// Shots that begin at `starts` and fill the title.
    static func tiling(_ starts: [Int], frames: Int) -> [Shot] {
        zip(starts, starts.dropFirst() + [frames]).enumerated().map { index, pair in
            Shot(index: index, frames: FrameRange(first: pair.0, end: pair.1), transition: .cut, confidence: 1)
        }
    }
}

struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z &>> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z &>> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z &>> 31)
    }
}
