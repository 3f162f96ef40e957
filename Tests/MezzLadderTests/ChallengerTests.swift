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
        let cells = builder.challengers(for: rung)
        #expect(!cells.isEmpty)
        #expect(cells.allSatisfy { $0.resolution < Synthetic.p720 && $0.crf == $0.crf.rounded() })
    }

    @Test("probing what is asked for ends after a few rounds and never asks for a probed cell")
    func converges() {
        var probes = shots.map { $0.probes(Synthetic.sizes, [23, 33]) }
        var asked: Set<ProbeCell> = []
        for _ in 0..<6 {
            let builder = LadderBuilder(shots: probes, scale: .x26x)
            let cells = builder.challengers(for: builder.build(.perShot))
            if cells.isEmpty { return }
            #expect(asked.isDisjoint(with: cells))
            asked.formUnion(cells)
            probes = zip(probes, shots).map { probe, shot in
                let more = cells.map { shot.point($0.resolution, $0.crf) }
                return ShotProbes(index: probe.index, frames: probe.frames, points: probe.points + more)
            }
        }
        Issue.record("still asking after six rounds: \(asked.count) cells")
    }

    @Test("an offered size that was never probed gets the two cells a fit needs")
    func offered() throws {
        let probes = shots.map { $0.probes([Synthetic.p360, Synthetic.p540], [13, 18, 23, 28, 33]) }
        let builder = LadderBuilder(shots: probes, scale: .x26x)
        let top = try #require(builder.build(.perTitle).first)
        let cells = builder.challengers(for: top, offered: [Synthetic.p720, Synthetic.p1080])
        #expect(cells.filter { $0.resolution == Synthetic.p720 }.count == 2)
        // Two sizes away is not a neighbour.
        #expect(!cells.contains { $0.resolution == Synthetic.p1080 })
    }

    @Test("a size that clearly loses is not probed")
    func clearLoser() throws {
        // Without detail to lose, the smaller picture always wins; 720p at its bitrate is far behind.
        let flat = shots.map { shot in
            SyntheticShot(index: shot.index, frames: shot.frames, bps: 4e6, loss: 20, detail: 0)
        }
        let probes = flat.map { $0.probes([Synthetic.p360, Synthetic.p720], [15, 41]) }
        let builder = LadderBuilder(shots: probes, scale: .x26x)
        let rung = try #require(builder.build(.perTitle).first { $0.resolution == Synthetic.p360 })
        #expect(!builder.challengers(for: rung).contains { $0.resolution == Synthetic.p720 })
    }

    @Test("a rung of an unknown size has no challengers")
    func unknown() throws {
        let rung = try #require(
            LadderBuilder(shots: shots.map { $0.probes([Synthetic.p720], [18, 28, 38]) }, scale: .x26x)
                .build(.perTitle).first)
        let other = LadderBuilder(shots: shots.map { $0.probes([Synthetic.p360], [18, 28]) }, scale: .x26x)
        #expect(other.challengers(for: rung).isEmpty)
    }
}
