import MezzQC
import Testing

@Suite("The buffer of a joined stream")
struct BufferPaceTests {
    /// 80 kbit/s into 80 kbit, 10 frames a second: 8 kbit come with each frame.
    private static let pace = BufferPace(rate: 80_000, size: 80_000)

    @Test("frames at the rate leave it as it began")
    func steady() {
        let parts = Self.pace.parts(bytes: [Int](repeating: 1000, count: 40), counts: [10, 30], frameSeconds: 0.1)
        #expect(parts.map(\.missing) == [0, 0])
        #expect(parts[0].fullness == 0.9)
        // A rounding margin of the rate fills it a little.
        #expect(parts[1].fullness > 0.89 && parts[1].fullness < 0.92)
    }

    @Test("a part that keeps its own limits runs dry behind one that emptied the buffer")
    func joined() {
        // 72 kbit are there at first: 8 frames of 2000 bytes take 128 kbit while 56 kbit come.
        let hungry = [Int](repeating: 2000, count: 8)
        #expect(Self.pace.parts(bytes: hungry, counts: [8], frameSeconds: 0.1).map(\.missing) == [0])
        let parts = Self.pace.parts(bytes: hungry + hungry, counts: [8, 8], frameSeconds: 0.1)
        #expect(parts[0].missing == 0 && parts[1].missing > 0)
        #expect(parts[1].fullness < 0.15)
    }

    @Test("a pause fills it again, to the brim and no further")
    func pause() {
        let bytes = [Int](repeating: 2000, count: 8) + [Int](repeating: 0, count: 50) + [10_000]
        let parts = Self.pace.parts(bytes: bytes, counts: [8, 50, 1], frameSeconds: 0.1)
        #expect(parts.map(\.missing) == [0, 0, 0])
        #expect(parts[2].fullness == 1)
    }

    @Test("counts that promise more frames than there are end with the stream")
    func short() {
        #expect(Self.pace.parts(bytes: [1], counts: [5, 5], frameSeconds: 0.1).count == 2)
        #expect(Self.pace.parts(bytes: [], counts: [], frameSeconds: 0.1).isEmpty)
    }
}
