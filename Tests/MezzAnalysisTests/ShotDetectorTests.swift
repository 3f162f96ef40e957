import Foundation
import MezzAnalysis
import MezzCore
import MezzPixels
import Testing

@Suite("Shots of an index")
struct ShotDetectorTests {
    @Test("hard cuts lie on their very frames")
    func cuts() throws {
        let index = try SyntheticTitle().shot(1, frames: 40).shot(2, frames: 33).shot(3, frames: 50).index()
        let shots = Self.shots(index)
        #expect(shots.map(\.frames.first) == [0, 40, 73])
        #expect(shots.map(\.transition) == [.start, .cut, .cut])
        #expect(shots.allSatisfy { $0.confidence > 0.4 && $0.confidence <= 1 })
    }

    @Test("a flash is not a cut", arguments: 1...3)
    func flash(_ length: Int) throws {
        let index = try SyntheticTitle().shot(1, frames: 40, speed: 0).level(250, frames: length)
            .shot(1, frames: 40, speed: 0).index()
        #expect(Self.shots(index).count == 1)
    }

    @Test("a fade through black is one boundary, where the picture comes back")
    func fade() throws {
        let index = try SyntheticTitle().shot(1, frames: 40, speed: 0).fade(1, frames: 12, out: true).level(
            16, frames: 6
        )
        .fade(2, frames: 12, out: false).shot(2, frames: 40).index()
        let shots = Self.shots(index)
        #expect(shots.count == 2)
        #expect(shots.last?.transition == .fade)
        #expect((58...62).contains(shots.last?.frames.first ?? 0))
    }

    @Test("a title that begins in black has no boundary there")
    func blackLeader() throws {
        let index = try SyntheticTitle().level(16, frames: 30).fade(2, frames: 12, out: false).shot(2, frames: 60)
            .index()
        #expect(Self.shots(index).count == 1)
    }

    @Test("a pan is one shot, however fast", arguments: [1.0, 4, 12])
    func pan(_ speed: Double) throws {
        #expect(Self.shots(try SyntheticTitle().shot(1, frames: 100, speed: speed).index()).count == 1)
    }

    @Test("no shot is shorter than the minimum, to the title's ends too")
    func minimum() throws {
        var title = SyntheticTitle()
        for number in 0..<30 { title = title.shot(number, frames: 5) }
        let shots = Self.shots(try title.index())
        #expect(shots.allSatisfy { $0.frames.count >= 12 })
        Self.expectTiling(shots, frames: 150)
    }

    @Test("an empty index has no shots, one frame is one shot")
    func smallest() throws {
        #expect(Self.shots(FrameIndex()).isEmpty)
        for frames in 1...12 {
            let shots = Self.shots(try SyntheticTitle().shot(1, frames: frames).index())
            #expect(shots.map(\.frames) == [FrameRange(first: 0, end: frames)])
            #expect(shots.first?.transition == .start)
        }
    }

    @Test("shots tile the title, whatever the index says", arguments: 0..<60 as Range<UInt64>)
    func tiling(_ seed: UInt64) throws {
        var random = SplitMix(state: seed)
        let count = Int.random(in: 1...200, using: &random)
        let odd: [Float] = [0, .nan, .infinity, -.infinity, -5, 255]
        let entries = try (0..<count).map { _ in
            let values = (0..<64).map { _ in Int16.random(in: .min ... .max, using: &random) }
            let isOdd = Int.random(in: 0..<10, using: &random) == 0
            return FrameIndex.Entry(
                hash: 0, fingerprint: try #require(Fingerprint(values: values)),
                lumaMean: Float.random(in: 0...255, using: &random),
                lumaDeviation: Float.random(in: 0...10, using: &random),
                change: isOdd ? odd.randomElement(using: &random) ?? 0 : Float.random(in: 0...60, using: &random))
        }
        let rate = try #require(Rational([1, 24000, 120, 300].randomElement(using: &random) ?? 1, 1001))
        let shots = ShotDetector().shots(of: FrameIndex(entries: entries), frameRate: rate)
        Self.expectTiling(shots, frames: count)
        #expect(shots.allSatisfy { (0...1).contains($0.confidence) })
    }

    private static func shots(_ index: FrameIndex) -> [Shot] {
        ShotDetector().shots(of: index, frameRate: Rational(24))
    }

    private static func expectTiling(_ shots: [Shot], frames: Int) {
        #expect(shots.map(\.index) == Array(shots.indices))
        #expect(shots.first?.frames.first == 0 && shots.last?.frames.end == frames)
        #expect(zip(shots, shots.dropFirst()).allSatisfy { $0.frames.end == $1.frames.first })
        #expect(shots.allSatisfy { $0.frames.count > 0 })
    }
}

/// Frame indexes of pictures that are drawn in the test.
struct SyntheticTitle {
    private var frames: [[UInt8]] = []

    /// A scene of soft waves, told apart by its number, that moves at `speed` samples a frame.
    func shot(_ number: Int, frames count: Int, speed: Double = 1) -> SyntheticTitle {
        adding((0..<count).map { Self.scene(number, at: Double($0) * speed, gain: 1) })
    }

    func fade(_ number: Int, frames count: Int, out: Bool) -> SyntheticTitle {
        adding((0..<count).map { Self.scene(number, at: 0, gain: Double(out ? count - $0 : $0) / Double(count)) })
    }

    func level(_ value: UInt8, frames count: Int) -> SyntheticTitle {
        adding([[UInt8]](repeating: [UInt8](repeating: value, count: Thumbnail.lumaBytes), count: count))
    }

    func index() throws -> FrameIndex {
        var entries: [FrameIndex.Entry] = []
        for (number, luma) in frames.enumerated() {
            let mean = luma.reduce(0.0) { $0 + Double($1) } / Double(luma.count)
            let squares = luma.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(luma.count)
            let change = number == 0 ? 0 : zip(luma, frames[number - 1]).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
            entries.append(
                FrameIndex.Entry(
                    hash: luma.withUnsafeBytes { FrameHash.of($0) },
                    fingerprint: luma.withUnsafeBytes { Fingerprint(luma: $0) },
                    lumaMean: Float(mean), lumaDeviation: Float(max(0, squares - mean * mean).squareRoot()),
                    change: Float(change) / Float(luma.count)))
        }
        return FrameIndex(entries: entries)
    }

    private func adding(_ more: [[UInt8]]) -> SyntheticTitle {
        var title = self
        title.frames += more
        return title
    }

    private static func scene(_ number: Int, at moved: Double, gain: Double) -> [UInt8] {
        let angle = Double(number) * 2.4
        let (across, down) = (cos(angle) * 0.09, sin(angle) * 0.12)
        var luma: [UInt8] = []
        luma.reserveCapacity(Thumbnail.lumaBytes)
        for y in 0..<Thumbnail.height {
            for x in 0..<Thumbnail.width {
                let wave = sin((Double(x) + moved) * across + Double(y) * down + angle)
                let level = 90 + 40 * cos(angle * 3) + 70 * wave
                luma.append(UInt8(min(255, max(0, 16 + (level - 16) * gain))))
            }
        }
        return luma
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
