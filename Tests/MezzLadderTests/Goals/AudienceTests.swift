import Foundation
import MezzLadder
import Testing

@Suite("Ladder for an audience")
struct AudienceTests {
    /// VMAF averaged over the audience, written independently of the module.
    private func average(_ rungs: [(height: Int, bps: Double, vmaf: Double)], _ viewers: [Audience.Viewer]) -> Double {
        let total = viewers.reduce(0) { $0 + $1.share }
        return viewers.reduce(0) { sum, viewer in
            let fitting = rungs.filter { $0.bps <= viewer.kbps * 800 && $0.height <= viewer.height }
            return sum + viewer.share / total * (fitting.map(\.vmaf).max() ?? 0)
        }
    }

    private func average(_ rungs: [LadderRung], _ viewers: [Audience.Viewer]) -> Double {
        average(rungs.map { ($0.resolution.height, $0.bps, $0.vmaf) }, viewers)
    }

    /// The best of all subsets of the title's points at the viewers' bitrates and at saturation.
    private func exhaustive(_ builder: LadderBuilder, _ viewers: [Audience.Viewer], most: Int) -> Double {
        var points: [(height: Int, bps: Double, vmaf: Double)] = []
        for size in builder.model.resolutions {
            let budgets = Set(viewers.map { $0.kbps * 800 }).map { min($0, builder.rules.cap(height: size.height)) }
            let goals = budgets.map { AllocationGoal.bps($0) } + [.vmaf(builder.rules.topVMAF)]
            for goal in goals {
                guard let choice = builder.model.allocate(.perShot, at: size, for: goal), choice.meetsGoal,
                    choice.vmaf <= builder.rules.topVMAF + 0.02, choice.bps <= builder.rules.cap(height: size.height)
                else { continue }
                points.append((size.height, choice.bps, choice.vmaf))
            }
        }
        func best(_ chosen: [(height: Int, bps: Double, vmaf: Double)], from start: Int) -> Double {
            let here = average(chosen, viewers)
            guard chosen.count < most else { return here }
            return (start..<points.count).reduce(here) { max($0, best(chosen + [points[$1]], from: $1 + 1)) }
        }
        return best([], from: 0)
    }

    @Test("no other choice of rungs gives viewers more", arguments: 0..<24)
    func exact(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let sizes = Array(Synthetic.sizes.shuffled(using: &random).prefix(Int.random(in: 1...3, using: &random)))
        let builder = LadderBuilder(
            shots: Synthetic.probes(shots: 25, seed: seed + 100, sizes: sizes, crfs: GoalTests.crfs), scale: .x26x)
        let viewers = (0..<Int.random(in: 2...5, using: &random)).flatMap { _ in
            let kbps = exp(Double.random(in: 5...8.5, using: &random))
            return sizes.map {
                Audience.Viewer(kbps: kbps, height: $0.height, share: Double.random(in: 0.1...1, using: &random))
            }
        }
        let most = Int.random(in: 1...3, using: &random)
        let goal = LadderGoal.audience(Audience(viewers: viewers, rungs: most))
        let result = try builder.build(goal: goal, mode: .perShot)
        #expect(result.rungs.count <= most)
        let (reached, optimum) = (average(result.rungs, viewers), exhaustive(builder, viewers, most: most))
        // What the frontier's interpolation leaves.
        #expect(reached > optimum - 0.1)
        #expect(reached < optimum + 0.1)
    }

    @Test("a larger audience is served better than by the automatic ladder of as many rungs", arguments: 0..<6)
    func better(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let builder = LadderBuilder(shots: Synthetic.probes(shots: 30, seed: seed, crfs: GoalTests.crfs), scale: .x26x)
        let viewers = (0..<300).map { _ in
            Audience.Viewer(
                kbps: exp(Double.random(in: 5...9, using: &random)),
                height: [360, 480, 720, 1080].randomElement(using: &random) ?? 720, share: 1)
        }
        let automatic = builder.build(.perShot)
        let goal = LadderGoal.audience(Audience(viewers: viewers, rungs: automatic.count))
        let result = try builder.build(goal: goal, mode: .perShot)
        #expect(result.rungs.count <= automatic.count)
        #expect(average(result.rungs, viewers) > average(automatic, viewers) + 0.3)
    }

    @Test("bandwidths and displays apart are the same as all their pairs")
    func independent() throws {
        let builder = LadderBuilder(shots: Synthetic.probes(shots: 20, crfs: GoalTests.crfs), scale: .x26x)
        let bandwidth = [(300.0, 1.0), (900, 2), (2500, 3), (6000, 1)].map {
            Audience.Bandwidth(kbps: $0.0, share: $0.1)
        }
        let displays = [(360, 0.2), (720, 0.5), (2160, 0.1)].map { Audience.Display(height: $0.0, share: $0.1) }
        let pairs = bandwidth.flatMap { network in
            displays.map { Audience.Viewer(kbps: network.kbps, height: $0.height, share: network.share * $0.share) }
        }
        let apart = Audience(bandwidth: bandwidth, displays: displays, rungs: 4)
        let together = Audience(viewers: pairs, rungs: 4)
        let first = try builder.build(goal: .audience(apart), mode: .perShot)
        #expect(first.rungs.count == 4)
        #expect(first.rungs == (try builder.build(goal: .audience(together), mode: .perShot)).rungs)
    }

    @Test("one bandwidth on one display gets one rung that fills it, scaled shares change nothing")
    func single() throws {
        let builder = LadderBuilder(shots: Synthetic.probes(shots: 20, crfs: GoalTests.crfs), scale: .x26x)
        for share in [1e-9, 1, 1e9] {
            let audience = Audience(bandwidth: [.init(kbps: 1000, share: share)])
            let rungs = try builder.build(goal: .audience(audience), mode: .perShot).rungs
            #expect(rungs.count == 1)
            #expect((rungs.first?.bps ?? 0) <= 800_000 && (rungs.first?.bps ?? 0) > 795_000)
        }
    }

    @Test("a display smaller than every size is sent the smallest; networks slower than every encode leave no rung")
    func extremes() throws {
        let builder = LadderBuilder(shots: Synthetic.probes(shots: 20, crfs: GoalTests.crfs), scale: .x26x)
        let watch = Audience(viewers: [.init(kbps: 5000, height: 1, share: 1)])
        let rungs = try builder.build(goal: .audience(watch), mode: .perShot).rungs
        #expect(rungs.map(\.resolution) == [Synthetic.p270])
        let slow = Audience(bandwidth: [.init(kbps: 0.01, share: 1)])
        #expect(throws: LadderError.self) { try builder.build(goal: .audience(slow), mode: .perShot) }
    }

    @Test("ten thousand entries are solved, one more is refused")
    func many() throws {
        let builder = LadderBuilder(shots: Synthetic.probes(shots: 20, crfs: GoalTests.crfs), scale: .x26x)
        var random = SeededGenerator(seed: 5)
        let viewers = (0..<10_001).map { _ in
            Audience.Viewer(
                kbps: exp(Double.random(in: 4...10, using: &random)),
                height: Int.random(in: 100...2160, using: &random),
                share: Double.random(in: 0.01...1, using: &random))
        }
        let most = Array(viewers.dropLast())
        let result = try builder.build(goal: .audience(Audience(viewers: most)), mode: .perShot)
        #expect(result.rungs.count == 8)
        let six = try builder.build(goal: .audience(Audience(viewers: most, rungs: 6)), mode: .perShot)
        let clipped = most.map { Audience.Viewer(kbps: $0.kbps, height: max($0.height, 270), share: $0.share) }
        #expect(average(result.rungs, clipped) > average(six.rungs, clipped))
        #expect(throws: LadderError.self) {
            try builder.build(goal: .audience(Audience(viewers: viewers)), mode: .perShot)
        }
    }

    @Test("impossible tables are refused")
    func hostile() {
        let builder = LadderBuilder(shots: Synthetic.probes(shots: 2), scale: .x26x)
        func bandwidth(_ kbps: Double, _ share: Double) -> Audience {
            Audience(bandwidth: [.init(kbps: 1000, share: 1), .init(kbps: kbps, share: share)])
        }
        let audiences = [
            bandwidth(.nan, 1), bandwidth(0, 1), bandwidth(-1, 1), bandwidth(.infinity, 1), bandwidth(1, .nan),
            bandwidth(1, 0), bandwidth(1, -1), bandwidth(1, .infinity), Audience(bandwidth: []), Audience(viewers: []),
            Audience(bandwidth: [.init(kbps: 1, share: 1)], displays: [.init(height: 0, share: 1)]),
            Audience(bandwidth: [.init(kbps: 1, share: 1)], rungs: 0), Audience(bandwidth: [], displays: []),
            Audience(viewers: [.init(kbps: 1, height: 1, share: 1)], rungs: 21),
        ]
        for audience in audiences {
            #expect(throws: LadderError.self) { try builder.build(goal: .audience(audience), mode: .perShot) }
        }
    }

    @Test("the documented JSON is read; tables twice or under other names are refused")
    func json() throws {
        func read(_ text: String) throws -> Audience { try JSONDecoder().decode(Audience.self, from: Data(text.utf8)) }
        let apart = try read(
            #"{"bandwidth":[{"kbps":800,"share":0.1}],"displays":[{"height":1080,"share":0.4}],"rungs":6}"#)
        #expect(
            apart
                == Audience(
                    bandwidth: [.init(kbps: 800, share: 0.1)], displays: [.init(height: 1080, share: 0.4)], rungs: 6))
        let joint = try read(#"{"viewers":[{"kbps":800,"height":720,"share":2}]}"#)
        #expect(joint == Audience(viewers: [.init(kbps: 800, height: 720, share: 2)]))
        #expect(throws: DecodingError.self) { try read(#"{"bandwith":[{"kbps":800,"share":1}]}"#) }
        let both = try read(#"{"viewers":[{"kbps":8,"height":7,"share":2}],"bandwidth":[{"kbps":8,"share":1}]}"#)
        let builder = LadderBuilder(shots: Synthetic.probes(shots: 2), scale: .x26x)
        #expect(throws: LadderError.self) { try builder.build(goal: .audience(both), mode: .perShot) }
    }
}
