import Foundation
import MezzAudio
import Testing

@Suite("Loudness from energies")
struct LoudnessTraceTests {
    /// Steps of 100 ms at these loudnesses.
    private static func trace(_ parts: [(loudness: Double, steps: Int)]) -> LoudnessTrace {
        LoudnessTrace(
            energies: parts.flatMap { Array(repeating: pow(10, ($0.loudness + 0.691) / 10), count: $0.steps) })
    }

    @Test("a steady programme measures what it is")
    func steady() throws {
        let trace = Self.trace([(-24, 100)])
        #expect(abs(try #require(trace.integrated) + 24) < 1e-9)
        #expect(abs(try #require(trace.ungated) + 24) < 1e-9)
        #expect(abs(try #require(trace.shortTermMaximum) + 24) < 1e-9)
        #expect(trace.range < 1e-9 && trace.momentary.count == 97 && trace.shortTerm.count == 71)
    }

    @Test("what lies 10 LU under the rest does not count, unless there are no gates")
    func gates() throws {
        let trace = Self.trace([(-20, 200), (-45, 200)])
        #expect(abs(try #require(trace.integrated) + 20) < 0.1)
        #expect(abs(try #require(trace.ungated) + 23) < 0.05)
    }

    @Test(
        "nothing over -70 is silence",
        arguments: [[], [(-71, 100)], [(-.infinity, 50)], [(-20, 3)]] as [[(Double, Int)]])
    func silent(_ parts: [(Double, Int)]) {
        #expect(Self.trace(parts.map { ($0.0, $0.1) }).integrated == nil)
    }

    @Test("short programmes have no windows", arguments: 0..<4)
    func short(_ steps: Int) {
        let trace = Self.trace([(-20, steps)])
        #expect(trace.momentary.isEmpty && trace.shortTermMaximum == nil && trace.range == 0)
    }

    @Test("steps that are kept follow one another")
    func keeping() {
        let kept = Self.trace([(-20, 10), (-40, 10)]).keeping { $0 % 2 == 0 }
        #expect(kept.energies.count == 10)
        #expect(abs(kept.energies[4] / kept.energies[5] - 100) < 1e-6)
    }
}
