import Foundation
import MezzMetrics
import Testing

/// How often the 95% interval of a sample holds the truth, on scores of real encodes.
@Suite("Sampled means", .timeLimit(.minutes(1)))
struct SampledMeanTests {
    private static let trials = 600
    /// Of 600 draws at 95% fewer than 92.5% hold the truth once in three hundred.
    private static let leastCoverage = 0.925

    @Test("the interval holds the mean as often as it says", arguments: RecordedScores.names)
    func coverage(_ name: String) throws {
        let scores = try RecordedScores(name).vmaf
        let truth = scores.reduce(0, +) / Double(scores.count)
        for limit in [0.25, 0.5, 1.0, 2.0] {
            var held = 0
            var near = 0
            var frames = 0
            for seed in 0..<Self.trials {
                let estimate = try Self.run(scores, within: limit, seed: UInt64(seed) &* 7_919)
                #expect(estimate.halfWidth <= limit)
                held += abs(estimate.mean - truth) <= estimate.halfWidth + 1e-9 ? 1 : 0
                near += abs(estimate.mean - truth) <= limit ? 1 : 0
                frames += estimate.measured
            }
            let share = Double(held) / Double(Self.trials)
            #expect(share >= Self.leastCoverage, "±\(limit): \(share)")
            #expect(near >= held && frames <= scores.count * Self.trials)
        }
    }

    @Test("a wider limit asks for fewer frames", arguments: RecordedScores.names)
    func economy(_ name: String) throws {
        let scores = try RecordedScores(name).vmaf
        let counts = try [0.1, 0.5, 2].map { limit in
            try (0..<20).map { try Self.run(scores, within: limit, seed: UInt64($0)).measured }.reduce(0, +)
        }
        #expect(counts[0] >= counts[1] && counts[1] >= counts[2] && counts[2] < counts[0])
    }

    @Test("all frames leave no doubt", arguments: [1, 2, 3, 17, 48, 100])
    func everything(_ count: Int) throws {
        let scores = (0..<count).map { Double($0 * 37 % 101) }
        let estimate = try Self.run(scores, within: 0, seed: 5)
        #expect(estimate.measured == count && estimate.halfWidth == 0)
        #expect(abs(estimate.mean - scores.reduce(0, +) / Double(count)) < 1e-9)
    }

    @Test("equal scores need no more than the first draw")
    func constant() throws {
        let estimate = try Self.run([Double](repeating: 93, count: 10_000), within: 0.01, seed: 1)
        #expect(estimate.measured < 300 && abs(estimate.mean - 93) < 1e-9 && estimate.halfWidth < 1e-9)
    }

    @Test("the same seed draws the same frames, none twice, from every part alike")
    func draws() {
        var first = StratifiedDraw(frames: 1_003, strata: 20, seed: 9)
        var second = StratifiedDraw(frames: 1_003, strata: 20, seed: 9)
        var other = StratifiedDraw(frames: 1_003, strata: 20, seed: 10)
        let drawn = first.grow(to: 3)
        #expect(drawn == second.grow(to: 3) && drawn != other.grow(to: 3))
        let more = first.grow(to: 10)
        #expect(drawn.count == 60 && more.count == 140 && Set(drawn + more).count == 200)
        #expect(first.strata.allSatisfy { part in (drawn + more).count { part.contains($0) } == 10 })
        #expect(first.grow(to: 1_000).count == 803 && first.grow(to: 2_000).isEmpty)
    }

    @Test("every frame is as likely as every other")
    func fair() {
        var counts = [Int](repeating: 0, count: 60)
        for seed in 0..<6_000 {
            var draw = StratifiedDraw(frames: 60, strata: 6, seed: UInt64(seed))
            for frame in draw.grow(to: 2) { counts[frame] += 1 }
        }
        // 1200 expected, deviation 31.
        #expect(counts.allSatisfy { abs($0 - 1_200) < 155 })
    }

    private static func run(_ scores: [Double], within limit: Double, seed: UInt64) throws -> MeanEstimate {
        var sample = SampledMean(frames: scores.count, within: limit, seed: seed)
        while !sample.wanted.isEmpty { sample.take(sample.wanted.map { scores[$0] }) }
        return try #require(sample.estimate)
    }
}

/// Per-frame VMAF of a real encode.
struct RecordedScores: Decodable {
    let origin: String
    let vmaf: [Double]

    static let names = ["battle", "chaplin", "dashcam", "motorway", "opening", "sintel"]

    init(_ name: String) throws {
        let url = try #require(Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Recorded"))
        self = try JSONDecoder().decode(RecordedScores.self, from: Data(contentsOf: url))
    }
}
