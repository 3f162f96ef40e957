import Foundation
import MezzLadder
import Testing

@Suite("Rate-quality curve")
struct RateQualityCurveTests {
    private func points(_ values: [(crf: Double, bps: Double, vmaf: Double)]) -> [ProbePoint] {
        values.map { ProbePoint(resolution: Synthetic.p720, crf: $0.crf, bps: $0.bps, vmaf: $0.vmaf, frames: 48) }
    }

    @Test("two probes recover an exponential shot inside the range")
    func twoProbes() throws {
        let shot = SyntheticShot(index: 0, frames: 48)
        let curve = try #require(RateQualityCurve.fit([23, 33].map { shot.point(Synthetic.p720, $0) }))
        for crf in stride(from: 21.0, through: 35, by: 0.5) {
            #expect(abs(curve.vmaf(at: crf) - shot.vmaf(Synthetic.p720, crf)) < 1e-6)
            #expect(abs(log(curve.bps(at: crf) / shot.bps(Synthetic.p720, crf))) < 1e-9)
        }
    }

    @Test(
        "three and five probes stay within 0.6 and 0.1 VMAF of an exponential shot",
        arguments: [
            ([18.0, 28, 38], 0.6), ([18, 23, 28, 33, 38], 0.1),
        ])
    func moreProbes(crfs: [Double], bound: Double) throws {
        let shot = SyntheticShot(index: 0, frames: 48)
        let curve = try #require(RateQualityCurve.fit(crfs.map { shot.point(Synthetic.p720, $0) }))
        for crf in stride(from: 18.0, through: 38, by: 0.5) {
            #expect(abs(curve.vmaf(at: crf) - shot.vmaf(Synthetic.p720, crf)) < bound)
        }
    }

    @Test("the range is the probed one and 2 CRF, or a quarter of a short span; outside it is clamped")
    func range() throws {
        let shot = SyntheticShot(index: 0, frames: 48)
        let wide = try #require(RateQualityCurve.fit([23, 33].map { shot.point(Synthetic.p720, $0) }))
        #expect(wide.probedRange == 23...33)
        #expect(wide.crfRange == 21...35)
        #expect(wide.bps(at: 5) == wide.bps(at: 21))
        #expect(wide.vmaf(at: 60) == wide.vmaf(at: 35))
        let short = try #require(RateQualityCurve.fit([26, 30].map { shot.point(Synthetic.p720, $0) }))
        #expect(short.crfRange == 25...31)
    }

    @Test("too little to fit is refused: nothing, one point, repeats of one CRF, a span under 2")
    func refusals() {
        #expect(RateQualityCurve.fit([]) == nil)
        #expect(RateQualityCurve.fit(points([(23, 1e6, 90)])) == nil)
        #expect(RateQualityCurve.fit(points([(23, 1e6, 90), (23, 1e6, 90), (23, 1.1e6, 91)])) == nil)
        #expect(RateQualityCurve.fit(points([(23, 1e6, 90), (24.5, 9e5, 89)])) == nil)
        #expect(RateQualityCurve.fit(points([(23, 0, 90), (33, .nan, 89), (28, 1e6, .infinity)])) == nil)
    }

    @Test("equal points are averaged")
    func repeats() throws {
        let curve = try #require(
            RateQualityCurve.fit(points([(23, 1e6, 90), (23, 1e6, 92), (33, 3e5, 80), (33, 3e5, 80)])))
        #expect(abs(curve.vmaf(at: 23) - 91) < 1e-9)
    }

    @Test("black: VMAF 100 everywhere and the same bits give a flat curve")
    func black() throws {
        let curve = try #require(RateQualityCurve.fit(points([(23, 9000, 100), (28, 9000, 100), (33, 9000, 100)])))
        for crf in [10.0, 25, 30, 50] {
            #expect(abs(curve.vmaf(at: crf) - 100) < 1e-9)
            #expect(abs(curve.bps(at: crf) - 9000) < 1e-6)
        }
        #expect(curve.crf(vmaf: 95) == curve.crfRange.upperBound)
    }

    @Test("any noise gives a curve that never rises with CRF", arguments: 0..<200)
    func monotone(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let count = Int.random(in: 2...9, using: &random)
        let noisy = (0..<count).map { i in
            (
                crf: 15 + Double(i) * 4, bps: exp(Double.random(in: 5...18, using: &random)),
                vmaf: Double.random(in: -5...105, using: &random)
            )
        }
        let curve = try #require(RateQualityCurve.fit(points(noisy.shuffled(using: &random))))
        var (bps, vmaf) = (Double.infinity, Double.infinity)
        for crf in stride(from: 10.0, through: 60, by: 0.25) {
            #expect(curve.bps(at: crf) <= bps * (1 + 1e-9))
            #expect(curve.vmaf(at: crf) <= vmaf + 1e-9)
            #expect((0...100).contains(curve.vmaf(at: crf)))
            (bps, vmaf) = (curve.bps(at: crf), curve.vmaf(at: crf))
        }
    }

    @Test("inverses find the CRF, and the range's ends where there is none")
    func inverses() throws {
        let shot = SyntheticShot(index: 0, frames: 48)
        let curve = try #require(RateQualityCurve.fit([18, 28, 38].map { shot.point(Synthetic.p720, $0) }))
        #expect(abs(curve.vmaf(at: curve.crf(vmaf: 90)) - 90) < 1e-6)
        #expect(abs(curve.bps(at: curve.crf(bps: 7e5)) - 7e5) < 1)
        #expect(curve.crf(vmaf: 99.99) == 16)
        #expect(curve.crf(bps: 1) == 40)
        #expect(curve.logBpsSlope(at: 28) < -0.1)
        #expect(curve.vmafSlope(at: 28) < 0)
    }

    @Test("huge rates keep their precision")
    func huge() throws {
        let curve = try #require(RateQualityCurve.fit(points([(1, 5e9, 99.9), (51, 2e8, 97)])))
        #expect(abs(curve.bps(at: 1) / 5e9 - 1) < 1e-9)
    }
}
