/// What a metadata OBU says (AV1, 5.8 and 6.7).
package enum AV1Metadata: Sendable, Hashable {
    /// Brightest sample and brightest frame's average, candelas a square metre; 0 for unknown.
    case contentLight(max: Int, average: Int)
    case masteringDisplay(AV1MasteringDisplay)
    /// scalability_mode_idc
    case scalability(mode: Int)
    /// A message of ITU-T T.35.
    case t35(AV1T35)
    case timecode(AV1Timecode)
    /// A type that is reserved or private.
    case other(Int)

    /// Reads the payload of a metadata OBU.
    /// - Throws: `FormatError` when it ends early.
    package static func read(_ bytes: [UInt8], _ payload: Range<Int>) throws(FormatError) -> AV1Metadata {
        var cursor = try BitCursor(bytes, payload)
        switch try cursor.leb128() {
        case 1: return .contentLight(max: try cursor.bits(16), average: try cursor.bits(16))
        case 2: return .masteringDisplay(try AV1MasteringDisplay.read(&cursor))
        case 3: return .scalability(mode: try cursor.bits(8))
        case 4: return .t35(try AV1T35.read(&cursor))
        case 5: return .timecode(try AV1Timecode.read(&cursor))
        case let type: return .other(type)
        }
    }
}

/// metadata_hdr_mdcv(): the screen on which the title was graded.
package struct AV1MasteringDisplay: Sendable, Hashable {
    /// CIE 1931 coordinates in units of 1/65536.
    package struct Point: Sendable, Hashable {
        package let x: Int
        package let y: Int
    }

    /// Red, green and blue.
    package let primaries: [Point]
    package let whitePoint: Point
    /// Units of 1/256 cd/m².
    package let maxLuminance: Int
    /// Units of 1/16384 cd/m².
    package let minLuminance: Int

    static func read(_ cursor: inout BitCursor) throws(FormatError) -> AV1MasteringDisplay {
        var points: [Point] = []
        for _ in 0..<4 { points.append(Point(x: try cursor.bits(16), y: try cursor.bits(16))) }
        return AV1MasteringDisplay(
            primaries: Array(points.prefix(3)), whitePoint: points[3], maxLuminance: try cursor.bits(32),
            minLuminance: try cursor.bits(32))
    }
}

/// metadata_itut_t35(): who defined the message tells what it is.
package struct AV1T35: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable {
        /// SMPTE ST 2094-40, application 4.
        case hdr10Plus
        case dolbyVision
        /// ATSC A/53, part 4: captions and the like.
        case atsc
        case unknown
    }

    /// 0xB5 is the United States.
    package let country: Int
    /// itu_t_t35_terminal_provider_code; `nil` where the message is too short to have one.
    package let provider: Int?
    package let kind: Kind

    private static let unitedStates = 0xB5

    static func read(_ cursor: inout BitCursor) throws(FormatError) -> AV1T35 {
        let country = try cursor.bits(8)
        if country == 0xFF { try cursor.skip(bits: 8) }
        guard cursor.remaining >= 16 else { return AV1T35(country: country, provider: nil, kind: .unknown) }
        let provider = try cursor.bits(16)
        let rest = cursor.remaining >= 32 ? try cursor.bits(32) : 0
        let kind: Kind =
            switch (country, provider) {
            // Provider-oriented code 1, application identifier 4.
            case (unitedStates, 0x3C) where rest >> 8 == 0x0001_04: .hdr10Plus
            case (unitedStates, 0x3B) where rest == 0x800: .dolbyVision
            case (unitedStates, 0x31): .atsc
            default: .unknown
            }
        return AV1T35(country: country, provider: provider, kind: kind)
    }
}

/// metadata_timecode()
package struct AV1Timecode: Sendable, Hashable {
    package let countingType: Int
    package let isDiscontinuous: Bool
    package let dropsCounts: Bool
    package let frames: Int
    /// `nil` where they are as they were.
    package var seconds: Int?
    package var minutes: Int?
    package var hours: Int?

    static func read(_ cursor: inout BitCursor) throws(FormatError) -> AV1Timecode {
        let type = try cursor.bits(5)
        let isFull = try cursor.flag()
        var code = AV1Timecode(
            countingType: type, isDiscontinuous: try cursor.flag(), dropsCounts: try cursor.flag(),
            frames: try cursor.bits(9))
        guard isFull ? true : try cursor.flag() else { return code }
        code.seconds = try cursor.bits(6)
        guard isFull ? true : try cursor.flag() else { return code }
        code.minutes = try cursor.bits(6)
        guard isFull ? true : try cursor.flag() else { return code }
        code.hours = try cursor.bits(5)
        return code
    }
}
