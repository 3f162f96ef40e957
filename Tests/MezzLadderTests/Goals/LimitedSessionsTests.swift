import MezzLadder
import Testing

@Suite("Rungs for limited sessions")
struct LimitedSessionsTests {
    /// Without caps, so that only the bitrates of taller rungs hold the extra ones.
    private func builder(_ limits: [Int]) -> LadderBuilder {
        LadderBuilder(
            shots: Synthetic.probes(shots: 60, crfs: GoalTests.crfs), scale: .x26x,
            rules: LadderRules(caps: [], limits: limits))
    }

    @Test("a height that stops well under what it can give gets rungs of its own", arguments: GoalTests.modes)
    func extra(mode: LadderMode) throws {
        let plain = builder([]).build(mode)
        let best = plain.filter { $0.resolution.height <= 360 }.map(\.vmaf).max() ?? 0
        let result = try builder([360]).build(goal: .automatic, mode: mode)
        let extras = result.rungs.filter { !plain.contains($0) }
        #expect(!extras.isEmpty)
        #expect(plain.allSatisfy { result.rungs.contains($0) })
        for extra in extras {
            #expect(extra.resolution.height <= 360)
            #expect(extra.vmaf > best + 5.5)
            // At a rung's bitrate, which sessions of that height are denied.
            #expect(plain.contains { $0.resolution.height > 360 && $0.bps >= extra.bps })
            #expect(!plain.contains { $0.resolution.height <= 360 && $0.bps <= extra.bps && $0.vmaf >= extra.vmaf })
        }
    }

    @Test("afterwards no limited session could gain a step at a bitrate of the ladder", arguments: [270, 360, 540])
    func sufficient(height: Int) throws {
        let builder = builder([height])
        let rungs = try builder.build(goal: .automatic, mode: .perShot).rungs
        for taller in rungs where taller.resolution.height > height {
            let reach = builder.model.resolutions.filter { $0.height <= height }.compactMap { size -> Double? in
                let budget = min(taller.bps, builder.rules.cap(height: size.height))
                let choice = builder.model.allocate(.perShot, at: size, for: .bps(budget))
                return choice.flatMap { $0.meetsGoal ? $0.vmaf : nil }
            }
            let has = rungs.filter { $0.resolution.height <= height && $0.bps <= taller.bps }.map(\.vmaf).max() ?? 0
            #expect((reach.max() ?? 0) <= has + 6.1)
        }
    }

    @Test("the tallest size, heights above it and sessions that lack nothing get no rung")
    func none() {
        let plain = builder([]).build(.perShot)
        #expect(builder([720, 1080, 4320]).build(.perShot) == plain)
        #expect(builder([100]).build(.perShot) == plain)
    }
}
