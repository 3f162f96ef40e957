// The standard library's conversions of vectors stay calls; these are a few instructions.

extension SIMD8<Int16> {
    /// Bytes as they are.
    @inline(__always)
    init(bytes: SIMD8<UInt8>) {
        var pairs = SIMD16<UInt8>.zero
        pairs.evenHalf = bytes
        self = unsafeBitCast(pairs, to: SIMD8<Int16>.self)
    }
}

extension SIMD8<Float> {
    /// Numbers as they are. In the low bits of 2²³'s mantissa a whole number stands for itself; raised by 2¹⁵ first, so
    /// that none is negative.
    @inline(__always)
    init(small whole: SIMD8<Int16>) {
        var pairs = SIMD16<Int16>(repeating: 0x4B00)
        pairs.evenHalf = whole ^ .min
        self = unsafeBitCast(pairs, to: SIMD8<Float>.self) - (8_388_608 + 32_768)
    }

    /// The nearest whole numbers, as integers and as they are, of numbers within ±2²¹: after 1.5·2²³ is added, the
    /// whole part lies in the low bits of the mantissa.
    @inline(__always)
    var rounded: (whole: SIMD8<Int32>, value: SIMD8<Float>) {
        let shifted = self + 12_582_912
        return (unsafeBitCast(shifted, to: SIMD8<Int32>.self) &- 0x4B40_0000, shifted - 12_582_912)
    }
}

extension SIMD8<Int32> {
    /// Whether no bit is set.
    @inline(__always)
    var isZero: Bool {
        let parts = unsafeBitCast(self, to: SIMD4<UInt64>.self)
        return (parts[0] | parts[1]) | (parts[2] | parts[3]) == 0
    }
}
