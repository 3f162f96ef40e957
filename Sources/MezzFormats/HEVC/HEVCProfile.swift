/// Profile, tier and level (H.265 7.3.3).
package struct HEVCProfile: Hashable, Sendable {
    /// general_profile_space: 0, or 1 to 3 for A to C.
    package let space: Int
    package let isHighTier: Bool
    /// general_profile_idc: 1 Main, 2 Main 10, 4 the range extensions.
    package let number: Int
    /// general_profile_compatibility_flag[0] in the highest of 32 bits.
    package let compatibility: Int
    /// The 48 bits from general_progressive_source_flag to general_inbld_flag (or its reserved bit).
    package let constraints: Int
    /// general_level_idc: 30 times the level.
    package let level: Int
    /// sub_layer_level_idc by temporal sub-layer but the last; `nil` where it is not said.
    package let subLayerLevels: [Int?]

    package var isProgressive: Bool { constraints >> 47 & 1 == 1 }
    package var isInterlaced: Bool { constraints >> 46 & 1 == 1 }
    package var isFrameOnly: Bool { constraints >> 44 & 1 == 1 }

    /// - Parameter subLayers: The number of temporal sub-layers, 1 to 7.
    static func read(_ bits: inout BitReader, subLayers: Int) throws(FormatError) -> HEVCProfile {
        let space = try bits.bits(2)
        let isHigh = try bits.flag()
        let number = try bits.bits(5)
        let compatibility = try bits.bits(32)
        let constraints = try bits.bits(48)
        let level = try bits.bits(8)
        var present: [(profile: Bool, level: Bool)] = []
        for _ in 0..<subLayers - 1 { present.append((try bits.flag(), try bits.flag())) }
        // reserved_zero_2bits
        if subLayers > 1 { try bits.skip(bits: 2 * (9 - subLayers)) }
        var levels: [Int?] = []
        for entry in present {
            if entry.profile { try bits.skip(bits: 88) }
            levels.append(try entry.level ? bits.bits(8) : nil)
        }
        return HEVCProfile(
            space: space, isHighTier: isHigh, number: number, compatibility: compatibility, constraints: constraints,
            level: level, subLayerLevels: levels)
    }

    /// The `codecs` parameter (ISO/IEC 14496-15 Annex E.3), for example "hvc1.2.4.L153.B0".
    /// - Parameter entry: The sample entry's four characters, `hev1` where parameter sets are in the samples.
    package func codecString(entry: String = "hvc1") -> String {
        let spaces = ["", "A", "B", "C"]
        var reversed = 0
        for bit in 0..<32 { reversed |= (compatibility >> bit & 1) << (31 - bit) }
        var bytes = (0..<6).map { constraints >> (40 - 8 * $0) & 0xFF }
        while bytes.last == 0 { bytes.removeLast() }
        let parts = [
            entry, spaces[space & 3] + String(number), Self.hex(reversed), (isHighTier ? "H" : "L") + String(level),
        ]
        return (parts + bytes.map(Self.hex)).joined(separator: ".")
    }

    private static func hex(_ number: Int) -> String { String(number, radix: 16, uppercase: true) }
}

/// What one temporal sub-layer needs of the decoded picture buffer (H.265 7.4.3.1, 7.4.3.2.1).
package struct HEVCPictureBuffer: Hashable, Sendable {
    /// max_dec_pic_buffering_minus1 + 1
    package let pictures: Int
    /// max_num_reorder_pics
    package let reordered: Int
    /// max_latency_increase_plus1; 0 is no limit.
    package let latencyIncrease: Int

    /// Reads one entry by sub-layer, or the highest one's, which is then all there is.
    static func read(_ bits: inout BitReader, subLayers: Int) throws(FormatError) -> [HEVCPictureBuffer] {
        let count = try bits.flag() ? subLayers : 1
        var buffers: [HEVCPictureBuffer] = []
        for _ in 0..<count {
            buffers.append(
                HEVCPictureBuffer(
                    pictures: try bits.unsigned(upTo: 15, "max_dec_pic_buffering_minus1") + 1,
                    reordered: try bits.unsigned(upTo: 15, "max_num_reorder_pics"),
                    latencyIncrease: try bits.unsigned()))
        }
        return buffers
    }
}
