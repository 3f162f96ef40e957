import MezzStorage
import Testing

@Suite("Byte ranges")
struct ByteRangesTests {
    @Test("near ranges are joined, far ones kept apart, empty ones left out")
    func coalesces() {
        #expect(ByteRanges.coalesced([]).isEmpty)
        #expect(ByteRanges.coalesced([30..<40, 5..<5, 0..<10, 8..<12, 13..<14], gap: 2) == [0..<14, 30..<40])
        #expect(ByteRanges.coalesced([0..<10, 12..<14], gap: 2) == [0..<10, 12..<14])
        #expect(ByteRanges.coalesced([0..<100, 10..<20, 99..<101], gap: 1) == [0..<101])
        #expect(ByteRanges.coalesced([0..<1, (256 << 10)..<(300 << 10)]) == [0..<(300 << 10)])
        #expect(ByteRanges.coalesced([Int.min..<0, 5..<Int.max], gap: 6) == [Int.min..<Int.max])
    }

    @Test("pieces are of the size asked for, but the last")
    func pieces() {
        #expect(ByteRanges.pieces(of: 0..<0, size: 4).isEmpty)
        #expect(ByteRanges.pieces(of: 3..<12, size: 4) == [3..<7, 7..<11, 11..<12])
        #expect(ByteRanges.pieces(of: 0..<4, size: 4) == [0..<4])
        #expect(
            ByteRanges.pieces(of: (Int.max - 5)..<Int.max, size: 4) == [
                (Int.max - 5)..<(Int.max - 1), (Int.max - 1)..<Int.max,
            ])
    }
}
