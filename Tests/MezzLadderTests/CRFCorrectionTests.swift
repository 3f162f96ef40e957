import Foundation
import MezzLadder
import Testing

@Suite("Correction of a CRF")
struct CRFCorrectionTests {
    private let shot = SyntheticShot(index: 0, frames: 48)

    private func curve() throws -> RateQualityCurve {
        try #require(RateQualityCurve.fit([23, 33].map { shot.point(Synthetic.p720, $0) }))
    }

    @Test("a missed promise costs 10 to 20% more bits", arguments: [0.05, 0.5, 1.5, 5, 30])
    func missed(by miss: Double) throws {
        let measured = CRFCorrection.Measured(crf: 28, bps: 1e6, vmaf: 93 - miss)
        let crf = try #require(
            CRFCorrection.crf(keeping: 93, measured: measured, curve: try curve(), scale: .x26x))
        let more = shot.bps(Synthetic.p720, crf) / shot.bps(Synthetic.p720, 28)
        // Rounding to a quarter CRF moves the bits by up to 1.5%.
        #expect(more > 1.10 * 0.985 && more < 1.20 * 1.015)
    }

    @Test("whole CRFs move at least one step, the scale's end and kept promises move nothing")
    func limits() throws {
        let curve = try curve()
        let missed = CRFCorrection.Measured(crf: 28, bps: 1e6, vmaf: 92.9)
        #expect(CRFCorrection.crf(keeping: 93, measured: missed, curve: curve, scale: .svtAV1) == 27)
        let kept = CRFCorrection.Measured(crf: 28, bps: 1e6, vmaf: 93)
        #expect(CRFCorrection.crf(keeping: 93, measured: kept, curve: curve, scale: .x26x) == nil)
        let end = CRFCorrection.Measured(crf: 1, bps: 1e6, vmaf: 90)
        #expect(CRFCorrection.crf(keeping: 93, measured: end, curve: curve, scale: .x26x) == nil)
    }

    @Test(
        "a surplus is given back as the curve says, three tenths of the bits at most",
        arguments: [0.05, 0.5, 1.5, 5, 30])
    func surplus(of surplus: Double) throws {
        let curve = try curve()
        let vmaf = min(curve.vmaf(at: 28) + surplus, 100)
        let measured = CRFCorrection.Measured(crf: 28, bps: 1e6, vmaf: vmaf)
        let promise = vmaf - surplus
        let crf = try #require(
            CRFCorrection.crf(returningTo: promise, measured: measured, curve: curve, scale: .x26x))
        let left = shot.bps(Synthetic.p720, crf) / shot.bps(Synthetic.p720, 28)
        #expect(left > 0.70 * 0.985 && left < 0.97 * 1.015)
        // The quality goes down by no more than the surplus, and a step's worth.
        #expect(curve.vmaf(at: 28) - curve.vmaf(at: crf) < surplus + 0.3)
    }

    @Test("without a surplus, and at the scale's coarse end, nothing is given back")
    func noSurplus() throws {
        let curve = try curve()
        let kept = CRFCorrection.Measured(crf: 28, bps: 1e6, vmaf: 93)
        #expect(CRFCorrection.crf(returningTo: 93, measured: kept, curve: curve, scale: .x26x) == nil)
        let end = CRFCorrection.Measured(crf: 51, bps: 1e6, vmaf: 95)
        #expect(CRFCorrection.crf(returningTo: 93, measured: end, curve: curve, scale: .x26x) == nil)
        let whole = CRFCorrection.Measured(crf: 28, bps: 1e6, vmaf: 93.01)
        #expect(CRFCorrection.crf(returningTo: 93, measured: whole, curve: curve, scale: .svtAV1) == 29)
    }

    @Test("a flat curve does not divide by nothing")
    func flat() throws {
        let points = [23.0, 33].map {
            ProbePoint(resolution: Synthetic.p720, crf: $0, bps: 9000, vmaf: 100, frames: 48)
        }
        let curve = try #require(RateQualityCurve.fit(points))
        let measured = CRFCorrection.Measured(crf: 30, bps: 9000, vmaf: 99)
        let crf = try #require(CRFCorrection.crf(keeping: 100, measured: measured, curve: curve, scale: .x26x))
        #expect(crf < 30 && crf > 22)
    }

    @Test("the secant reaches a bitrate in a few encodes, even from a wrong slope", arguments: [-0.06, -0.1155, -0.25])
    func secant(slope: Double) throws {
        // A title whose slope changes with CRF.
        func encode(_ crf: Double) -> CRFCorrection.Measured {
            let coarser = crf - 20
            return CRFCorrection.Measured(
                crf: crf, bps: 4e6 * exp(-0.1 * coarser - 0.002 * coarser * coarser), vmaf: 90)
        }
        var tried = [encode(20)]
        while let crf = CRFCorrection.crf(bps: 1.5e6, tried: tried, slope: slope, scale: .x26x), tried.count < 9 {
            tried.append(encode(crf))
        }
        #expect(tried.count <= 5)
        let best = try #require(tried.map { abs(log($0.bps / 1.5e6)) }.min())
        #expect(best < 0.021)
    }

    @Test("nothing to do: no encodes, near enough, or no better value on the scale")
    func nothing() {
        let near = CRFCorrection.Measured(crf: 23, bps: 1.01e6, vmaf: 90)
        #expect(CRFCorrection.crf(bps: 1e6, tried: [], scale: .x26x) == nil)
        #expect(CRFCorrection.crf(bps: 1e6, tried: [near], scale: .x26x) == nil)
        let around = [
            CRFCorrection.Measured(crf: 40, bps: 1.05e6, vmaf: 90),
            CRFCorrection.Measured(crf: 41, bps: 0.95e6, vmaf: 89),
        ]
        #expect(CRFCorrection.crf(bps: 1e6, tried: around, scale: .svtAV1) == nil)
    }
}
