import MezzLadder
import Testing

@Suite("CRF scale")
struct CRFScaleTests {
    @Test("the nearest accepted value, never outside the scale")
    func nearest() {
        #expect(CRFScale.x26x.nearest(to: 23.13) == 23.25)
        #expect(CRFScale.svtAV1.nearest(to: 23.13) == 23)
        #expect(CRFScale.svtAV1.nearest(to: -.infinity) == 1)
        #expect(CRFScale.svtAV1.nearest(to: 1e300) == 63)
        #expect(CRFScale.svtAV1.nearest(to: .nan) == 63)
    }

    @Test("senseless scales are mended")
    func mended() {
        let scale = CRFScale(step: 0, minimum: 40, maximum: 10)
        #expect(scale.step == 1 && scale.minimum == 10 && scale.maximum == 40)
        // No multiple of 5 lies between 11 and 14.
        #expect(CRFScale(step: 5, minimum: 11, maximum: 14).nearest(to: 12) == 14)
    }
}
