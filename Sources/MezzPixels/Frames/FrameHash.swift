/// A 64-bit hash of a thumbnail's bytes: equal bytes, equal hash. Says whether two decodes of the source gave the
/// same frame; not cryptographic, a frame has no adversary here.
package enum FrameHash {
    /// Four lanes of multiply-and-rotate over 8-byte words, folded with the length.
    package static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var lanes = SIMD4<UInt64>(
            0x9E37_79B9_7F4A_7C15, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9, 0x27D4_EB2F_1656_67C5)
        let factor = SIMD4<UInt64>(repeating: 0xD6E8_FEB8_6659_FD93)
        var offset = 0
        while offset + 32 <= bytes.count {
            lanes = (lanes ^ bytes.loadUnaligned(fromByteOffset: offset, as: SIMD4<UInt64>.self)) &* factor
            lanes ^= lanes &>> 29
            offset += 32
        }
        var hash = UInt64(bytes.count)
        for index in offset..<bytes.count { hash = mix(hash ^ UInt64(bytes[index])) }
        for lane in 0..<4 { hash = mix(hash ^ lanes[lane]) }
        return hash
    }

    private static func mix(_ value: UInt64) -> UInt64 {
        var x = value &* 0xD6E8_FEB8_6659_FD93
        x ^= x &>> 32
        return x &* 0xD6E8_FEB8_6659_FD93 ^ (x &>> 29)
    }
}
