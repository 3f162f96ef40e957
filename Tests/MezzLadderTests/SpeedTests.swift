import Foundation
import MezzLadder
import Testing

/// A feature film: 1,500 shots with 15 probes each, for three codecs.
@Suite("Speed")
struct SpeedTests {
    /// Narrow steps, so that all eight rungs are made.
    private static let rules = LadderRules(stepVMAF: 3, leastRatio: 1.2)
    private static let codecs: [(scale: CRFScale, shots: [ShotProbes])] = [CRFScale.x26x, .x26x, .svtAV1].enumerated()
        .map { seed, scale in
            let sizes = Synthetic.sizes + [Synthetic.p1080]
            return (scale, Synthetic.probes(shots: 1500, seed: UInt64(7 + seed), sizes: sizes, crfs: [18, 28, 38]))
        }

    private static let audience: Audience = {
        var random = SeededGenerator(seed: 3)
        return Audience(
            viewers: (0..<Audience.mostEntries).map { _ in
                Audience.Viewer(
                    kbps: exp(Double.random(in: 5...10, using: &random)),
                    height: [240, 360, 480, 720, 1080].randomElement(using: &random) ?? 720,
                    share: Double.random(in: 0.1...3, using: &random))
            })
    }()

    static let goals: [LadderGoal] = [
        .automatic, .qualities([95]), .qualities([95, 90, 85, 80, 75, 70, 65, 60]),
        .bitrates([5e6, 4e6, 3e6, 2e6, 1.5e6, 1e6, 5e5, 3e5]), .count(8), .audience(audience),
    ]

    /// Seconds of processor time the calling thread has had: other tests and programs do not count.
    private func threadSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    @Test("three codecs of a film give per-shot ladders in under 1 s of one core, other goals in under 2 s")
    func featureFilm() throws {
        #expect(Self.codecs.allSatisfy { $0.shots.allSatisfy { $0.points.count == 15 } })
        for goal in Self.goals {
            let start = threadSeconds()
            let counts = try Self.codecs.map { codec in
                let builder = LadderBuilder(shots: codec.shots, scale: codec.scale, rules: Self.rules)
                return try builder.build(goal: goal, mode: .perShot).rungs.count
            }
            let time = threadSeconds() - start
            let name = "\(goal)".prefix { $0.isLetter }
            print("3 codecs x 1,500 shots x 15 probes: \(name) \(counts) rungs in \(time) s of processor time")
            #expect(counts.allSatisfy { $0 >= 5 })
            #if !DEBUG
            #expect(time < (goal == .automatic ? 1 : 2))
            #endif
        }
    }
}
