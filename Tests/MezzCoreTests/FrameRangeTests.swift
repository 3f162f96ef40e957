import MezzCore
import Testing

@Suite("Frame ranges")
struct FrameRangeTests {
    @Test("hold their first frame and not their end")
    func bounds() {
        let range = FrameRange(first: 10, end: 13)
        #expect(range.count == 3)
        #expect(Array(range.indices) == [10, 11, 12])
        #expect((9...13).map(range.contains) == [false, true, true, true, false])
        #expect(range.description == "[10, 13)")
    }

    @Test("may be empty, and then hold nothing")
    func empty() {
        let range = FrameRange(first: 5, end: 5)
        #expect(range.count == 0 && !range.contains(5) && range.indices.isEmpty)
    }

    @Test(
        "are widened inside the title",
        arguments: [
            (FrameRange(first: 10, end: 20), 1, 100, FrameRange(first: 9, end: 21)),
            (FrameRange(first: 0, end: 20), 1, 100, FrameRange(first: 0, end: 21)),
            (FrameRange(first: 90, end: 100), 5, 100, FrameRange(first: 85, end: 100)),
            (FrameRange(first: 0, end: 1), 3, 1, FrameRange(first: 0, end: 1)),
        ])
    func widened(_ range: FrameRange, _ margin: Int, _ limit: Int, _ wide: FrameRange) {
        #expect(range.widened(by: margin, limit: limit) == wide)
    }

    @Test("running backwards is a programming error")
    func backwards() async {
        await #expect(processExitsWith: .failure) { _ = FrameRange(first: 2, end: 1) }
        await #expect(processExitsWith: .failure) { _ = FrameRange(first: -1, end: 1) }
    }
}
