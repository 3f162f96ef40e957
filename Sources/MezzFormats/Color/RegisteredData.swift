/// What user data registered by ITU-T T.35 is, by its country and provider codes.
package enum RegisteredData: Hashable, Sendable {
    /// HDR10+: SMPTE ST 2094-40 (country 0xB5, provider 0x003C, oriented code 1, application 4).
    case hdr10Plus
    /// Dolby Vision metadata (country 0xB5, provider 0x003B).
    case dolbyVision
    /// HDR Vivid (country 0x26, provider 0x0004, oriented code 5).
    case hdrVivid
    /// CEA-708 captions of ATSC A/53 ("GA94", type 3).
    case captions
    /// Active format description of ATSC A/53 ("DTG1").
    case activeFormat
    case other(country: Int, provider: Int)

    /// Reads the start of the message: H.264 D.1.6, H.265 D.2.6.
    static func read(_ bits: inout BitReader) throws(FormatError) -> RegisteredData {
        let country = try bits.bits(8)
        // An extension byte follows where the country codes have run out.
        if country == 0xFF { try bits.skip(bits: 8) }
        let provider = try bits.bits(16)
        let other = RegisteredData.other(country: country, provider: provider)
        switch (country, provider) {
        case (0xB5, 0x003C):
            // The oriented code and the application, read as one number.
            return try bits.bits(24) == 1 << 8 | 4 ? .hdr10Plus : other
        case (0xB5, 0x003B): return .dolbyVision
        case (0x26, 0x0004): return try bits.bits(16) == 5 ? .hdrVivid : other
        case (0xB5, 0x0031):
            switch try bits.bits(32) {
            case 0x4741_3934: return try bits.bits(8) == 3 ? .captions : other
            case 0x4454_4731: return .activeFormat
            default: return other
            }
        default: return other
        }
    }
}
