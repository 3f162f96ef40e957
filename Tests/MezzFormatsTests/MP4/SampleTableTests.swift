import MezzFormats
import Testing

@Suite("Sample tables and sample entries, made by hand")
struct SampleTableTests {
    typealias B = MP4Builder

    /// A file of one track: the tables of `stbl` after `stsd`, and 100 bytes of data at offset 8.
    static func file(_ tables: [UInt8], handler: String = "vide", entry: [UInt8]? = nil) -> [UInt8] {
        let plain = B.box(
            "avc1", [UInt8](repeating: 0, count: 24) + B.u16(16) + B.u16(16) + [UInt8](repeating: 0, count: 50))
        let table = B.box("stbl", B.full("stsd", B.u32(1) + (entry ?? plain)) + tables)
        let media = B.box(
            "mdia",
            B.full("mdhd", B.u64(0) + B.u32(1000) + B.u32(0) + B.u32(0))
                + B.full("hdlr", B.u32(0) + Array(handler.utf8) + B.u32(0)) + B.box("minf", table))
        let track = B.box("trak", B.full("tkhd", B.u64(0) + B.u32(7) + B.u64(0)) + media)
        let movie = B.box("moov", B.full("mvhd", B.u64(0) + B.u32(1000) + B.u32(0)) + track)
        return B.box("mdat", [UInt8](repeating: 1, count: 100)) + movie
    }

    static let times = B.full("stts", B.u32(2) + B.u32(3) + B.u32(40) + B.u32(2) + B.u32(20))
    static let sizes = B.full("stsz", B.u32(0) + B.u32(5) + [10, 20, 5, 7, 8].flatMap(B.u32))
    static let chunks = B.full("stsc", B.u32(2) + [1, 2, 1, 3, 1, 1].flatMap(B.u32))
    static let offsets = B.full("stco", B.u32(3) + [8, 50, 90].flatMap(B.u32))

    @Test("chunks, times and sizes are put together, with 32 and with 64 bits", arguments: [false, true])
    func together(_ isWide: Bool) throws {
        let places = isWide ? B.full("co64", B.u32(3) + [8, 50, 90].flatMap(B.u64)) : Self.offsets
        let shifts = B.full("ctts", version: 1, B.u32(2) + B.u32(1) + B.u32(80) + B.u32(4) + B.u32(-40))
        let syncs = B.full("stss", B.u32(2) + B.u32(1) + B.u32(4))
        let bytes = Self.file(Self.times + shifts + syncs + Self.sizes + Self.chunks + places)
        let samples = try TrackSamples.read(bytes, track: 7).samples
        #expect(samples.map(\.offset) == [8, 18, 50, 55, 90])
        #expect(samples.map(\.size) == [10, 20, 5, 7, 8])
        #expect(samples.map(\.decodeTime) == [0, 40, 80, 120, 140])
        #expect(samples.map(\.duration) == [40, 40, 40, 20, 20])
        #expect(samples.map(\.compositionOffset) == [80, -40, -40, -40, -40])
        #expect(samples.map(\.isSync) == [true, false, false, true, false])
        #expect(samples.allSatisfy { $0.description == 1 })
        #expect(MemoryLayout<Sample>.stride == 32)
    }

    @Test("compact sizes of 4, 8 and 16 bits", arguments: [4, 8, 16])
    func compact(_ width: Int) throws {
        let packed: [UInt8] =
            switch width {
            case 4: [0xA9, 0x57, 0x80]
            case 8: [10, 9, 5, 7, 8]
            default: [10, 9, 5, 7, 8].flatMap(B.u16)
            }
        let table = B.full("stz2", B.u32(width) + B.u32(5) + packed)
        let samples = try TrackSamples.read(Self.file(Self.times + table + Self.chunks + Self.offsets), track: 7)
            .samples
        #expect(samples.map(\.size) == [10, 9, 5, 7, 8])
    }

    @Test("tables that contradict each other or the file are refused")
    func refused() {
        let far = B.full("stco", B.u32(3) + [8, 50, 0x7000_0000].flatMap(B.u32))
        let few = B.full("stts", B.u32(1) + B.u32(4) + B.u32(40))
        let many = B.full("stts", B.u32(1) + B.u32(6) + B.u32(40))
        let late = B.full("stsc", B.u32(1) + [2, 2, 1].flatMap(B.u32))
        let full = B.full("stsc", B.u32(1) + [1, 0x7FFF_FFFF, 1].flatMap(B.u32))
        let back = B.full("stsc", B.u32(2) + [1, 2, 1, 1, 1, 1].flatMap(B.u32))
        let endless = B.full("stsz", B.u32(1) + B.u32(0xFFFF_FFFF))
        let overlapping = B.full("stco", B.u32(3) + [8, 8, 8].flatMap(B.u32))
        let large = B.full("stsz", B.u32(0) + B.u32(5) + [300, 300, 300, 300, 300].flatMap(B.u32))
        for tables in [
            Self.times + Self.sizes + Self.chunks + far, few + Self.sizes + Self.chunks + Self.offsets,
            many + Self.sizes + Self.chunks + Self.offsets, Self.times + Self.sizes + late + Self.offsets,
            Self.times + Self.sizes + full + Self.offsets, Self.times + Self.sizes + back + Self.offsets,
            Self.times + endless + full + Self.offsets, Self.times + large + Self.chunks + overlapping,
            Self.sizes + Self.chunks + Self.offsets,
        ] {
            #expect(throws: FormatError.self) { try TrackSamples.read(Self.file(tables), track: 7) }
        }
        let good = Self.file(Self.times + Self.sizes + Self.chunks + Self.offsets)
        #expect(throws: FormatError.self) { try TrackSamples.read(good, track: 8) }
    }

    @Test("colour, light, shape and encryption of a sample entry")
    func entry() throws {
        let color = B.box("colr", Array("nclx".utf8) + [9, 16, 9].flatMap(B.u16) + [0x80])
        let screen = B.box("mdcv", [1, 2, 3, 4, 5, 6, 7, 8].flatMap(B.u16) + B.u32(10_000_000) + B.u32(50))
        let light = B.box("clli", B.u16(1000) + B.u16(400))
        let shape = B.box("pasp", B.u32(4) + B.u32(3))
        let aperture = B.box("clap", [700, 1, 576, 1, -4, 2, 0, 1].flatMap(B.u32))
        let key = [UInt8](0..<16)
        let info = B.box("schi", B.full("tenc", version: 1, [0, 0x19, 1, 0] + key + [0]))
        let protection = B.box(
            "sinf", B.box("frma", Array("hvc1".utf8)) + B.full("schm", Array("cbcs".utf8) + B.u32(0x1_0000)) + info)
        let rate = B.box("btrt", B.u32(1) + B.u32(2_000_000) + B.u32(1_000_000))
        let fixed = [UInt8](repeating: 0, count: 24) + B.u16(720) + B.u16(576) + [UInt8](repeating: 0, count: 50)
        let boxes = color + screen + light + shape + aperture + protection + rate
        // QuickTime ends the boxes with a zero.
        let bytes = Self.file(Self.sizes, entry: B.box("encv", fixed + boxes + B.u32(0)))
        let entry = try #require(try MP4File.read(bytes).movie?.tracks.first?.entries.first)
        let video = try #require(entry.video)
        #expect((entry.format, entry.codec) == ("encv", "hvc1"))
        #expect((video.width, video.height) == (720, 576))
        #expect(video.color?.primaries == 9 && video.color?.transfer == 16 && video.color?.matrix == 9)
        #expect(video.color?.isFullRange == true)
        #expect(video.masteringDisplay?.primaries.map(\.x) == [1, 3, 5])
        #expect(video.masteringDisplay?.whitePoint.y == 8)
        #expect(video.masteringDisplay?.maxLuminance == 10_000_000)
        #expect(video.contentLight?.max == 1000 && video.contentLight?.average == 400)
        #expect(video.pixelAspect?.horizontal == 4 && video.pixelAspect?.vertical == 3)
        #expect(video.cleanAperture?.horizontalOffset.numerator == -4)
        #expect(entry.protection?.scheme == "cbcs" && entry.protection?.keyID == key)
        #expect(entry.protection?.cryptBlocks == 1 && entry.protection?.skipBlocks == 9)
        #expect(entry.bitrate?.maximum == 2_000_000)
        #expect(entry.boxes == ["colr", "mdcv", "clli", "pasp", "clap", "sinf", "btrt"])
    }

    @Test("AAC says its kind, rates and channels, also with SBR in front and behind, and with a list of channels")
    func aac() throws {
        func audio(_ specific: [UInt8]) throws -> AudioSpecificConfig? {
            let decoder =
                [0x40, 0x15, 0, 0, 0] + B.u32(128_000) + B.u32(96_000) + [5, UInt8(specific.count)] + specific
            let stream = B.u16(1) + [0, 4, UInt8(decoder.count)] + decoder + [6, 1, 2]
            let record = B.full("esds", [3, 0x80, 0x80, UInt8(stream.count)] + stream)
            let fixed = [UInt8](repeating: 0, count: 16) + B.u16(2) + B.u16(16) + B.u32(0) + B.u32(48_000 << 16)
            let bytes = Self.file(Self.sizes, handler: "soun", entry: B.box("mp4a", fixed + record))
            let entry = try #require(try MP4File.read(bytes).movie?.tracks.first?.entries.first)
            #expect(entry.audio?.sampleRate == 48_000)
            guard case .elementaryStream(let record)? = entry.configuration else { return nil }
            #expect(record.averageBitrate == 96_000 && record.specific == specific)
            return record.audio
        }
        // Written out: type (5 bits), rate (4), channels (4), then GASpecificConfig.
        let plain = try #require(try audio([0x11, 0x90]))
        #expect((plain.objectType, plain.sampleRate, plain.channels) == (2, 48_000, 2))
        let front = try #require(try audio([0x2B, 0x11, 0x88, 0x00]))
        #expect((front.objectType, front.coreObjectType, front.sampleRate, front.outputRate) == (5, 2, 24_000, 48_000))
        let behind = try #require(try audio([0x13, 0x10, 0x56, 0xE5, 0x98]))
        #expect((behind.objectType, behind.sampleRate, behind.outputRate) == (5, 24_000, 48_000))
        // 48 kHz, a list: one single in front, two pairs (front, back), one low-frequency: 6 channels.
        let bits =
            "00010" + "0011" + "0000" + "000" + "0000" + "01" + "0011" + "0010" + "0000" + "0001" + "01" + "000"
            + "0000"
            + "000" + "00000" + "10000" + "10001" + "0000" + "00" + "00000000"
        let padded = bits + String(repeating: "0", count: (8 - bits.count % 8) % 8)
        let listed = stride(from: 0, to: padded.count, by: 8).map { start in
            UInt8(padded.dropFirst(start).prefix(8), radix: 2) ?? 0
        }
        #expect(try audio(listed)?.channels == 6)
    }
}
