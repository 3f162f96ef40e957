import MezzPixels
import Testing

@Suite("Frame hash")
struct FrameHashTests {
    /// Stored indexes hold these hashes: another value here makes every one of them worthless.
    @Test(
        "has the values that stored indexes hold",
        arguments: [
            (0, 0xD3EF_973C_032E_877F), (1, 0x2070_10D4_E15E_690E), (31, 0x276E_8327_234F_5D8C),
            (32, 0xE8D7_F99B_3635_858A), (33, 0x25F1_05BF_1F9B_AC94), (63, 0x5BC5_8F62_51ED_E7B4),
            (64, 0x1C1F_3C87_AECC_8EA2), (65, 0xABA3_9581_32C0_4285), (13824, 0x37C2_6455_61C0_3D83),
        ] as [(Int, UInt64)])
    func golden(_ length: Int, _ hash: UInt64) {
        #expect(Self.hash((0..<length).map { UInt8(truncatingIfNeeded: $0 * 7 + 3) }) == hash)
    }

    @Test("differs when any one bit differs", arguments: [1, 31, 32, 33, 64, 100])
    func bitFlips(_ length: Int) {
        var bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var seen: Set<UInt64> = [Self.hash(bytes)]
        for bit in 0..<length * 8 {
            bytes[bit / 8] ^= 1 << (bit % 8)
            seen.insert(Self.hash(bytes))
            bytes[bit / 8] ^= 1 << (bit % 8)
        }
        #expect(seen.count == length * 8 + 1)
    }

    @Test("tells zeros of different lengths apart")
    func lengths() {
        #expect(Set((0...130).map { Self.hash([UInt8](repeating: 0, count: $0)) }).count == 131)
    }

    @Test("tells swapped words apart, within a lane and across lanes")
    func order() {
        var hashes: Set<UInt64> = []
        for place in stride(from: 0, to: 128, by: 8) {
            var bytes = [UInt8](repeating: 0, count: 128)
            bytes[place] = 1
            hashes.insert(Self.hash(bytes))
        }
        #expect(hashes.count == 16)
    }

    @Test("does not depend on where the bytes lie in memory")
    func alignment() {
        let bytes = (0..<100).map { UInt8($0) }
        let plain = Self.hash(Array(bytes[3..<97]))
        #expect(bytes.withUnsafeBytes { FrameHash.of(UnsafeRawBufferPointer(rebasing: $0[3..<97])) } == plain)
    }

    private static func hash(_ bytes: [UInt8]) -> UInt64 { bytes.withUnsafeBytes { FrameHash.of($0) } }
}
