import Foundation
import MezzLadder
import Testing

@Suite("Explanation of a choice")
struct ExplanationTests {
    private func builder(floorDistance: Double = 100, shots: Int = 30) -> LadderBuilder {
        let rules = LadderRules(floorDistance: floorDistance)
        return LadderBuilder(shots: Synthetic.probes(shots: shots, crfs: GoalTests.crfs), scale: .x26x, rules: rules)
    }

    @Test("it names the probes of the rung's size and the curve's error at each")
    func measured() throws {
        let builder = builder()
        let rung = try #require(builder.build(.perShot).first)
        for shot in rung.shots {
            let why = try #require(builder.explanation(shot: shot.index, in: rung))
            #expect(why.measured.map(\.crf) == GoalTests.crfs)
            #expect(why.choice == shot && why.resolution == rung.resolution)
            #expect(why.crfRange.contains(shot.crf))
            let truth = Synthetic.title(shots: 30)[shot.index]
            for point in why.measured {
                #expect(point.vmaf == truth.vmaf(rung.resolution, point.crf))
                #expect(abs(point.bpsError) < 1e-9 && abs(point.vmafError) < 1e-9)
            }
        }
    }

    @Test("contradicting probes show as errors of the fit")
    func errors() throws {
        let points = [(18.0, 90.0), (28, 70), (29, 74), (38, 50)].map {
            ProbePoint(resolution: Synthetic.p720, crf: $0.0, bps: exp(16 - $0.0 / 8), vmaf: $0.1, frames: 48)
        }
        let builder = LadderBuilder(shots: [ShotProbes(index: 0, frames: 48, points: points)], scale: .x26x)
        let rung = try #require(builder.build(.perShot).first)
        let why = try #require(builder.explanation(shot: 0, in: rung))
        #expect(why.measured.map { ($0.vmafError * 1000).rounded() / 1000 } == [0, 2, -2, 0])
    }

    @Test("without a floor shots stand where their next step buys no more than the title's slope")
    func equalSlope() throws {
        let builder = builder()
        let rung = try #require(builder.build(.perShot).dropFirst().first)
        let slopes = try rung.shots.map { try #require(builder.explanation(shot: $0.index, in: rung)).slope }
        let common = try #require(slopes.first?.common)
        #expect(slopes.allSatisfy { $0.common == common })
        // The shot whose step was taken back in part to meet the target exactly may stand off.
        #expect(slopes.filter { ($0.next ?? 0) > common }.count <= 1)
        #expect(slopes.filter { ($0.bought ?? .infinity) < common * 0.999 }.count <= 1)
        #expect(slopes.filter { $0.reason == .equalSlope }.count > 10)
    }

    @Test("the slope of the curve is its derivative")
    func derivative() throws {
        let builder = builder()
        let rung = try #require(builder.build(.perShot).first)
        for shot in rung.shots where shot.vmaf < 99.5 {
            let why = try #require(builder.explanation(shot: shot.index, in: rung))
            let curve = try #require(builder.model.curve(shot: shot.index, resolution: rung.resolution))
            let (fine, coarse) = (shot.crf - 1e-4, shot.crf + 1e-4)
            let slope = (curve.vmaf(at: fine) - curve.vmaf(at: coarse)) / (curve.bps(at: fine) - curve.bps(at: coarse))
            #expect(abs(why.slope.vmafPerBps / slope - 1) < 1e-2)
        }
    }

    @Test("a shot that the floor holds up says so")
    func floor() throws {
        let title = builder(floorDistance: 2)
        let rung = try #require(title.build(.perShot).last)
        let held = rung.shots.filter { title.explanation(shot: $0.index, in: rung)?.slope.reason == .floor }
        #expect(!held.isEmpty)
        // Held up, they stand at the floor, two below the pooled value, or a CRF step above.
        #expect(held.allSatisfy { $0.vmaf < rung.vmaf })
        #expect(held.contains { abs($0.vmaf - (rung.vmaf - 2)) < 0.5 })
        #expect(builder(floorDistance: 100).build(.perShot).last?.worstShotVMAF ?? 100 < rung.worstShotVMAF)
    }

    @Test("the rung's size is the best at its bitrate")
    func sizes() throws {
        let builder = builder()
        for rung in builder.build(.perShot) {
            let why = try #require(builder.explanation(shot: 0, in: rung))
            #expect(why.sizes.map(\.resolution) == builder.model.resolutions)
            let best = try #require(why.sizes.max { ($0.vmaf ?? 0) < ($1.vmaf ?? 0) })
            let own = try #require(why.sizes.first { $0.resolution == rung.resolution })
            #expect(own.isMeasured)
            #expect((own.vmaf ?? 0) > (best.vmaf ?? 100) - 0.1)
        }
    }

    @Test("uniform rungs, unknown shots and coding")
    func rest() throws {
        let builder = builder(shots: 3)
        let rung = try #require(builder.build(.perTitle).first)
        let why = try #require(builder.explanation(shot: 1, in: rung))
        #expect(why.slope.reason == .uniform)
        #expect(try JSONDecoder().decode(ShotExplanation.self, from: JSONEncoder().encode(why)) == why)
        #expect(builder.explanation(shot: 3, in: rung) == nil)
        #expect(builder.explanation(shot: -1, in: rung) == nil)
    }
}
