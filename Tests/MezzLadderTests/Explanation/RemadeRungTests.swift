import Foundation
import MezzLadder
import Testing

@Suite("A rung made again from its CRFs")
struct RemadeRungTests {
    private let builder = LadderBuilder(shots: Synthetic.probes(shots: 30), scale: .x26x)

    private func crfs(_ rung: LadderRung) -> [Int: Double] {
        Dictionary(uniqueKeysWithValues: rung.shots.map { ($0.index, $0.crf) })
    }

    @Test("is the rung that was built", arguments: [LadderMode.perShot, .perTitle])
    func same(_ mode: LadderMode) throws {
        for rung in builder.build(mode) {
            let made = try #require(
                builder.rung(at: rung.resolution, rung.style, crfs: crfs(rung), targetVMAF: rung.targetVMAF))
            #expect(made.shots == rung.shots)
            #expect(abs(made.bps / rung.bps - 1) < 1e-9 && abs(made.vmaf - rung.vmaf) < 1e-9)
            #expect(made.targetVMAF == rung.targetVMAF && made.style == rung.style)
            for shot in rung.shots {
                let (before, after) = (
                    try #require(builder.explanation(shot: shot.index, in: rung)),
                    try #require(builder.explanation(shot: shot.index, in: made))
                )
                #expect(before.slope == after.slope && before.measured == after.measured)
            }
        }
    }

    @Test("needs a CRF for every shot, and a size that was tried")
    func incomplete() throws {
        let rung = try #require(builder.build(.perShot).first)
        var some = crfs(rung)
        some[7] = nil
        #expect(builder.rung(at: rung.resolution, .perShot, crfs: some) == nil)
        #expect(builder.rung(at: Synthetic.p1080, .perShot, crfs: crfs(rung)) == nil)
        #expect(LadderBuilder(shots: [], scale: .x26x).rung(at: rung.resolution, .perShot, crfs: [:]) == nil)
    }

    @Test("takes the nearest value of the scale", arguments: [-1e300, 0, 24.1, 1e300, .infinity, .nan])
    func offScale(_ crf: Double) throws {
        let all = Dictionary(uniqueKeysWithValues: builder.model.shots.map { ($0.index, crf) })
        let rung = try #require(builder.rung(at: Synthetic.p720, .perShot, crfs: all))
        #expect(rung.shots.allSatisfy { $0.crf == CRFScale.x26x.nearest(to: crf) })
        #expect(rung.bps > 0 && (0...100).contains(rung.vmaf))
        let slopes = builder.explanations(in: rung).map(\.slope)
        #expect(slopes.count == 30)
        #expect(slopes.allSatisfy { ($0.next ?? 1).isFinite && ($0.bought ?? 1).isFinite && $0.vmafPerBps.isFinite })
    }
}

@Suite("Explanations of a whole rung")
struct RungExplanationTests {
    @Test("are those of its shots, in their order")
    func all() throws {
        let builder = LadderBuilder(shots: Synthetic.probes(shots: 12), scale: .x26x)
        for rung in builder.build(.perShot) {
            let all = builder.explanations(in: rung)
            #expect(all.map(\.shot) == rung.shots.map(\.index))
            #expect(all == rung.shots.compactMap { builder.explanation(shot: $0.index, in: rung) })
        }
    }

    @Test("their slopes are what a step does to the title", arguments: QualityPooling.allCases)
    func titleSlope(_ pooling: QualityPooling) throws {
        let builder = LadderBuilder(shots: Synthetic.probes(shots: 20), scale: .x26x, pooling: pooling)
        let rung = try #require(builder.build(.perShot).dropFirst().first)
        var compared = 0
        for why in builder.explanations(in: rung) {
            guard let next = why.slope.next, why.slope.reason == .equalSlope else { continue }
            var crfs = Dictionary(uniqueKeysWithValues: rung.shots.map { ($0.index, $0.crf) })
            crfs[why.shot] = why.choice.crf - 0.25
            let finer = try #require(builder.rung(at: rung.resolution, .perShot, crfs: crfs))
            let slope = (finer.vmaf - rung.vmaf) / (finer.bps - rung.bps)
            #expect(abs(pooling.titleVMAFPerBps(slope: next, at: rung.vmaf) / slope - 1) < 0.02)
            compared += 1
        }
        #expect(compared > 5)
    }

    @Test("of a title of 4,000 shots take no longer than its fits", .timeLimit(.minutes(1)))
    func large() throws {
        let builder = LadderBuilder(shots: Synthetic.probes(shots: 4000, sizes: [Synthetic.p720]), scale: .x26x)
        let crfs = Dictionary(uniqueKeysWithValues: builder.model.shots.map { ($0.index, 26.0) })
        let rung = try #require(builder.rung(at: Synthetic.p720, .uniform, crfs: crfs))
        #expect(builder.explanations(in: rung).count == 4000)
    }
}
