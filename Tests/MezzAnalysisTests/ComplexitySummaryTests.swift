import MezzAnalysis
import MezzCore
import MezzPixels
import Testing

@Suite("From pairs to shots")
struct ComplexitySummaryTests {
    @Test("a shot has the pairs that lie inside it; one across its border counts for nobody")
    func borders() {
        // Pairs at 0, 16, 32 …: the shot begins between the two frames of the one at 16.
        let found = Self.summary(frames: 64).complexity(of: Self.shots(0, 17, 64), Self.pairs([0, 16, 32, 48]))
        #expect(found.map(\.samples) == [1, 2])
        #expect(found.map(\.temporal) == [0, 40])
    }

    @Test("a shot between two pairs has its nearest neighbour's values, and says so")
    func between() {
        let shots = Self.shots(0, 20, 26, 30, 64)
        let found = Self.summary(frames: 64).complexity(of: shots, Self.pairs([0, 16, 32, 48]))
        #expect(found.map(\.samples) == [2, 0, 0, 2])
        #expect(found[1].score == found[0].score && found[1].spatial == found[0].spatial)
        #expect(found[2].score == found[3].score && found[2].score != found[0].score)
    }

    @Test("values that every frame tells are a short shot's own")
    func own() {
        var index = Self.index(frames: 64)
        for frame in 20..<26 {
            index.entries[frame] = Self.entry(mean: 16, deviation: 0, change: frame == 20 ? 90 : 0)
        }
        let summary = ComplexitySummary(
            index: index, sampling: Self.sampling, size: Self.size, frameRate: Rational(24))
        let shot = summary.complexity(of: Self.shots(0, 20, 26, 64), Self.pairs([0, 16, 32, 48]))[1]
        #expect(shot.isBlack && shot.isStatic && shot.luminance == 16 && shot.samples == 0)
    }

    @Test("pairs that are not the frames they are taken for are left out")
    func strangers() {
        let pairs = Self.pairs([0, 16], luma: 100) + Self.pairs([32], luma: 140) + Self.pairs([1600], luma: 100)
        #expect(Self.summary(frames: 64).complexity(of: Self.shots(0, 64), pairs).map(\.samples) == [2])
    }

    @Test("without a single pair there are values, and they are nothing")
    func nothing() {
        let found = Self.summary(frames: 10).complexity(of: Self.shots(0, 4, 10), [])
        #expect(found.map(\.samples) == [0, 0] && found.map(\.score) == [0, 0])
    }

    @Test("bars are what all of a shot's pictures share, black ones aside")
    func bars() {
        let all: [PictureBars?] = [
            PictureBars(top: 20, bottom: 20, left: 0, right: 0), nil,
            PictureBars(top: 33, bottom: 33, left: 10, right: 10),
        ]
        let pairs = all.enumerated().map { Self.pair($0.offset * 16, bars: $0.element) }
        let found = Self.summary(frames: 48).complexity(of: Self.shots(0, 48), pairs)
        #expect(found[0].bars == BlackBars(top: 53, bottom: 53, left: 0, right: 0))
    }

    @Test("scores rise with detail and with motion, and stay on their scale")
    func scale() {
        let speeds = [0, 1, 8, 30, 100, 1e4]
        for spatial in [0, 1, 100, 1e4, 1e7] {
            let scores = speeds.map { ComplexityScale.score(spatial: spatial, speed: $0) }
            #expect(scores == scores.sorted() && scores[0] == 0 && scores.allSatisfy { (0...160).contains($0) })
        }
        for speed in speeds {
            let scores = [0, 1, 100, 1e4, 1e7].map { ComplexityScale.score(spatial: $0, speed: speed) }
            #expect(scores == scores.sorted())
        }
    }

    private static let size = Resolution(width: 1280, height: 720)
    private static let sampling = PairSampling(size: size, frameRate: Rational(24))

    private static func summary(frames: Int) -> ComplexitySummary {
        ComplexitySummary(index: index(frames: frames), sampling: sampling, size: size, frameRate: Rational(24))
    }

    private static func index(frames: Int) -> FrameIndex {
        FrameIndex(entries: (0..<frames).map { _ in entry(mean: 100, deviation: 30, change: 4) })
    }

    private static func entry(mean: Float, deviation: Float, change: Float) -> FrameIndex.Entry {
        let luma = [UInt8](repeating: UInt8(mean), count: Thumbnail.lumaBytes)
        return FrameIndex.Entry(
            hash: 0, fingerprint: luma.withUnsafeBytes { Fingerprint(luma: $0) }, lumaMean: mean,
            lumaDeviation: deviation, change: change)
    }

    private static func shots(_ borders: Int...) -> [Shot] {
        zip(borders, borders.dropFirst()).enumerated().map { number, range in
            Shot(
                index: number, frames: FrameRange(first: range.0, end: range.1),
                transition: number == 0 ? .start : .cut, confidence: 1)
        }
    }

    private static func pairs(_ frames: [Int], luma: Double = 100) -> [PairMeasurement] {
        frames.map { pair($0, luma: luma) }
    }

    /// Motion is the frame's number.
    private static func pair(
        _ frame: Int, luma: Double = 100, bars: PictureBars? = PictureBars.absent
    ) -> PairMeasurement {
        PairMeasurement(
            frame: frame, luma: luma, detail: SpatialDetail(laplacianVariance: 400, spatialInformation: 60),
            temporalInformation: 9, motion: Double(frame), grain: nil, colourfulness: 20, bars: bars)
    }
}
