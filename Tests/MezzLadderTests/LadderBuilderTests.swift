import Foundation
import MezzLadder
import Testing

@Suite("Ladder")
struct LadderBuilderTests {
    private static let modes: [LadderMode] = [.perTitle, .perShot]
    private static let crfs = [13.0, 18, 23, 28, 33, 38, 43]

    /// Every rule a placed ladder keeps, whatever the title.
    private func expectWellFormed(_ rungs: [LadderRung], _ rules: LadderRules = .init(), ratioSlack: Double = 1) {
        #expect(rungs.count <= rules.mostRungs)
        for (above, below) in zip(rungs, rungs.dropFirst()) {
            #expect(below.bps < above.bps && below.vmaf < above.vmaf)
            #expect(below.resolution <= above.resolution)
            #expect(above.bps / below.bps >= rules.leastRatio / ratioSlack)
        }
        for rung in rungs {
            #expect((rung.targetVMAF ?? 101) <= rung.vmaf)
            #expect(rung.targetBps == nil)
        }
        for rung in rungs.dropFirst() {
            #expect(rung.bps >= rules.leastBps * 0.99)
            #expect(rung.vmaf >= rules.leastVMAF - 0.5)
        }
    }

    @Test("nothing in, nothing out", arguments: modes + [.fixed([FixedRung(height: 720, bps: 1e6)])])
    func empty(mode: LadderMode) {
        #expect(LadderBuilder(shots: [], scale: .x26x).build(mode).isEmpty)
        let bare = [ShotProbes(index: 0, frames: 24, points: []), ShotProbes(index: 1, frames: 0, points: [])]
        #expect(LadderBuilder(shots: bare, scale: .x26x).build(mode).isEmpty)
        let single = [SyntheticShot(index: 0, frames: 24).probes(Synthetic.sizes, [28])]
        #expect(LadderBuilder(shots: single, scale: .x26x).build(mode).isEmpty)
    }

    @Test("a typical title: top at 95, steps of 6 VMAF or the ratios' limits", arguments: modes)
    func typical(mode: LadderMode) throws {
        let builder = LadderBuilder(shots: Synthetic.probes(shots: 60, crfs: Self.crfs), scale: .x26x)
        let rungs = builder.build(mode)
        expectWellFormed(rungs)
        let top = try #require(rungs.first)
        #expect(top.targetVMAF == 95)
        #expect(top.meetsTarget)
        #expect(rungs.count >= 4)
        for (above, below) in zip(rungs, rungs.dropFirst()) {
            let step = above.vmaf - below.vmaf
            let ratio = above.bps / below.bps
            #expect(ratio <= 2.5 * 1.03)
            // One step down, or the ratio decided.
            #expect(abs(step - 6) < 0.6 || abs(ratio - 1.5) < 0.05 || abs(ratio - 2.5) < 0.08 || below == rungs.last)
        }
        #expect(rungs.last.map { $0.resolution < top.resolution } == true)
    }

    @Test("random titles, sizes and probes keep the rules", arguments: 0..<60)
    func wellFormed(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let sizes = (Synthetic.sizes + [Synthetic.p1080]).shuffled(using: &random)
        let crfs = [13.0, 18, 23, 28, 33, 38].shuffled(using: &random)
        let shots = Synthetic.probes(
            shots: Int.random(in: 1...30, using: &random), seed: seed,
            sizes: Array(sizes.prefix(Int.random(in: 1...5, using: &random))),
            crfs: Array(crfs.prefix(Int.random(in: 2...6, using: &random))))
        for scale in [CRFScale.x26x, .svtAV1] {
            let builder = LadderBuilder(shots: shots, scale: scale)
            for mode in Self.modes {
                // A whole CRF is 12% of the bits here: a ratio may miss by what quantisation leaves.
                expectWellFormed(builder.build(mode), ratioSlack: scale == .svtAV1 ? 1.13 : 1.03)
            }
        }
    }

    @Test("random garbage never crashes and never breaks the order", arguments: 0..<60)
    func noise(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let shots = (0..<Int.random(in: 1...12, using: &random)).map { index in
            let points = Synthetic.sizes.flatMap { size in
                (0..<Int.random(in: 0...6, using: &random)).map { _ in
                    ProbePoint(
                        resolution: size, crf: Double(Int.random(in: 10...50, using: &random)),
                        bps: exp(Double.random(in: -2...20, using: &random)),
                        vmaf: Double.random(in: -10...110, using: &random), frames: 24)
                }
            }
            return ShotProbes(index: index, frames: Int.random(in: 0...100, using: &random), points: points)
        }
        let builder = LadderBuilder(shots: shots, scale: .x26x)
        for mode in Self.modes {
            let rungs = builder.build(mode)
            for (above, below) in zip(rungs, rungs.dropFirst()) {
                #expect(below.bps < above.bps && below.vmaf < above.vmaf)
            }
            _ = builder.challengers(for: rungs)
        }
    }

    @Test("one shot gives the same ladder per title and per shot")
    func oneShot() {
        let builder = LadderBuilder(shots: Synthetic.probes(shots: 1, crfs: Self.crfs), scale: .x26x)
        let (title, shot) = (builder.build(.perTitle), builder.build(.perShot))
        #expect(!title.isEmpty)
        #expect(title.count == shot.count)
        for (a, b) in zip(title, shot) { #expect(abs(log(a.bps / b.bps)) < 0.05) }
    }

    @Test("black gives one rung", arguments: modes)
    func black(mode: LadderMode) {
        let points = Synthetic.sizes.flatMap { size in
            [18.0, 28, 38].map { ProbePoint(resolution: size, crf: $0, bps: 6000, vmaf: 100, frames: 48) }
        }
        let rungs = LadderBuilder(
            shots: [ShotProbes(index: 0, frames: 48, points: points)], scale: .x26x
        ).build(mode)
        #expect(rungs.count == 1)
        #expect(rungs.first?.resolution == Synthetic.p270)
        #expect(rungs.first?.vmaf == 100)
    }

    @Test("an easy title whose top lies under the lowest bitrate gives one rung", arguments: modes)
    func easy(mode: LadderMode) {
        let shot = SyntheticShot(index: 0, frames: 48, bps: 20_000, loss: 2, detail: 1)
        let rungs = LadderBuilder(shots: [shot.probes(Synthetic.sizes, Self.crfs)], scale: .x26x).build(mode)
        #expect(rungs.count == 1)
    }

    @Test("a small source saturates below the target and is not driven to the end of its range", arguments: modes)
    func smallSource(mode: LadderMode) throws {
        let size = LadderResolution(width: 426, height: 240)
        let shot = SyntheticShot(index: 0, frames: 48, bps: 900_000, loss: 10, detail: 5)
        let builder = LadderBuilder(shots: [shot.probes([size], [18, 23, 28, 33])], scale: .x26x)
        let rungs = builder.build(mode)
        let best = try #require(builder.model.allocate(.perShot, at: size, for: .vmaf(100)))
        let top = try #require(rungs.first)
        #expect(best.vmaf < 95)
        #expect(top.vmaf >= best.vmaf - 0.5 && top.vmaf < best.vmaf)
        expectWellFormed(rungs)
    }

    @Test("the cap holds the top rung of very hard content", arguments: modes)
    func cap(mode: LadderMode) throws {
        let shot = SyntheticShot(index: 0, frames: 48, bps: 40_000_000, loss: 20)
        let rungs = LadderBuilder(shots: [shot.probes(Synthetic.sizes, Self.crfs)], scale: .x26x).build(mode)
        let rules = LadderRules()
        let top = try #require(rungs.first)
        #expect(top.bps <= rules.cap(height: top.resolution.height) * 1.001)
        #expect(top.vmaf < 95)
    }

    @Test("when even the coarsest encodes exceed the caps there is one rung, the cheapest", arguments: modes)
    func beyondCaps(mode: LadderMode) {
        let shot = SyntheticShot(index: 0, frames: 48, bps: 5e9, loss: 20)
        let rungs = LadderBuilder(shots: [shot.probes(Synthetic.sizes, [18, 28])], scale: .x26x).build(mode)
        #expect(rungs.map(\.resolution) == [Synthetic.p270])
    }

    @Test("more than eight steps of 6 VMAF are stretched to eight rungs that still reach the bottom", arguments: modes)
    func manyRungs(mode: LadderMode) throws {
        let shot = SyntheticShot(index: 0, frames: 48, bps: 3_000_000, loss: 14, detail: 5)
        let crfs = Array(stride(from: 8.0, through: 48, by: 4))
        let rules = LadderRules(leastRatio: 1.2, leastVMAF: 20)
        let rungs = LadderBuilder(shots: [shot.probes(Synthetic.sizes, crfs)], scale: .x26x, rules: rules).build(mode)
        expectWellFormed(rungs, rules, ratioSlack: 1.03)
        #expect(rungs.count == 8)
        // No further rung would fit above the lowest bitrate.
        #expect(try #require(rungs.last).bps / rules.leastRatio < rules.leastBps)
    }

    @Test("a fixed ladder takes the CRF whose bitrate is nearest, clamped to what was probed")
    func fixed() throws {
        let builder = LadderBuilder(shots: Synthetic.probes(shots: 20, crfs: Self.crfs), scale: .x26x)
        let asked = [
            FixedRung(height: 720, bps: 3e6), FixedRung(height: 540, bps: 1.5e6), FixedRung(height: 1080, bps: 6e6),
            FixedRung(height: 270, bps: 3e5), FixedRung(height: 270, bps: 1),
        ]
        let rungs = builder.build(.fixed(asked))
        #expect(rungs.map(\.resolution.height) == [720, 540, 270, 270])
        for rung in rungs.prefix(3) {
            // A quarter CRF is 3% of the bits, so the nearest is within half of it.
            #expect(abs(log(rung.bps / (try #require(rung.targetBps)))) < 0.015)
            #expect(rung.targetVMAF == nil)
            #expect(Set(rung.shots.map(\.crf)).count == 1)
        }
        #expect(rungs.prefix(3).allSatisfy { $0.meetsTarget })
        #expect(rungs.last?.meetsTarget == false)
        #expect(rungs.last?.shots.first?.crf == 45)
    }

    @Test("the title's hull rises, and rungs of a per-title ladder lie near it")
    func hull() throws {
        let builder = LadderBuilder(shots: Synthetic.probes(shots: 20, crfs: Self.crfs), scale: .x26x)
        let hull = builder.model.titleHull()
        #expect(zip(hull, hull.dropFirst()).allSatisfy { $0.bps < $1.bps && $0.vmaf < $1.vmaf })
        for rung in builder.build(.perTitle) {
            let cheaper = hull.filter { $0.vmaf >= rung.vmaf }.map(\.bps).min() ?? .infinity
            #expect(cheaper > rung.bps * 0.95)
        }
    }

    @Test("values survive coding")
    func codable() throws {
        let rungs = LadderBuilder(shots: Synthetic.probes(shots: 3), scale: .x26x).build(.perShot)
        let data = try JSONEncoder().encode(rungs)
        #expect(try JSONDecoder().decode([LadderRung].self, from: data) == rungs)
    }
}
