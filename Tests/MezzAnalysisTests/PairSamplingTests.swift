import MezzAnalysis
import MezzCore
import Testing

@Suite("Sampled pairs")
struct PairSamplingTests {
    @Test(
        "pictures fit into 480×270, are even and never enlarged",
        arguments: [
            (1280, 720, 480, 270), (1920, 1080, 480, 270), (800, 332, 480, 200), (720, 1280, 152, 270),
            (176, 144, 176, 144), (64, 64, 64, 64), (8192, 64, 480, 4), (64, 8192, 2, 270), (3026, 1386, 480, 220),
        ])
    func sizes(_ width: Int, _ height: Int, _ reducedWidth: Int, _ reducedHeight: Int) {
        let sampling = PairSampling(size: Resolution(width: width, height: height), frameRate: Rational(24))
        #expect(sampling.reduced == Resolution(width: reducedWidth, height: reducedHeight))
        #expect(sampling.window.width == reducedWidth && sampling.window.height <= min(64, height))
        #expect(sampling.frameBytes == reducedWidth * (reducedHeight + sampling.window.height) * 3 / 2)
    }

    @Test("motion in a small picture counts as if the picture were large")
    func enlargement() {
        func enlargement(_ width: Int, _ height: Int) -> Double {
            PairSampling(size: Resolution(width: width, height: height), frameRate: Rational(24)).enlargement
        }
        #expect(enlargement(1920, 1080) == 1 && enlargement(240, 135) == 2 && enlargement(240, 90) == 2)
    }

    @Test(
        "pairs never touch each other and are less than a second apart at film's rates and above",
        arguments: [(1, 100), (1, 1), (24, 1), (24000, 1001), (60, 1), (300, 1)])
    func periods(_ numerator: Int64, _ denominator: Int64) throws {
        let rate = try #require(Rational(numerator, denominator))
        let period = PairSampling(size: Resolution(width: 64, height: 64), frameRate: rate).period
        #expect(period >= 2)
        if rate.value >= 24 { #expect(Double(period) / rate.value < 1) }
    }
}
