import Foundation
import MezzLadder
import Testing

@Suite("Properties of all goals")
struct GoalPropertyTests {
    private struct Case {
        let builder: LadderBuilder
        let goal: LadderGoal
        let mode: LadderMode
    }

    private func goal(_ random: inout SeededGenerator) -> LadderGoal {
        func values(_ range: ClosedRange<Double>) -> [Double] {
            (0..<Int.random(in: 1...8, using: &random)).map { _ in Double.random(in: range, using: &random) }
        }
        switch Int.random(in: 0..<5, using: &random) {
        case 0: return .automatic
        case 1: return .qualities(values(20...100))
        case 2: return .bitrates(values(10...16).map(exp))
        case 3: return .count(Int.random(in: 2...20, using: &random))
        default:
            let kbps = values(4...10).map(exp)
            let viewers = kbps.flatMap { kbps in
                [360, 720].map {
                    Audience.Viewer(kbps: kbps, height: $0, share: Double.random(in: 0.1...1, using: &random))
                }
            }
            return .audience(Audience(viewers: viewers, rungs: Int.random(in: 1...8, using: &random)))
        }
    }

    private func rules(_ random: inout SeededGenerator) -> LadderRules {
        LadderRules(
            minimumBps: Bool.random(using: &random) ? exp(Double.random(in: 11...14, using: &random)) : nil,
            maximumBps: Bool.random(using: &random) ? exp(Double.random(in: 13...16, using: &random)) : nil,
            storage: Bool.random(using: &random)
                ? StorageBudget(bytes: exp(Double.random(in: 13...17, using: &random)), seconds: 10) : nil,
            limits: Bool.random(using: &random) ? [360, 540] : [])
    }

    private func randomCase(_ seed: UInt64) -> Case {
        var random = SeededGenerator(seed: seed)
        let sizes = Synthetic.sizes.shuffled(using: &random).prefix(Int.random(in: 1...4, using: &random))
        let shots = Synthetic.probes(
            shots: Int.random(in: 1...25, using: &random), seed: seed, sizes: Array(sizes), crfs: GoalTests.crfs)
        let scale = Bool.random(using: &random) ? CRFScale.x26x : .svtAV1
        let builder = LadderBuilder(shots: shots, scale: scale, rules: rules(&random))
        return Case(
            builder: builder, goal: goal(&random), mode: Bool.random(using: &random) ? .perShot : .perTitle)
    }

    @Test("all limits hold, no rung is dominated, promises fall", arguments: 0..<400)
    func limits(seed: UInt64) {
        let it = randomCase(seed)
        guard let result = try? it.builder.build(goal: it.goal, mode: it.mode) else { return }
        let (rungs, rules) = (result.rungs, it.builder.rules)
        #expect(!rungs.isEmpty)
        for rung in rungs {
            #expect(rung.bps <= rules.maximumBps ?? .infinity)
            #expect(rung.bps >= (rules.minimumBps ?? 0) * 0.99)
            #expect((rung.targetVMAF ?? 101) <= rung.vmaf)
            #expect(rung.shots.count == it.builder.model.shots.count)
            let isMissed = !rungs.contains {
                $0 != rung && $0.vmaf >= rung.vmaf && $0.bps <= rung.bps
                    && $0.resolution.height <= rung.resolution.height
            }
            #expect(isMissed)
        }
        for (above, below) in zip(rungs, rungs.dropFirst()) {
            #expect((below.targetVMAF ?? 101) <= (above.targetVMAF ?? 0))
            #expect(below.vmaf <= above.vmaf)
        }
        if let storage = rules.storage {
            #expect(rungs.reduce(0) { $0 + $1.bps } <= storage.bytes * 8 / storage.seconds)
        }
        #expect(rungs.count <= most(it.goal, rules) + (rules.limits.isEmpty ? 0 : 10))
    }

    private func most(_ goal: LadderGoal, _ rules: LadderRules) -> Int {
        switch goal {
        case .automatic: rules.mostRungs
        case .qualities(let values): values.count > 1 ? values.count : rules.mostRungs
        case .bitrates(let values): values.count
        case .count(let count): count
        case .audience(let audience): audience.rungs ?? rules.mostRungs
        }
    }

    @Test("most random goals and limits agree, some contradict each other and say how")
    func contradictions() {
        var ladders = 0
        for seed in 0..<100 {
            let it = randomCase(UInt64(seed))
            do throws(LadderError) {
                ladders += try it.builder.build(goal: it.goal, mode: it.mode).rungs.isEmpty ? 0 : 1
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
        #expect(ladders > 50 && ladders < 100)
    }

    @Test("no rung promises more than is seen, unless more was asked for", arguments: 0..<100)
    func saturation(seed: UInt64) {
        let it = randomCase(seed)
        guard let result = try? it.builder.build(goal: it.goal, mode: it.mode) else { return }
        if case .qualities(let values) = it.goal {
            #expect(result.rungs.allSatisfy { ($0.targetVMAF ?? 0) <= (values.max() ?? 0) })
        } else {
            #expect(result.rungs.allSatisfy { ($0.targetVMAF ?? 0) <= 95.2 })
        }
    }

    @Test("the same probes give the same ladder, and its promises asked for give it again", arguments: 0..<100)
    func idempotent(seed: UInt64) throws {
        let it = randomCase(seed)
        guard let result = try? it.builder.build(goal: it.goal, mode: it.mode) else { return }
        #expect(try it.builder.build(goal: it.goal, mode: it.mode) == result)
        let promises = result.rungs.compactMap(\.targetVMAF)
        guard case .qualities = it.goal, promises.count > 1, it.builder.rules.limits.isEmpty else { return }
        #expect(try it.builder.build(goal: .qualities(promises), mode: it.mode).rungs == result.rungs)
    }

    @Test("garbage probes never break a goal's rules", arguments: 0..<100)
    func garbage(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let shots = (0..<Int.random(in: 1...8, using: &random)).map { index in
            let points = Synthetic.sizes.flatMap { size in
                (0..<Int.random(in: 2...6, using: &random)).map { _ in
                    ProbePoint(
                        resolution: size, crf: Double(Int.random(in: 10...50, using: &random)),
                        bps: exp(Double.random(in: -2...20, using: &random)),
                        vmaf: Double.random(in: -10...110, using: &random), frames: 24)
                }
            }
            return ShotProbes(index: index, frames: Int.random(in: 1...100, using: &random), points: points)
        }
        let builder = LadderBuilder(shots: shots, scale: .x26x, rules: rules(&random))
        guard let result = try? builder.build(goal: goal(&random), mode: .perShot) else { return }
        for rung in result.rungs {
            #expect(rung.bps.isFinite && rung.vmaf.isFinite)
            #expect(rung.bps <= builder.rules.maximumBps ?? .infinity)
            #expect(rung.bps >= (builder.rules.minimumBps ?? 0) * 0.99)
        }
    }
}
