import Foundation
import MezzFleet
import Testing

@Suite("Chance that can be repeated")
struct SeededRandomTests {
    @Test("is SplitMix64")
    func reference() {
        // The first outputs of Vigna's splitmix64.c for this seed.
        var random = SeededRandom(seed: 1_234_567)
        let found = (0..<3).map { _ in random.next() }
        #expect(found == [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423])
    }

    @Test("repeats itself with the same seed and with no other")
    func repeats() {
        func numbers(_ seed: UInt64) -> [UInt64] {
            var random = SeededRandom(seed: seed)
            return (0..<100).map { _ in random.next() }
        }
        #expect(numbers(7) == numbers(7))
        #expect(Set(numbers(7) + numbers(8)).count == 200)
    }

    @Test("shares are even from 0 up to 1")
    func shares() {
        let draws = Self.draws { $0.share() }
        #expect(draws.allSatisfy { (0..<1).contains($0) })
        let (mean, deviation) = Self.moments(draws)
        #expect(abs(mean - 0.5) < 0.005)
        #expect(abs(deviation - (1 / 12.0).squareRoot()) < 0.005)
        for tenth in 0..<10 {
            let part = draws.count { Int($0 * 10) == tenth }
            #expect(abs(Double(part) / Double(draws.count) - 0.1) < 0.005)
        }
    }

    @Test("exponential times have the mean they are asked for, and as large a deviation")
    func exponential() {
        let draws = Self.draws { $0.exponential(mean: 30) }
        let (mean, deviation) = Self.moments(draws)
        #expect(draws.allSatisfy { $0 >= 0 && $0.isFinite })
        #expect(abs(mean - 30) < 0.5)
        #expect(abs(deviation - 30) < 0.8)
    }

    @Test("log-normal times have the mean and spread they are asked for", arguments: [0.1, 0.5, 1.0])
    func logNormal(_ spread: Double) {
        let draws = Self.draws { $0.logNormal(mean: 40, spread: spread) }
        #expect(abs(Self.moments(draws).mean / 40 - 1) < 0.02)
        let logs = Self.moments(draws.map { Foundation.log($0) })
        #expect(abs(logs.deviation - spread) < 0.01)
        #expect(abs(logs.mean - (Foundation.log(40) - spread * spread / 2)) < 0.02)
    }

    @Test("without spread the mean is the value")
    func noSpread() {
        var random = SeededRandom(seed: 3)
        for _ in 0..<100 { #expect(random.logNormal(mean: 12.5, spread: 0) == 12.5) }
    }

    private static func draws(_ draw: (inout SeededRandom) -> Double) -> [Double] {
        var random = SeededRandom(seed: 42)
        return (0..<100_000).map { _ in draw(&random) }
    }

    private static func moments(_ draws: [Double]) -> (mean: Double, deviation: Double) {
        let mean = draws.reduce(0, +) / Double(draws.count)
        let variance = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(draws.count)
        return (mean, variance.squareRoot())
    }
}
