import MezzLadder
import Testing

@Suite("Challengers")
struct ChallengerTests {
    private let shots = Synthetic.title(shots: 12, seed: 9)

    @Test("a full grid leaves nothing to probe at the rungs inside it")
    func fullGrid() {
        let probes = shots.map { $0.probes(Synthetic.sizes, [8, 13, 18, 23, 28, 33, 38, 43, 48]) }
        let builder = LadderBuilder(shots: probes, scale: .x26x)
        for mode in [LadderMode.perTitle, .perShot] { #expect(builder.challengers(for: builder.build(mode)).isEmpty) }
    }

    @Test("two wide probes are not near the rungs: cells are asked for, on the scale, at the rung's size and ±1")
    func wideProbes() throws {
        let probes = shots.map { $0.probes(Synthetic.sizes, [20, 36]) }
        let builder = LadderBuilder(shots: probes, scale: .svtAV1)
        let rung = try #require(builder.build(.perShot).first { $0.resolution == Synthetic.p360 })
        let cells = builder.challengers(for: [rung]).values.flatMap(\.self)
        #expect(!cells.isEmpty)
        #expect(cells.allSatisfy { $0.crf == $0.crf.rounded() })
        #expect(cells.contains { $0.resolution == Synthetic.p360 })
    }

    @Test("each shot is probed where it would stand itself")
    func shotByShot() throws {
        let probes = shots.map { $0.probes(Synthetic.sizes, [20, 36]) }
        let builder = LadderBuilder(shots: probes, scale: .x26x)
        let rung = try #require(builder.build(.perShot).first { $0.resolution == Synthetic.p360 })
        let asked = builder.challengers(for: [rung])
        for shot in rung.shots {
            let own = asked[shot.index, default: []].filter { $0.resolution == Synthetic.p360 }.map(\.crf)
            let near = ([20, 36] + own).map { abs($0 - shot.crf) }.min() ?? 0
            #expect(near <= 5.5, "shot \(shot.index) at CRF \(shot.crf): \(own)")
        }
        #expect(Set(asked.values.map { $0.map(\.crf) }).count > 1)
    }

    @Test("probing what is asked for ends after a few rounds and never asks for a probed cell")
    func converges() {
        var probes = shots.map { $0.probes(Synthetic.sizes, [23, 33]) }
        var asked: [Int: Set<ProbeCell>] = [:]
        for _ in 0..<6 {
            let builder = LadderBuilder(shots: probes, scale: .x26x)
            let cells = builder.challengers(for: builder.build(.perShot))
            if cells.isEmpty { return }
            for (shot, cells) in cells {
                #expect(asked[shot, default: []].isDisjoint(with: cells))
                asked[shot, default: []].formUnion(cells)
            }
            probes = zip(probes, shots).map { probe, shot in
                let more = cells[shot.index, default: []].map { shot.point($0.resolution, $0.crf) }
                return ShotProbes(index: probe.index, frames: probe.frames, points: probe.points + more)
            }
        }
        Issue.record("still asking after six rounds: \(asked.values.reduce(0) { $0 + $1.count }) cells")
    }

    @Test("when nothing fine enough was probed to reach the top quality, finer cells are asked for")
    func reach() throws {
        let probes = shots.map { $0.probes(Synthetic.sizes, [33, 38]) }
        let builder = LadderBuilder(shots: probes, scale: .x26x)
        let rungs = builder.build(.perShot)
        let top = try #require(rungs.first)
        #expect(top.vmaf < 95)
        let cells = builder.challengers(for: rungs).values.flatMap(\.self)
        let largest = try #require(Synthetic.sizes.max())
        #expect(cells.contains { $0.resolution == largest && $0.crf < 31 })
    }

    @Test("a size that clearly loses is not probed")
    func clearLoser() throws {
        // Without detail to lose, the smaller picture always wins; 720p at its bitrate is far behind.
        let flat = shots.map { shot in
            SyntheticShot(index: shot.index, frames: shot.frames, bps: 4e6, loss: 20, detail: 0)
        }
        let probes = flat.map { $0.probes([Synthetic.p360, Synthetic.p720], [15, 41]) }
        let builder = LadderBuilder(shots: probes, scale: .x26x)
        let rung = try #require(builder.build(.perTitle).first { $0.resolution == Synthetic.p360 && $0.vmaf < 90 })
        #expect(!builder.challengers(for: [rung]).values.joined().contains { $0.resolution == Synthetic.p720 })
    }

    @Test("a rung of an unknown size has no challengers of its own")
    func unknown() throws {
        let rung = try #require(
            LadderBuilder(shots: shots.map { $0.probes([Synthetic.p720], [18, 28, 38]) }, scale: .x26x)
                .build(.perTitle).last)
        let other = LadderBuilder(
            shots: shots.map { $0.probes([Synthetic.p360], [10, 18, 28]) }, scale: .x26x,
            rules: LadderRules(topVMAF: 40))
        #expect(other.challengers(for: [rung]).isEmpty)
    }
}
