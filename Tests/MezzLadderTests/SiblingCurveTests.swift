import Foundation
import MezzLadder
import Testing

@Suite("Curves that borrow their shape from another size")
struct SiblingCurveTests {
    private let shot = SyntheticShot(index: 0, frames: 48)

    /// The shot's curve at 360p, probed there at `own` and at 720p at `other`.
    private func fit(own: [Double], other: [Double]) -> RateQualityCurve? {
        let points = own.map { shot.point(Synthetic.p360, $0) } + other.map { shot.point(Synthetic.p720, $0) }
        let model = TitleModel(shots: [ShotProbes(index: 0, frames: 48, points: points)], scale: .x26x)
        return model.curve(shot: 0, resolution: Synthetic.p360)
    }

    @Test("one probe and another size's two give bits exactly and VMAF within 2.5, 7 CRF around the probe")
    func oneProbe() throws {
        let curve = try #require(fit(own: [28], other: [20, 36]))
        #expect(curve.probedRange == 28...28)
        for crf in stride(from: 21.0, through: 35, by: 1) {
            #expect(abs(log(curve.bps(at: crf) / shot.bps(Synthetic.p360, crf))) < 0.01)
            #expect(abs(curve.vmaf(at: crf) - shot.vmaf(Synthetic.p360, crf)) < 2.5)
        }
        #expect(curve.vmaf(at: 28) == shot.vmaf(Synthetic.p360, 28))
    }

    @Test("it reaches 8 CRF past its probes and never further than the size that lends the shape")
    func reach() throws {
        let far = try #require(fit(own: [28], other: [15, 45]))
        #expect(far.crfRange == 20...36)
        let near = try #require(fit(own: [28], other: [24, 34]))
        // 24...34 and a margin of 2.
        #expect(near.crfRange == 22...36)
        #expect(near.bps(at: 5) == near.bps(at: 22))
    }

    @Test("its own probes decide where it has them")
    func ownProbes() throws {
        let own = try #require(fit(own: [20, 28, 36], other: [20, 28, 36]))
        let alone = try #require(RateQualityCurve.fit([20, 28, 36].map { shot.point(Synthetic.p360, $0) }))
        for crf in stride(from: 20.0, through: 36, by: 0.5) {
            #expect(own.vmaf(at: crf) == alone.vmaf(at: crf))
            #expect(own.bps(at: crf) == alone.bps(at: crf))
        }
        let longer = try #require(fit(own: [24, 28], other: [16, 40]))
        #expect(longer.crfRange == 16...36)
        #expect(longer.probedRange == 24...28)
    }

    @Test("without a size that reaches past it, one probe is no curve")
    func nothingToBorrow() {
        #expect(fit(own: [28], other: []) == nil)
        #expect(fit(own: [28], other: [28]) == nil)
        #expect(fit(own: [], other: [20, 36]) == nil)
    }

    @Test("bits and quality never rise with CRF, whatever the sizes say", arguments: 1...20)
    func monotone(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        var points: [ProbePoint] = []
        for size in Synthetic.sizes {
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                points.append(
                    ProbePoint(
                        resolution: size, crf: Double(Int.random(in: 14...42, using: &random)),
                        bps: Double.random(in: 1e4...1e7, using: &random),
                        vmaf: Double.random(in: 0...100, using: &random), frames: 48))
            }
        }
        let model = TitleModel(shots: [ShotProbes(index: 0, frames: 48, points: points)], scale: .x26x)
        for size in Synthetic.sizes {
            guard let curve = model.curve(shot: 0, resolution: size) else { continue }
            let crfs = stride(from: curve.crfRange.lowerBound, through: curve.crfRange.upperBound, by: 0.25)
            for (finer, coarser) in zip(crfs, crfs.dropFirst()) {
                #expect(curve.bps(at: coarser) <= curve.bps(at: finer) * (1 + 1e-9))
                #expect(curve.vmaf(at: coarser) <= curve.vmaf(at: finer) + 1e-9)
            }
        }
    }
}
