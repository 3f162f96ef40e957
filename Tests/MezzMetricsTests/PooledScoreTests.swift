import MezzCore
import MezzMetrics
import Testing

@Suite("Pooled scores")
struct PooledScoreTests {
    @Test("the harmonic mean is libvmaf's: n / Σ 1/(v + 1) − 1")
    func harmonic() throws {
        let pooled = try #require(PooledScore([90, 80, 50]))
        #expect(abs(pooled.harmonicMean - (3 / (1.0 / 91 + 1.0 / 81 + 1.0 / 51) - 1)) < 1e-9)
        #expect(abs(pooled.mean - 220.0 / 3) < 1e-9)
        #expect(pooled.min == 50 && pooled.frames == 3)
    }

    @Test("equal scores pool to themselves", arguments: [0, 0.5, 42, 97.4, 100])
    func equal(_ score: Double) throws {
        let pooled = try #require(PooledScore([Double](repeating: score, count: 37)))
        for value in [pooled.mean, pooled.harmonicMean, pooled.p5, pooled.min] { #expect(abs(value - score) < 1e-9) }
    }

    @Test("one frame at zero does not make the harmonic mean zero or infinite")
    func zero() throws {
        let pooled = try #require(PooledScore([0, 100]))
        #expect(abs(pooled.harmonicMean - (2 / (1 + 1.0 / 101) - 1)) < 1e-9)
    }

    @Test("it never lies above the mean nor below the worst")
    func ordered() throws {
        for spread in stride(from: 0.0, through: 50, by: 5) {
            let pooled = try #require(PooledScore((0..<100).map { 50 + spread * ($0 % 2 == 0 ? 1 : -1) }))
            #expect(pooled.min <= pooled.p5 && pooled.min <= pooled.harmonicMean + 1e-9)
            #expect(pooled.harmonicMean <= pooled.mean + 1e-9)
        }
    }

    @Test(
        "the fifth percentile is the nearest rank",
        arguments: [(1, 0), (19, 0), (20, 0), (21, 1), (40, 1), (100, 4), (101, 5)])
    func percentile(_ count: Int, _ rank: Int) throws {
        let pooled = try #require(PooledScore((0..<count).reversed().map(Double.init)))
        #expect(pooled.p5 == Double(rank))
    }

    @Test("no scores pool to nothing")
    func empty() {
        #expect(PooledScore([Double]()) == nil)
    }

    @Test(
        "the standard model goes by the size of the picture",
        arguments: [
            (640, 360, MetricModel.vmaf), (1920, 1080, .vmaf), (1920, 1088, .vmaf), (1080, 1920, .vmaf),
            (2560, 1440, .vmaf4K), (3840, 1600, .vmaf4K),
        ])
    func model(_ width: Int, _ height: Int, _ model: MetricModel) {
        #expect(MetricModel.standard(for: Resolution(width: width, height: height)) == model)
    }
}
