/// `dOps` (Encapsulation of Opus in ISO Base Media File Format, 4.3.2).
package struct OpusRecord: Hashable, Sendable {
    package let channels: Int
    /// Samples at 48 kHz to leave out at the beginning.
    package let preSkip: Int
    /// Samples a second before coding, 0 for unknown.
    package let inputRate: Int
    /// Units of 1/256 dB.
    package let gain: Int
    /// 0 mono and stereo, 1 up to eight channels, 255 no meaning.
    package let mappingFamily: Int

    static func read(_ bytes: [UInt8], _ payload: Range<Int>) throws(FormatError) -> OpusRecord {
        var cursor = try ByteCursor(bytes, payload)
        guard try cursor.byte() == 0 else {
            throw FormatError(.invalid, "a dOps of another version", at: payload.lowerBound)
        }
        return OpusRecord(
            channels: try cursor.byte(), preSkip: try cursor.u16(), inputRate: try cursor.u32(),
            gain: Int(Int16(truncatingIfNeeded: try cursor.u16())), mappingFamily: try cursor.byte())
    }
}

/// `dac3` (ETSI TS 102 366, F.4).
package struct AC3Record: Hashable, Sendable {
    /// Samples a second; `nil` where it is reserved.
    package let sampleRate: Int?
    /// acmod, 0...7
    package let channelMode: Int
    package let hasLowFrequency: Bool
    /// 0 where the code is reserved.
    package let kilobits: Int

    /// With the low-frequency one.
    package var channels: Int { Self.channels(channelMode, hasLowFrequency) }

    private static let rates = [48_000, 44_100, 32_000]
    private static let kilobits = [
        32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 576, 640,
    ]

    static func rate(_ code: Int) -> Int? { rates.indices.contains(code) ? rates[code] : nil }

    static func channels(_ mode: Int, _ hasLowFrequency: Bool) -> Int {
        [2, 1, 2, 3, 3, 4, 4, 5][mode & 7] + (hasLowFrequency ? 1 : 0)
    }

    static func read(_ bytes: [UInt8], _ payload: Range<Int>) throws(FormatError) -> AC3Record {
        var cursor = try BitCursor(bytes, payload)
        let rate = try cursor.bits(2)
        try cursor.skip(bits: 8)
        let (mode, hasLowFrequency, code) = (try cursor.bits(3), try cursor.flag(), try cursor.bits(5))
        return AC3Record(
            sampleRate: self.rate(rate), channelMode: mode, hasLowFrequency: hasLowFrequency,
            kilobits: kilobits.indices.contains(code) ? kilobits[code] : 0)
    }
}

/// `dec3` (ETSI TS 102 366, F.6).
package struct EAC3Record: Hashable, Sendable {
    package let kilobits: Int
    /// Of the first independent substream; `nil` where it is reserved.
    package let sampleRate: Int?
    package let channelMode: Int
    package let hasLowFrequency: Bool
    /// Independent substreams.
    package let substreams: Int
    /// Substreams that add channels to the first, and what they add (chan_loc).
    package let dependentSubstreams: Int
    package let addedLocations: Int
    /// Complexity of joint object coding (Atmos); `nil` where there is none.
    package let objectComplexity: Int?

    /// Of the first independent substream, with the low-frequency one and without what is added to it.
    package var channels: Int { AC3Record.channels(channelMode, hasLowFrequency) }

    static func read(_ bytes: [UInt8], _ payload: Range<Int>) throws(FormatError) -> EAC3Record {
        var cursor = try BitCursor(bytes, payload)
        let kilobits = try cursor.bits(13)
        let substreams = try cursor.bits(3) + 1
        var first: (rate: Int, mode: Int, low: Bool, dependent: Int, added: Int)?
        for _ in 0..<substreams {
            let rate = try cursor.bits(2)
            try cursor.skip(bits: 10)
            let (mode, low) = (try cursor.bits(3), try cursor.flag())
            try cursor.skip(bits: 3)
            let dependent = try cursor.bits(4)
            let added = dependent > 0 ? try cursor.bits(9) : 0
            if dependent == 0 { try cursor.skip(bits: 1) }
            if first == nil { first = (rate, mode, low, dependent, added) }
        }
        var complexity: Int?
        if cursor.remaining >= 16 {
            try cursor.skip(bits: 7)
            if try cursor.flag() { complexity = try cursor.bits(8) }
        }
        return EAC3Record(
            kilobits: kilobits, sampleRate: first.flatMap { AC3Record.rate($0.rate) }, channelMode: first?.mode ?? 0,
            hasLowFrequency: first?.low ?? false, substreams: substreams, dependentSubstreams: first?.dependent ?? 0,
            addedLocations: first?.added ?? 0, objectComplexity: complexity)
    }
}
