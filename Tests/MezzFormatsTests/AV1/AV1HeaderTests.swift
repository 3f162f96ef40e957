import MezzFormats
import Testing

@Suite("AV1 by hand")
struct AV1HeaderTests {
    private static func sequence(_ bytes: [UInt8]) throws -> AV1SequenceHeader {
        var reader = AV1StreamReader()
        _ = try reader.configure(bytes)
        return try #require(reader.sequence)
    }

    @Test("codec strings are short where the long form would say the same")
    func codecStrings() throws {
        #expect(try Self.sequence(AV1Builder.sequence(level: 4)).codecString == "av01.0.04M.08")
        #expect(try Self.sequence(AV1Builder.sequence(level: 13)).codecString == "av01.0.13H.08")
        let wide = try Self.sequence(AV1Builder.sequence(colors: [9, 16, 9]))
        #expect(wide.codecString == "av01.0.00M.08.0.110.09.16.09.0")
        let full = try Self.sequence(AV1Builder.sequence(colors: [1, 1, 1], isFullRange: true))
        #expect(full.codecString == "av01.0.00M.08.0.110.01.01.01.1")
        #expect((full.maxWidth, full.maxHeight, full.superblockSize) == (64, 64, 64))
    }

    @Test("a frame is shown only from a slot that holds one")
    func emptySlots() throws {
        for slot in 0..<8 {
            var reader = AV1StreamReader()
            let unit = AV1Builder.sequence() + AV1Builder.shown(slot)
            #expect(throws: FormatError.self) { try reader.read(unit, 0..<unit.count) }
        }
        var reader = AV1StreamReader()
        let unit = AV1Builder.shown(0)
        #expect(throws: FormatError.self) { try reader.read(unit, 0..<unit.count) }
    }

    @Test("tiles of no frame, frames in a configuration and the forbidden bit are refused")
    func misplaced() throws {
        var reader = AV1StreamReader()
        let tiles = AV1Builder.sequence() + AV1Builder.obu(4, [1, 2, 3])
        #expect(throws: FormatError.self) { try reader.read(tiles, 0..<tiles.count) }
        let again = AV1Builder.sequence() + AV1Builder.obu(7, [1, 2, 3])
        #expect(throws: FormatError.self) { try reader.read(again, 0..<again.count) }
        #expect(throws: FormatError.self) { try AV1OBU.read([0x92, 0], at: 0, end: 2) }
        #expect(throws: FormatError.self) { try AV1OBU.read([0x12, 1], at: 0, end: 2) }
        // A size beyond 32 bits, and one that never ends.
        for size in [[0xFF, 0xFF, 0xFF, 0xFF, 0x7F], [UInt8](repeating: 0x80, count: 9)] {
            let bytes = [0x12] + size
            #expect(throws: FormatError.self) { try AV1OBU.read(bytes, at: 0, end: bytes.count) }
        }
    }

    @Test("an OBU without a size goes to the end, one with an extension has layers")
    func shapes() throws {
        let open = try AV1OBU.read([0x30, 1, 2, 3], at: 0, end: 4)
        #expect(open.type == .frame && !open.hasSize && open.payload == 1..<4)
        let layered = try AV1OBU.read([0x36, 0b0101_1000, 1, 9], at: 0, end: 4)
        #expect(layered.temporalID == 2 && layered.spatialID == 3 && layered.payload == 3..<4)
        let reserved = try AV1OBU.read([9 << 3 | 2, 0x81, 0x00, 7], at: 0, end: 4)
        #expect(reserved.type == nil && reserved.payload == 3..<4)
    }

    @Test("metadata: HDR10+, Dolby Vision, captions, time codes, light")
    func metadata() throws {
        func read(_ payload: [UInt8]) throws -> AV1Metadata { try AV1Metadata.read(payload, 0..<payload.count) }
        func kind(_ payload: [UInt8]) throws -> AV1T35.Kind? {
            guard case .t35(let message) = try read(payload) else { return nil }
            return message.kind
        }
        #expect(try kind([4, 0xB5, 0, 0x3C, 0, 1, 4, 1, 0x80]) == .hdr10Plus)
        #expect(try kind([4, 0xB5, 0, 0x3C, 0, 1, 3, 1, 0x80]) == .unknown)
        #expect(try kind([4, 0xB5, 0, 0x3B, 0, 0, 8, 0, 0x80]) == .dolbyVision)
        #expect(try kind([4, 0xB5, 0, 0x31, 0x47, 0x41, 0x39, 0x34, 3]) == .atsc)
        #expect(try kind([4, 0xFF, 1, 0x80]) == .unknown)
        #expect(try read([1, 0x03, 0xE8, 0x01, 0x90, 0x80]) == .contentLight(max: 1000, average: 400))
        #expect(try read([0x85, 0x01]) == .other(133))
        // Counting type 0, full time stamp, frame 7, 5 s, 4 min, 3 h.
        let bits = "00000" + "1" + "0" + "0" + "000000111" + "000101" + "000100" + "00011" + "00000" + "1"
        let padded = bits + String(repeating: "0", count: (8 - bits.count % 8) % 8)
        let code = stride(from: 0, to: padded.count, by: 8).map { UInt8(padded.dropFirst($0).prefix(8), radix: 2) ?? 0 }
        guard case .timecode(let time) = try read([5] + code) else {
            Issue.record("no time code")
            return
        }
        #expect((time.hours, time.minutes, time.seconds) == (3, 4, 5))
        #expect(time.frames == 7)
        for length in 0..<4 { #expect(throws: FormatError.self) { try read(Array([1, 3, 0xE8, 1].prefix(length))) } }
    }

    @Test("levels have the names, limits and order of the standard's tables")
    func levels() throws {
        #expect(
            AV1Level.all.map(\.name)
                == "2.0 2.1 3.0 3.1 4.0 4.1 5.0 5.1 5.2 5.3 6.0 6.1 6.2 6.3".split(separator: " ").map(String.init))
        #expect(AV1Level.numbered(2) == nil && AV1Level.numbered(AV1Level.none) == nil)
        let level = try #require(AV1Level.numbered(13))
        #expect(level.maxPictureSize == 8_912_896 && level.maxTiles == 64 && level.maxHeaderRate == 300)
        #expect(level.maxBitrate(isHighTier: true, profile: 1) == 320_000_000)
        #expect(AV1Level.numbered(5)?.maxBitrate(isHighTier: true, profile: 0) == nil)
        #expect(level.minCompression(isHighTier: false, decodeRate: 267_386_880, isStillPicture: false) == 4)
        #expect(level.minCompression(isHighTier: true, decodeRate: 1000, isStillPicture: false) == 0.8)
        for (lower, higher) in zip(AV1Level.all, AV1Level.all.dropFirst()) {
            #expect(lower.maxDecodeRate <= higher.maxDecodeRate && lower.mainKilobits <= higher.mainKilobits)
            #expect(lower.maxPictureSize <= higher.maxPictureSize && lower.maxTiles <= higher.maxTiles)
        }
    }
}
