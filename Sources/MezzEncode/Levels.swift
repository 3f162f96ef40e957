package import MezzCore

/// The smallest level that holds a stream: ITU-T H.264 table A-1 and H.265 tables A.8 and A.9 (Main tier).
package enum Levels {
    /// - Parameters:
    ///   - peakBps: The VBV rate in bits per second.
    ///   - bufferBits: The VBV buffer in bits.
    /// - Returns: The level's number, e.g. "4.1"; `nil` where no level is wide enough or the encoder chooses (AV1).
    package static func smallest(
        for codec: CodecFamily, resolution: Resolution, frameRate: Rational, peakBps: Int, bufferBits: Int
    ) -> String? {
        switch codec {
        case .avc: avc(resolution, frameRate.value, peakBps, bufferBits)
        case .hevc: hevc(resolution, frameRate.value, peakBps, bufferBits)
        case .av1: nil
        }
    }

    /// Level, macroblocks per second, macroblocks per frame, kbit/s and CPB kbit for Baseline and Main (High × 1.25).
    private static let avcTable: [(String, Int, Int, Int, Int)] = [
        ("1.0", 1485, 99, 64, 175), ("1.1", 3000, 396, 192, 500), ("1.2", 6000, 396, 384, 1000),
        ("1.3", 11880, 396, 768, 2000), ("2.0", 11880, 396, 2000, 2000), ("2.1", 19800, 792, 4000, 4000),
        ("2.2", 20250, 1620, 4000, 4000), ("3.0", 40500, 1620, 10000, 10000), ("3.1", 108_000, 3600, 14000, 14000),
        ("3.2", 216_000, 5120, 20000, 20000), ("4.0", 245_760, 8192, 20000, 25000),
        ("4.1", 245_760, 8192, 50000, 62500), ("4.2", 522_240, 8704, 50000, 62500),
        ("5.0", 589_824, 22080, 135_000, 135_000), ("5.1", 983_040, 36864, 240_000, 240_000),
        ("5.2", 2_073_600, 36864, 240_000, 240_000), ("6.0", 4_177_920, 139_264, 240_000, 240_000),
        ("6.1", 8_355_840, 139_264, 480_000, 480_000), ("6.2", 16_711_680, 139_264, 800_000, 800_000),
    ]

    private static func avc(_ size: Resolution, _ rate: Double, _ peak: Int, _ buffer: Int) -> String? {
        let wide = (size.width + 15) / 16
        let high = (size.height + 15) / 16
        return avcTable.first { _, perSecond, perFrame, kbps, kbit in
            wide * high <= perFrame && Double(wide * high) * rate <= Double(perSecond)
                && wide * wide <= 8 * perFrame && high * high <= 8 * perFrame
                && peak <= kbps * 1250 && buffer <= kbit * 1250
        }?.0
    }

    /// Level, luma samples per picture, luma samples per second, kbit/s and CPB kbit of the Main tier.
    private static let hevcTable: [(String, Int, Int, Int)] = [
        ("1.0", 36864, 552_960, 128), ("2.0", 122_880, 3_686_400, 1500), ("2.1", 245_760, 7_372_800, 3000),
        ("3.0", 552_960, 16_588_800, 6000), ("3.1", 983_040, 33_177_600, 10000),
        ("4.0", 2_228_224, 66_846_720, 12000), ("4.1", 2_228_224, 133_693_440, 20000),
        ("5.0", 8_912_896, 267_386_880, 25000), ("5.1", 8_912_896, 534_773_760, 40000),
        ("5.2", 8_912_896, 1_069_547_520, 60000), ("6.0", 35_651_584, 1_069_547_520, 60000),
        ("6.1", 35_651_584, 2_139_095_040, 120_000), ("6.2", 35_651_584, 4_278_190_080, 240_000),
    ]

    private static func hevc(_ size: Resolution, _ rate: Double, _ peak: Int, _ buffer: Int) -> String? {
        hevcTable.first { _, samples, perSecond, kbps in
            size.pixels <= samples && Double(size.pixels) * rate <= Double(perSecond)
                && size.width * size.width <= 8 * samples && size.height * size.height <= 8 * samples
                && peak <= kbps * 1000 && buffer <= kbps * 1000
        }?.0
    }
}
