import MezzCore
import Testing

/// Sudden things that are no change of shot: the title is one shot with them, and a cut beside them is still found.
@Suite("Shots of disturbed titles")
struct ShotDisturbanceTests {
    typealias View = SyntheticTitle.View

    @Test("a strobe of 12 Hz over a moving picture is no cut; the cut after it is", arguments: [0.0, 1, 3])
    func strobe(_ speed: Double) {
        let title = SyntheticTitle().shot(1, frames: 80, speed: speed).shot(2, frames: 40)
            .changed(20..<60) { frame, _, value in frame % 2 == 0 ? value + (235 - value) * 0.8 : value }
        #expect(title.shots().map(\.frames.first) == [0, 80])
    }

    @Test("a flash of one to three frames in a moving picture is no cut", arguments: [1, 2, 3], [1.0, 4])
    func flash(_ length: Int, _ speed: Double) {
        let title = SyntheticTitle().shot(1, frames: 80, speed: speed)
            .changed(40..<40 + length) { _, _, value in value + (235 - value) * 0.9 }
        #expect(title.shots().count == 1)
    }

    @Test("a lamp that is put out is no cut", arguments: [0.35, 0.5, 0.7])
    func light(_ gain: Double) {
        let title = SyntheticTitle().shot(1, frames: 80).changed(40..<80) { _, _, value in 16 + (value - 16) * gain }
        #expect(title.shots().count == 1)
    }

    @Test("heavy grain makes no cut and hides none", arguments: [6.0, 14, 24])
    func grain(_ strength: Double) {
        var random = SplitMix(state: 7)
        let title = SyntheticTitle().shot(1, frames: 60).shot(2, frames: 60)
            .changed(0..<120) { _, _, value in value + Double.random(in: -1...1, using: &random) * strength }
        #expect(title.shots().map(\.frames.first) == [0, 60])
    }

    @Test("a slow zoom is one shot", arguments: [0.004, 0.01])
    func zoom(_ rate: Double) {
        let title = SyntheticTitle().shot(1, frames: 120) { View(distance: 1 / (1 + rate * Double($0))) }
        #expect(title.shots().count == 1)
    }

    @Test("a hand-held camera makes one shot", arguments: [1.0, 3, 5])
    func shake(_ reach: Double) {
        var random = SplitMix(state: 11)
        let title = SyntheticTitle().shot(1, frames: 100) { _ in
            View(
                x: Double.random(in: -reach...reach, using: &random),
                y: Double.random(in: -reach...reach, using: &random))
        }
        #expect(title.shots().count == 1)
    }

    @Test("a camera that starts to pan, runs and stops makes one shot")
    func whip() {
        let title = SyntheticTitle().shot(1, frames: 90) { frame in
            View(x: frame < 30 ? 0 : Double(min(frame, 60) - 30) * 14)
        }
        #expect(title.shots().count == 1)
    }

    @Test("cuts between letterboxed pictures lie on their frames; bars that come or go are no reason to miss one")
    func letterbox() {
        let boxed = SyntheticTitle().shot(1, frames: 40).shot(2, frames: 40).shot(3, frames: 40)
            .changed(0..<120) { _, row, value in row < 9 || row >= 63 ? 16 : value }
        #expect(boxed.shots().map(\.frames.first) == [0, 40, 80])
        let halfway = SyntheticTitle().shot(1, frames: 40).shot(2, frames: 40)
            .changed(40..<80) { _, row, value in row < 9 || row >= 63 ? 16 : value }
        #expect(halfway.shots().map(\.frames.first) == [0, 40])
    }

    @Test("one frame of rubbish is a fault of the source and no shot")
    func fault() {
        var random = SplitMix(state: 3)
        let title = SyntheticTitle().shot(1, frames: 40).noise(frames: 1, &random).shot(1, frames: 40) {
            View(x: Double($0 + 41))
        }
        #expect(title.shots().count == 1)
    }

    @Test("dissolves and wipes of five to ten frames are one boundary inside them", arguments: 5...10)
    func shortTransitions(_ length: Int) {
        let dissolve = SyntheticTitle().shot(1, frames: 60, speed: 0).dissolve(1, 2, frames: length)
            .shot(2, frames: 60, speed: 0)
        let wipe = SyntheticTitle().shot(1, frames: 60, speed: 0).wipe(1, 2, frames: length)
            .shot(2, frames: 60, speed: 0)
        for title in [dissolve, wipe] {
            let firsts = title.shots().map(\.frames.first)
            #expect(firsts.count == 2 && (58...62 + length).contains(firsts.last ?? 0), "\(firsts)")
        }
    }

    @Test("shots of a few frames are shots", arguments: [4, 6, 10])
    func rapid(_ length: Int) {
        var title = SyntheticTitle().shot(0, frames: 40)
        for number in 1...6 { title = title.shot(number, frames: length) }
        let shots = title.shot(7, frames: 40).shots()
        #expect(shots.map(\.frames.first) == [0] + (0...6).map { 40 + $0 * length })
    }
}
