import MezzCore
import MezzEncode
import Testing

@Suite("Windows that stand for a whole")
struct EdgeLossTests {
    @Test("a whole stands for itself; what is no window changes nothing", arguments: EncoderCatalog.all.map(\.codec))
    func whole(_ codec: CodecFamily) {
        let driver = EncoderCatalog.driver(for: codec)
        #expect(driver.wholeCRF(27, window: 96, whole: 96) == 27)
        #expect(driver.wholeCRF(27, window: 0, whole: 96) == 27)
        #expect(driver.wholeCRF(27, window: 100, whole: 96) == 27)
    }

    @Test("the shorter the window, the coarser the whole it is like, by less than two CRF at a second")
    func shorter() {
        for driver in EncoderCatalog.all {
            let crfs = [72, 48, 24].map { driver.wholeCRF(27, window: $0, whole: 96) }
            #expect(crfs == crfs.sorted() && crfs[0] > 27 && crfs[2] < 29, "\(driver.encoderName): \(crfs)")
        }
    }

    @Test("an x264 window of a second is like a whole of 96 frames about one CRF coarser, as measured")
    func measured() {
        let crf = EncoderCatalog.driver(for: .avc).wholeCRF(27, window: 24, whole: 96)
        #expect(crf > 27.7 && crf < 28.1)
    }
}
