/// How samples are encrypted (`sinf`, ISO/IEC 14496-12, 8.12; `tenc`, ISO/IEC 23001-7, 8.2).
package struct SampleProtection: Hashable, Sendable {
    /// Type of the entry before encryption (`frma`).
    package private(set) var original: FourCC?
    /// `cenc`, `cbcs`, … (`schm`)
    package private(set) var scheme: FourCC?
    /// The key of samples that say nothing else, 16 bytes (`tenc`).
    package private(set) var keyID: [UInt8]?
    package private(set) var isProtected = false
    /// Bytes of each sample's initialization vector; 0 where all have the same.
    package private(set) var vectorBytes = 0
    /// Blocks of 16 bytes that are encrypted and left alone, in turn; 0 and 0 for no pattern.
    package private(set) var cryptBlocks = 0
    package private(set) var skipBlocks = 0

    static func read(_ bytes: [UInt8], _ box: BoxHeader) throws(FormatError) -> SampleProtection {
        var protection = SampleProtection()
        for child in try SampleEntry.boxes(bytes, box.payload) {
            var cursor = try ByteCursor(bytes, child.payload)
            switch child.type {
            case "frma": protection.original = try cursor.fourCC()
            case "schm":
                try cursor.skip(4)
                protection.scheme = try cursor.fourCC()
            case "schi":
                for info in try SampleEntry.boxes(bytes, child.payload) where info.type == "tenc" {
                    try protection.takeEncryption(bytes, info.payload)
                }
            default: break
            }
        }
        return protection
    }

    private mutating func takeEncryption(_ bytes: [UInt8], _ payload: Range<Int>) throws(FormatError) {
        var cursor = try ByteCursor(bytes, payload)
        let version = try cursor.versionAndFlags().version
        try cursor.skip(1)
        let pattern = Int(try cursor.number(bytes: 1))
        if version > 0 { (cryptBlocks, skipBlocks) = (pattern >> 4, pattern & 0xF) }
        isProtected = try cursor.number(bytes: 1) == 1
        vectorBytes = Int(try cursor.number(bytes: 1))
        let start = cursor.position
        try cursor.skip(16)
        keyID = Array(bytes[start..<cursor.position])
    }
}
