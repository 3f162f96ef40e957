/// HEVCDecoderConfigurationRecord (`hvcC`, ISO/IEC 14496-15, 8.3.3.1).
package struct HEVCRecord: Hashable, Sendable {
    /// NAL units of one type.
    package struct UnitArray: Hashable, Sendable {
        package let type: Int
        /// No samples hold further ones (array_completeness).
        package let isComplete: Bool
        package let units: [RecordedUnit]
    }

    /// The record as it is written.
    package let bytes: [UInt8]
    package let profileSpace: Int
    package let isHighTier: Bool
    package let profile: Int
    /// 32 flags, that of profile 0 the highest bit.
    package let compatibility: UInt32
    /// 48 flags, from general_progressive_source_flag on.
    package let constraints: UInt64
    /// Thirty times the level.
    package let level: Int
    package let minSpatialSegmentation: Int
    /// 0 unknown, 1 slices, 2 tiles, 3 wavefronts.
    package let parallelism: Int
    package let chromaFormat: Int
    package let lumaBits: Int
    package let chromaBits: Int
    /// Frames in 256 seconds, 0 for unknown.
    package let averageFrameRate: Int
    package let constantFrameRate: Int
    /// 0 for unknown.
    package let temporalLayers: Int
    package let isTemporallyNested: Bool
    /// Bytes of the length before each NAL unit of a sample: 1, 2 or 4.
    package let lengthSize: Int
    package let arrays: [UnitArray]

    /// All units of a type: 32 video, 33 sequence and 34 picture parameter sets, 39 and 40 messages.
    package func units(_ type: Int) -> [RecordedUnit] { arrays.filter { $0.type == type }.flatMap(\.units) }

    /// - Throws: `FormatError` when the record ends early or has a length of three bytes.
    package static func read(_ bytes: [UInt8]) throws(FormatError) -> HEVCRecord {
        var cursor = try ByteCursor(bytes, 0..<bytes.count)
        guard try cursor.byte() == 1 else { throw FormatError(.invalid, "an hvcC of another version", at: 0) }
        let profile = try cursor.byte()
        let compatibility = UInt32(truncatingIfNeeded: try cursor.number(bytes: 4))
        let constraints = try cursor.number(bytes: 6)
        let level = try cursor.byte()
        let segmentation = try cursor.u16() & 0xFFF
        let parallelism = try cursor.byte() & 3
        let chroma = try cursor.byte() & 3
        let (lumaBits, chromaBits) = (try cursor.byte() & 7 + 8, try cursor.byte() & 7 + 8)
        let frameRate = try cursor.u16()
        let last = try cursor.byte()
        guard last & 3 != 2 else { throw FormatError(.invalid, "lengths of three bytes", at: cursor.position - 1) }
        return HEVCRecord(
            bytes: bytes, profileSpace: profile >> 6, isHighTier: profile >> 5 & 1 == 1, profile: profile & 0x1F,
            compatibility: compatibility, constraints: constraints, level: level,
            minSpatialSegmentation: segmentation, parallelism: parallelism, chromaFormat: chroma, lumaBits: lumaBits,
            chromaBits: chromaBits, averageFrameRate: frameRate, constantFrameRate: last >> 6,
            temporalLayers: last >> 3 & 7, isTemporallyNested: last >> 2 & 1 == 1, lengthSize: last & 3 + 1,
            arrays: try arrays(&cursor, bytes))
    }

    private static func arrays(_ cursor: inout ByteCursor, _ bytes: [UInt8]) throws(FormatError) -> [UnitArray] {
        var arrays: [UnitArray] = []
        for _ in 0..<(try cursor.byte()) {
            let head = try cursor.byte()
            let count = try cursor.u16()
            let units = try cursor.recordedUnits(count, in: bytes) { Int($0 >> 1 & 0x3F) }
            arrays.append(UnitArray(type: head & 0x3F, isComplete: head >> 7 == 1, units: units))
        }
        return arrays
    }
}
