import MezzAnalysis
import MezzCore
import MezzPixels
import Testing

@Suite("Shots of drawn titles")
struct ShotDetectorTests {
    @Test("hard cuts lie on their very frames")
    func cuts() {
        let shots = SyntheticTitle().shot(1, frames: 40).shot(2, frames: 33).shot(3, frames: 50).shots()
        #expect(shots.map(\.frames.first) == [0, 40, 73])
        #expect(shots.map(\.transition) == [.start, .cut, .cut])
        #expect(shots.allSatisfy { $0.confidence > 0.4 && $0.confidence <= 1 && $0.transitionFrames == nil })
    }

    @Test("a flash is not a cut", arguments: 1...4)
    func flash(_ length: Int) {
        let title = SyntheticTitle().shot(1, frames: 40, speed: 0).level(235, frames: length)
            .shot(1, frames: 40, speed: 0)
        #expect(title.shots().count == 1)
    }

    @Test("a strobe is not a row of cuts", arguments: [2, 3, 4])
    func strobe(_ period: Int) {
        var title = SyntheticTitle().shot(1, frames: 30, speed: 0)
        for _ in 0..<8 {
            title = title.level(225, frames: period / 2).shot(1, frames: period - period / 2, speed: 0)
        }
        #expect(title.shot(1, frames: 30, speed: 0).shots().count == 1)
    }

    @Test("a fade through black is one boundary, where the picture comes back")
    func fade() {
        let shots = SyntheticTitle().shot(1, frames: 40, speed: 0).fade(1, frames: 12, out: true)
            .level(16, frames: 6).fade(2, frames: 12, out: false).shot(2, frames: 40, speed: 0).shots()
        #expect(shots.map(\.transition) == [.start, .fade])
        #expect((57...61).contains(shots.last?.frames.first ?? 0))
        let range = shots.last?.transitionFrames
        #expect(abs((range?.first ?? 0) - 40) <= 2 && abs((range?.end ?? 0) - 70) <= 2)
    }

    @Test("a fade through a colour between black bars is one boundary")
    func boxedFade() {
        let shots = SyntheticTitle().shot(1, frames: 40, speed: 0).fade(1, frames: 12, out: true, level: 170)
            .level(170, frames: 3).fade(2, frames: 20, out: false, level: 170).shot(2, frames: 40, speed: 0)
            .changed(0..<115) { _, row, value in row < 9 || row >= 63 ? 16 : value }.shots()
        #expect(shots.map(\.transition) == [.start, .fade])
        #expect((53...60).contains(shots.last?.frames.first ?? 0))
    }

    @Test("a title that begins or ends in black has no boundary there")
    func blackLeader() {
        let title = SyntheticTitle().level(16, frames: 30).fade(2, frames: 12, out: false).shot(2, frames: 60, speed: 0)
            .fade(2, frames: 12, out: true).level(16, frames: 30)
        #expect(title.shots().count == 1)
    }

    @Test("a dissolve is one boundary in its middle, its range known to two frames", arguments: [8, 16, 30, 48])
    func dissolve(_ length: Int) throws {
        let shots = SyntheticTitle().shot(1, frames: 60, speed: 0).dissolve(1, 2, frames: length)
            .shot(2, frames: 60, speed: 0).shots()
        #expect(shots.map(\.transition) == [.start, .dissolve])
        let range = try #require(shots.last?.transitionFrames)
        #expect(abs(range.first - 60) <= 2 && abs(range.end - 60 - length) <= 2)
        #expect(abs((shots.last?.frames.first ?? 0) - 60 - length / 2) <= 2)
    }

    @Test("a pan is one shot, however fast", arguments: [1.0, 4, 12])
    func pan(_ speed: Double) {
        #expect(SyntheticTitle().shot(1, frames: 100, speed: speed).shots().count == 1)
    }

    @Test("no frames have no shots, one is one shot")
    func smallest() {
        #expect(SyntheticTitle().shots().isEmpty)
        for frames in 1...6 {
            let shots = SyntheticTitle().shot(1, frames: frames).shots()
            #expect(shots.map(\.frames) == [FrameRange(first: 0, end: frames)])
            #expect(shots.first?.transition == .start)
        }
    }

    @Test("the result does not hang on how the pictures lie in memory, and a second run gives the same")
    func repeatable() {
        let title = SyntheticTitle().shot(1, frames: 40).dissolve(1, 3, frames: 20).shot(3, frames: 40).shot(
            4, frames: 9)
        #expect(title.shots() == title.shots())
    }

    @Test("shots tile the title, whatever the pictures", arguments: 0..<12 as Range<UInt64>)
    func tiling(_ seed: UInt64) {
        var random = SplitMix(state: seed)
        var title = SyntheticTitle()
        for _ in 0..<Int.random(in: 1...12, using: &random) {
            let frames = Int.random(in: 1...30, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: title = title.noise(frames: frames, &random)
            case 1: title = title.level(UInt8.random(in: 0...255, using: &random), frames: frames)
            case 2: title = title.fade(Int(seed), frames: frames, out: Bool.random(using: &random))
            default: title = title.shot(Int.random(in: 0...9, using: &random), frames: frames, speed: 3)
            }
        }
        Self.expectTiling(title.shots(), frames: title.count)
    }

    @Test("of boundaries closer than the shortest shot the surer stays; none is nearer to either end")
    func minimum() {
        let boundaries = [(1, 0.9), (10, 0.6), (11, 0.8), (30, 0.9), (40, 1)].map { frame, confidence in
            ShotBoundary(
                frame: frame, transition: .cut, range: FrameRange(first: frame, end: frame), confidence: confidence)
        }
        let shots = ShotDetector().shots(boundaries, frames: 41)
        #expect(shots.map(\.frames.first) == [0, 11, 30])
        Self.expectTiling(shots, frames: 41)
    }

    private static func expectTiling(_ shots: [Shot], frames: Int) {
        #expect(shots.map(\.index) == Array(shots.indices))
        #expect(shots.first?.frames.first == 0 && shots.last?.frames.end == frames)
        #expect(zip(shots, shots.dropFirst()).allSatisfy { $0.frames.end == $1.frames.first })
        #expect(shots.allSatisfy { $0.frames.count > 0 && (0...1).contains($0.confidence) })
    }
}
