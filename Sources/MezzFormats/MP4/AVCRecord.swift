/// AVCDecoderConfigurationRecord (`avcC`, ISO/IEC 14496-15, 5.3.3.1).
package struct AVCRecord: Hashable, Sendable {
    /// The record as it is written.
    package let bytes: [UInt8]
    /// profile_idc, the byte of constraint flags, and ten times the level.
    package let profile: Int
    package let compatibility: Int
    package let level: Int
    /// Bytes of the length before each NAL unit of a sample: 1, 2 or 4.
    package let lengthSize: Int
    package let sequenceSets: [RecordedUnit]
    package let pictureSets: [RecordedUnit]
    /// Only of the High profiles, and where they are written: chroma_format_idc and bits of a sample.
    package private(set) var chromaFormat: Int?
    package private(set) var lumaBits: Int?
    package private(set) var chromaBits: Int?

    private static let highProfiles = [100, 110, 122, 144, 244]

    /// - Throws: `FormatError` when the record ends early or has a length of three bytes.
    package static func read(_ bytes: [UInt8]) throws(FormatError) -> AVCRecord {
        var cursor = try ByteCursor(bytes, 0..<bytes.count)
        guard try cursor.byte() == 1 else { throw FormatError(.invalid, "an avcC of another version", at: 0) }
        let (profile, compatibility, level) = (try cursor.byte(), try cursor.byte(), try cursor.byte())
        let lengthSize = try cursor.byte() & 3 + 1
        guard lengthSize != 3 else { throw FormatError(.invalid, "lengths of three bytes", at: 4) }
        let type = { (byte: UInt8) in Int(byte & 0x1F) }
        let sequenceSets = try cursor.recordedUnits(try cursor.byte() & 0x1F, in: bytes, type: type)
        let pictureSets = try cursor.recordedUnits(try cursor.byte(), in: bytes, type: type)
        var record = AVCRecord(
            bytes: bytes, profile: profile, compatibility: compatibility, level: level, lengthSize: lengthSize,
            sequenceSets: sequenceSets, pictureSets: pictureSets)
        // Many writers leave these out.
        if highProfiles.contains(profile), cursor.remaining >= 4 {
            record.chromaFormat = try cursor.byte() & 3
            record.lumaBits = try cursor.byte() & 7 + 8
            record.chromaBits = try cursor.byte() & 7 + 8
        }
        return record
    }
}
