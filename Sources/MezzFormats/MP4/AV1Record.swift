/// AV1CodecConfigurationRecord (`av1C`, AV1 Codec ISO Media File Format Binding, 2.3).
package struct AV1Record: Hashable, Sendable {
    /// The record as it is written.
    package let bytes: [UInt8]
    /// seq_profile, seq_level_idx_0.
    package let profile: Int
    package let level: Int
    package let isHighTier: Bool
    /// 8, 10 or 12.
    package let bitDepth: Int
    package let isMonochrome: Bool
    package let subsamplesX: Bool
    package let subsamplesY: Bool
    package let chromaSamplePosition: Int
    /// Samples to decode before the first is shown, 1...16, where it is written.
    package let initialPresentationDelay: Int?
    /// The sequence header and metadata (`configOBUs`); may be empty.
    package var obus: [UInt8] { Array(bytes.dropFirst(4)) }

    /// - Throws: `FormatError` when the record ends early or has another version.
    package static func read(_ bytes: [UInt8]) throws(FormatError) -> AV1Record {
        var cursor = try BitCursor(bytes, 0..<bytes.count)
        guard try cursor.bits(8) == 0x81 else { throw FormatError(.invalid, "an av1C of another version", at: 0) }
        let (profile, level, isHighTier) = (try cursor.bits(3), try cursor.bits(5), try cursor.flag())
        let (isHigh, isTwelve) = (try cursor.flag(), try cursor.flag())
        let isMonochrome = try cursor.flag()
        let (subsamplesX, subsamplesY) = (try cursor.flag(), try cursor.flag())
        let position = try cursor.bits(2)
        try cursor.skip(bits: 3)
        let hasDelay = try cursor.flag()
        let delay = try cursor.bits(4) + 1
        return AV1Record(
            bytes: bytes, profile: profile, level: level, isHighTier: isHighTier,
            bitDepth: isTwelve ? 12 : isHigh ? 10 : 8, isMonochrome: isMonochrome, subsamplesX: subsamplesX,
            subsamplesY: subsamplesY, chromaSamplePosition: position, initialPresentationDelay: hasDelay ? delay : nil)
    }

    /// Whether the record says of a sequence header what is true; 2.3.4 demands it.
    package func matches(_ sequence: AV1SequenceHeader) -> Bool {
        let point = sequence.operatingPoints.first ?? AV1OperatingPoint()
        let color = sequence.color
        return profile == sequence.profile && level == point.level && isHighTier == point.isHighTier
            && bitDepth == color.bitDepth && isMonochrome == color.isMonochrome && subsamplesX == color.subsamplesX
            && subsamplesY == color.subsamplesY && chromaSamplePosition == color.chromaSamplePosition
    }
}
