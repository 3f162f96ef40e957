import MezzLadder
import Testing

@Suite("Speed")
struct SpeedTests {
    @Test("1,500 shots with 15 probes each give a per-shot ladder of eight rungs in under 2 s")
    func featureFilm() {
        let shots = Synthetic.probes(
            shots: 1500, seed: 7, sizes: Synthetic.sizes + [Synthetic.p1080], crfs: [18, 28, 38])
        #expect(shots.allSatisfy { $0.points.count == 15 })
        // Narrow steps, so that all eight rungs are made.
        let rules = LadderRules(stepVMAF: 3, leastRatio: 1.2)
        var rungs: [LadderRung] = []
        let time = ContinuousClock().measure {
            rungs = LadderBuilder(shots: shots, scale: .x26x, rules: rules).build(.perShot)
        }
        print("1,500 shots x 15 probes: \(rungs.count) rungs in \(time)")
        #expect(rungs.count == 8)
        #if !DEBUG
        #expect(time < .seconds(2))
        #endif
    }
}
