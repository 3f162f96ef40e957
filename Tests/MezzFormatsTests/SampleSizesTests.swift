import MezzFormats
import Testing

@Suite("Sizes of an MP4's samples")
struct SampleSizesTests {
    @Test("sizes and sync samples are those of the tables")
    func tables() throws {
        let sizes = try SampleSizes.ofVideo(Self.movie(sizes: [500, 20, 30, 400, 10], sync: [1, 4]))
        #expect(sizes.bytes == [500, 20, 30, 400, 10])
        #expect(sizes.syncSamples == [0, 3])
        #expect(sizes.syncBytes == 900)
    }

    @Test("without a table of sync samples all are")
    func allSync() throws {
        #expect(try SampleSizes.ofVideo(Self.movie(sizes: [5, 6], sync: nil)).syncBytes == 11)
    }

    @Test("one size for all samples is taken as often as there are samples")
    func constant() throws {
        let table = MP4Builder.full("stsz", MP4Builder.u32(77) + MP4Builder.u32(3))
        #expect(try SampleSizes.ofVideo(Self.movie(table)).bytes == [77, 77, 77])
    }

    @Test("tables that end early, promise too much or contradict each other are refused")
    func hostile() {
        let endless = MP4Builder.full("stsz", MP4Builder.u32(1) + MP4Builder.u32(0xFFFF_FFFF))
        let short = MP4Builder.full("stsz", MP4Builder.u32(0) + MP4Builder.u32(9) + MP4Builder.u32(1))
        for table in [endless, short] {
            #expect(throws: FormatError.self) { try SampleSizes.ofVideo(Self.movie(table)) }
        }
        for sync in [[0], [3], [2, 2], [2, 1]] {
            #expect(throws: FormatError.self) { try SampleSizes.ofVideo(Self.movie(sizes: [5, 6], sync: sync)) }
        }
        #expect(throws: FormatError.self) { try SampleSizes.ofVideo([UInt8]()) }
        let sound = Self.movie(sizes: [5], sync: nil, handler: "soun")
        #expect(throws: FormatError.self) { try SampleSizes.ofVideo(sound) }
    }

    private static func movie(sizes: [Int], sync: [Int]?, handler: String = "vide") -> [UInt8] {
        var table = MP4Builder.full(
            "stsz", MP4Builder.u32(0) + MP4Builder.u32(sizes.count) + sizes.flatMap(MP4Builder.u32))
        if let sync { table += MP4Builder.full("stss", MP4Builder.u32(sync.count) + sync.flatMap(MP4Builder.u32)) }
        return movie(table, handler: handler)
    }

    private static func movie(_ table: [UInt8], handler: String = "vide") -> [UInt8] {
        let name = MP4Builder.full("hdlr", MP4Builder.u32(0) + Array(handler.utf8) + MP4Builder.u32(0))
        let media = MP4Builder.box(
            "mdia", name + MP4Builder.box("minf", MP4Builder.box("stbl", table)))
        return MP4Builder.box("moov", MP4Builder.box("trak", media))
    }
}
