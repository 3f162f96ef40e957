/// AudioSpecificConfig of MPEG-4 audio (ISO/IEC 14496-3, 1.6.2.1).
package struct AudioSpecificConfig: Hashable, Sendable {
    /// 2 AAC-LC, 5 SBR (HE-AAC), 29 PS (HE-AAC v2), 42 USAC: what a decoder that knows all should do.
    package let objectType: Int
    /// Type of what SBR extends; else the same.
    package let coreObjectType: Int
    /// Samples a second of the core.
    package let sampleRate: Int
    /// After SBR, where it is signalled.
    package let outputRate: Int
    /// channelConfiguration: 0 says that the stream does.
    package let channelConfiguration: Int
    /// `nil` where it is not said.
    package let channels: Int?

    private static let rates = [
        96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350,
    ]
    private static let channelCounts = [1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6, 7: 8, 11: 7, 12: 8, 13: 24, 14: 8]

    static func read(_ bytes: [UInt8], _ range: Range<Int>) throws(FormatError) -> AudioSpecificConfig {
        var cursor = try BitCursor(bytes, range)
        var type = try objectType(&cursor)
        let sampleRate = try rate(&cursor)
        let configuration = try cursor.bits(4)
        var (core, outputRate) = (type, sampleRate)
        if type == 5 || type == 29 {
            outputRate = try rate(&cursor)
            core = try objectType(&cursor)
            if core == 22 { try cursor.skip(bits: 4) }
        }
        var channels = channelCounts[configuration]
        // GASpecificConfig (4.4.1) of the plain kinds; an extension may follow it.
        if [1, 2, 3, 4].contains(core), cursor.remaining >= 3 {
            try cursor.skip(bits: 1)
            if try cursor.flag() { try cursor.skip(bits: 14) }
            try cursor.skip(bits: 1)
            if configuration == 0 { channels = try programChannels(&cursor, start: range.lowerBound) }
            if type == core, let extended = try syncExtension(cursor, sampleRate) {
                type = extended.hasParametricStereo ? 29 : 5
                outputRate = extended.rate
            }
        }
        return AudioSpecificConfig(
            objectType: type, coreObjectType: core, sampleRate: sampleRate, outputRate: outputRate,
            channelConfiguration: configuration, channels: channels)
    }

    private static func objectType(_ cursor: inout BitCursor) throws(FormatError) -> Int {
        let type = try cursor.bits(5)
        return type == 31 ? 32 + (try cursor.bits(6)) : type
    }

    private static func rate(_ cursor: inout BitCursor) throws(FormatError) -> Int {
        let index = try cursor.bits(4)
        if index == 15 { return try cursor.bits(24) }
        guard index < rates.count else { throw FormatError(.invalid, "a reserved sample rate", at: cursor.byte) }
        return rates[index]
    }

    /// SBR signalled so that old decoders do not see it: after all else.
    private static func syncExtension(
        _ cursor: BitCursor, _ coreRate: Int
    ) throws(FormatError) -> (rate: Int, hasParametricStereo: Bool)? {
        var cursor = cursor
        guard cursor.remaining >= 17, try cursor.bits(11) == 0x2B7, try objectType(&cursor) == 5, try cursor.flag()
        else { return nil }
        let rate = try rate(&cursor)
        guard cursor.remaining >= 12, try cursor.bits(11) == 0x548 else { return (rate, false) }
        return (rate, try cursor.flag())
    }

    /// Channels of a program_config_element (4.4.1.1), and on to its end.
    private static func programChannels(_ cursor: inout BitCursor, start: Int) throws(FormatError) -> Int {
        try cursor.skip(bits: 10)
        let counts = (try cursor.bits(4), try cursor.bits(4), try cursor.bits(4))
        let (low, data, coupling) = (try cursor.bits(2), try cursor.bits(3), try cursor.bits(4))
        for width in [4, 4, 3] where try cursor.flag() { try cursor.skip(bits: width) }
        var channels = low
        for _ in 0..<(counts.0 + counts.1 + counts.2) {
            channels += try cursor.flag() ? 2 : 1
            try cursor.skip(bits: 4)
        }
        try cursor.skip(bits: 4 * (low + data) + 5 * coupling)
        cursor.align()
        try cursor.skip(bits: 8 * (try cursor.bits(8)))
        return channels
    }
}
