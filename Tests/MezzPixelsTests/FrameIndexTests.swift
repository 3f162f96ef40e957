import Foundation
import MezzPixels
import Testing

@Suite("Frame index")
struct FrameIndexTests {
    @Test("survives its encoding, extremes included", arguments: [0, 1, 2, 300])
    func roundTrip(_ count: Int) throws {
        let index = try Self.index(count)
        let read = try #require(FrameIndex(encoded: index.encoded()))
        #expect(read.count == count)
        for (a, b) in zip(index.entries, read.entries) {
            #expect(a.hash == b.hash && a.fingerprint == b.fingerprint)
            #expect(a.lumaMean.bitPattern == b.lumaMean.bitPattern)
            #expect(a.lumaDeviation.bitPattern == b.lumaDeviation.bitPattern)
            #expect(a.change.bitPattern == b.change.bitPattern)
        }
    }

    @Test("equal indexes give equal bytes, and a slice reads like a copy")
    func stable() throws {
        let data = try Self.index(3).encoded()
        #expect(try Self.index(3).encoded() == data)
        let slice = (Data([1, 2, 3]) + data).dropFirst(3)
        #expect(FrameIndex(encoded: slice)?.encoded() == data)
    }

    @Test("every truncation is refused")
    func truncated() throws {
        let data = try Self.index(2).encoded()
        for length in 0..<data.count { #expect(FrameIndex(encoded: data.prefix(length)) == nil, "\(length) bytes") }
        #expect(FrameIndex(encoded: data + Data([0])) == nil)
    }

    @Test(
        "a count that the bytes do not bear out is refused, however large",
        arguments: [0, 1, 3, 1 << 32, 1 << 40, UInt64(Int64.max), UInt64(Int64.max) + 1, .max, .max / 148 + 1])
    func hostileCount(_ count: UInt64) throws {
        var data = try Self.index(2).encoded()
        withUnsafeBytes(of: count.littleEndian) { data.replaceSubrange(8..<16, with: $0) }
        #expect(FrameIndex(encoded: data) == nil)
    }

    @Test("another magic word is refused", arguments: ["", "mezzidx2", "MEZZIDX1", "\0\0\0\0\0\0\0\0"])
    func magic(_ word: String) throws {
        let data = try Self.index(1).encoded()
        #expect(FrameIndex(encoded: Data(word.utf8) + data.dropFirst(8)) == nil)
    }

    private static func index(_ count: Int) throws -> FrameIndex {
        FrameIndex(
            entries: try (0..<count).map { number in
                let values = (0..<64).map { Int16(truncatingIfNeeded: number &* 9973 &+ $0 &* 1023 &- 32768) }
                return FrameIndex.Entry(
                    hash: UInt64(number) &* 0x9E37_79B9_7F4A_7C15,
                    fingerprint: try #require(Fingerprint(values: values)),
                    lumaMean: number == 0 ? .nan : Float(number), lumaDeviation: -.infinity,
                    change: .leastNonzeroMagnitude)
            })
    }
}
