import Foundation
import MezzLadder
import Testing

@Suite("Allocation of CRF over shots")
struct AllocationTests {
    private let size = Synthetic.p720

    private func model(
        _ shots: [SyntheticShot], scale: CRFScale = .x26x, pooling: QualityPooling = .harmonicMean, floor: Double = 8
    ) -> TitleModel {
        TitleModel(
            shots: shots.map { $0.probes([size], [18, 23, 28, 33, 38]) }, scale: scale, pooling: pooling,
            floorDistance: floor)
    }

    @Test("the pooled target is met by the model within 0.05 when there are many shots", arguments: 0..<24)
    func meetsTarget(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let pooling = QualityPooling.allCases[Int(seed) % 2]
        let shots = Synthetic.title(shots: 120, seed: seed)
        let target = Double.random(in: 72...93, using: &random)
        let result = try #require(model(shots, pooling: pooling).allocate(.perShot, at: size, for: .vmaf(target)))
        #expect(result.meetsGoal)
        #expect(result.vmaf >= target && result.vmaf < target + 0.05)
        let again = Synthetic.pooled(zip(shots, result.shots).map { ($0.frames, $1.vmaf) }, pooling)
        #expect(abs(again - result.vmaf) < 1e-9)
    }

    @Test("title bitrate is the mean weighted by frames")
    func titleBitrate() throws {
        let shots = Synthetic.title(shots: 9)
        let result = try #require(model(shots).allocate(.perShot, at: size, for: .vmaf(85)))
        let bits = zip(shots, result.shots).reduce(0) { $0 + Double($1.0.frames) * $1.1.bps }
        let frames = shots.reduce(0) { $0 + $1.frames }
        #expect(abs(result.bps - bits / Double(frames)) < 1e-6 * result.bps)
    }

    @Test(
        "CRFs are values of the scale, inside the range, and whole for SVT-AV1",
        arguments: [
            CRFScale.x26x, CRFScale.svtAV1, CRFScale(step: 0.5, minimum: 20, maximum: 30),
        ])
    func quantised(scale: CRFScale) throws {
        let result = try #require(
            model(Synthetic.title(shots: 40), scale: scale).allocate(.perShot, at: size, for: .vmaf(86)))
        for shot in result.shots {
            #expect((shot.crf / scale.step).rounded() * scale.step == shot.crf)
            #expect(shot.crf >= max(16, scale.minimum) && shot.crf <= min(40, scale.maximum))
        }
        #expect(result.vmaf >= 86)
    }

    @Test("no mixture of CRFs is cheaper by more than one step of one shot", arguments: 0..<8, QualityPooling.allCases)
    func againstBruteForce(seed: UInt64, pooling: QualityPooling) throws {
        let scale = CRFScale(step: 1, minimum: 1, maximum: 51)
        let shots = Synthetic.title(shots: 3, seed: seed)
        let model = model(shots, scale: scale, pooling: pooling, floor: 100)
        let found = try #require(model.allocate(.perShot, at: size, for: .vmaf(85)))
        let best = try bruteForce(model, pooling, target: 85)
        #expect(found.bps >= best * (1 - 1e-12))
        // Three shots and whole steps of 12% of the bits: one step of one shot is what a hull may miss.
        #expect(found.bps <= best * 1.06)
    }

    @Test("with many shots it reaches the bound of the relaxed problem", arguments: QualityPooling.allCases)
    func againstDualBound(pooling: QualityPooling) throws {
        let shots = Synthetic.title(shots: 60, seed: 5)
        let model = model(shots, pooling: pooling, floor: 100)
        let found = try #require(model.allocate(.perShot, at: size, for: .vmaf(85)))
        let bound = try dualBound(model, pooling, target: 85)
        #expect(found.bps >= bound * (1 - 1e-9))
        #expect(found.bps <= bound * 1.002)
    }

    @Test("per shot never costs more than one CRF for all", arguments: 0..<20)
    func beatsUniform(seed: UInt64) throws {
        let model = model(Synthetic.title(shots: 30, seed: seed), floor: 100)
        let uniform = try #require(model.allocate(.uniform, at: size, for: .vmaf(85)))
        let perShot = try #require(model.allocate(.perShot, at: size, for: .vmaf(uniform.vmaf)))
        #expect(perShot.bps <= uniform.bps * (1 + 1e-9))
        #expect(perShot.vmaf >= uniform.vmaf)
        #expect(Set(uniform.shots.map(\.crf)).count == 1)
    }

    @Test("a bitrate goal is kept and nearly spent", arguments: AllocationStyle.allCases, [4e5, 1.3e6, 3e6])
    func bitrateGoal(style: AllocationStyle, budget: Double) throws {
        let model = model(Synthetic.title(shots: 80, seed: 3))
        let result = try #require(model.allocate(style, at: size, for: .bps(budget)))
        #expect(result.meetsGoal)
        #expect(result.bps <= budget)
        #expect(result.bps > budget * (style == .perShot ? 0.999 : 0.97))
    }

    @Test("the worst shot stays within 8 VMAF of the pooled value where its range allows", arguments: 0..<20)
    func floor(seed: UInt64) throws {
        let model = model(Synthetic.title(shots: 50, seed: seed))
        for target in [60.0, 75, 85, 92] {
            let result = try #require(model.allocate(.perShot, at: size, for: .vmaf(target)))
            for shot in result.shots where shot.vmaf < result.vmaf - 8 - 1e-9 {
                // It could not: even its best is below the floor, and it comes within 2 VMAF of that.
                let curve = try #require(model.curve(shot: shot.index, resolution: size))
                let best = curve.vmaf(at: curve.crfRange.lowerBound)
                #expect(best < result.vmaf - 8)
                #expect(shot.vmaf >= best - 2)
            }
        }
    }

    @Test("the floor costs bits and lifts the worst shot")
    func floorPrice() throws {
        let shots = [
            SyntheticShot(index: 0, frames: 200, bps: 200_000, loss: 6),
            SyntheticShot(index: 1, frames: 50, bps: 6_000_000, loss: 30),
        ]
        let free = try #require(model(shots, floor: 100).allocate(.perShot, at: size, for: .vmaf(80)))
        let held = try #require(model(shots).allocate(.perShot, at: size, for: .vmaf(80)))
        #expect(free.shots[1].vmaf < 72 && held.shots[1].vmaf >= 72)
        #expect(held.bps >= free.bps)
    }

    @Test("goals outside the range give its ends", arguments: AllocationStyle.allCases)
    func outOfReach(style: AllocationStyle) throws {
        let model = model(Synthetic.title(shots: 10))
        let best = try #require(model.allocate(style, at: size, for: .vmaf(100)))
        #expect(!best.meetsGoal)
        #expect(best.shots.allSatisfy { $0.crf == 16 })
        let least = try #require(model.allocate(style, at: size, for: .bps(10)))
        #expect(!least.meetsGoal)
        let any = try #require(model.allocate(style, at: size, for: .vmaf(0)))
        #expect(any.meetsGoal)
        #expect(try #require(model.allocate(style, at: size, for: .bps(1e12))).bps >= best.bps * 0.999_999)
    }

    @Test("identical shots, more than any slope can tell apart, still meet the target closely")
    func ties() throws {
        let shots = (0..<200).map { SyntheticShot(index: $0, frames: 48) }
        let result = try #require(model(shots).allocate(.perShot, at: size, for: .vmaf(88.3)))
        #expect(result.vmaf >= 88.3 && result.vmaf < 88.32)
    }

    @Test("a resolution without a curve for every shot cannot be allocated, and says why")
    func missing() {
        let whole = Synthetic.title(shots: 2).map { $0.probes([Synthetic.p720, Synthetic.p360], [23, 33]) }
        let partial = ShotProbes(
            index: 2, frames: 24,
            points: SyntheticShot(index: 2, frames: 24).probes([Synthetic.p720], [23, 33]).points)
        let model = TitleModel(shots: whole + [partial], scale: .x26x)
        #expect(model.resolutions == [Synthetic.p720])
        #expect(model.allocate(.perShot, at: Synthetic.p360, for: .vmaf(80)) == nil)
        #expect(model.shotsMissing(at: Synthetic.p360) == [2])
        #expect(model.titlePoints(at: Synthetic.p360).isEmpty)
    }

    @Test("one CRF for all needs ranges in common; per shot does not")
    func disjointRanges() {
        let shots = [
            SyntheticShot(index: 0, frames: 24).probes([size], [10, 18]),
            SyntheticShot(index: 1, frames: 24).probes([size], [30, 38]),
        ]
        let model = TitleModel(shots: shots, scale: .x26x)
        #expect(model.allocate(.uniform, at: size, for: .vmaf(90)) == nil)
        #expect(model.allocate(.perShot, at: size, for: .vmaf(80)) != nil)
        #expect(model.titleCurve(at: size) == nil)
    }

    /// The cheapest of all combinations of whole CRFs that reach the target.
    private func bruteForce(_ model: TitleModel, _ pooling: QualityPooling, target: Double) throws -> Double {
        let curves = try model.shots.map { try #require(model.curve(shot: $0.index, resolution: size)) }
        let frames = model.shots.map(\.frames)
        let tables = curves.map { curve in (16...40).map { (curve.bps(at: Double($0)), curve.vmaf(at: Double($0))) } }
        let total = Double(frames.reduce(0, +))
        var best = Double.infinity
        for a in tables[0] {
            for b in tables[1] {
                for c in tables[2] {
                    let choice = [a, b, c]
                    let pooled = Synthetic.pooled(zip(frames, choice).map { ($0, $1.1) }, pooling)
                    guard pooled >= target else { continue }
                    best = min(best, zip(frames, choice).reduce(0) { $0 + Double($1.0) * $1.1.0 } / total)
                }
            }
        }
        return best
    }

    /// Lagrangian duality: for every multiplier, min(bits + m * distortion) - m * allowed is a lower bound of the bits.
    private func dualBound(_ model: TitleModel, _ pooling: QualityPooling, target: Double) throws -> Double {
        func distortion(_ vmaf: Double) -> Double { pooling == .mean ? 100 - vmaf : 1 / (vmaf + 1) }
        let curves = try model.shots.map { try #require(model.curve(shot: $0.index, resolution: size)) }
        let tables = curves.map { curve in
            stride(from: 16.0, through: 40, by: 0.25).map { (curve.bps(at: $0), distortion(curve.vmaf(at: $0))) }
        }
        let total = Double(model.shots.reduce(0) { $0 + $1.frames })
        var bound = 0.0
        for exponent in stride(from: 5.0, through: 30, by: 0.01) {
            let multiplier = exp(exponent)
            let least = zip(model.shots, tables).reduce(0) { sum, pair in
                sum + Double(pair.0.frames) * (pair.1.map { $0.0 + multiplier * $0.1 }.min() ?? 0)
            }
            bound = max(bound, least / total - multiplier * distortion(target))
        }
        return bound
    }
}
