import MezzFormats
import Testing

@Suite("ISO base media files")
struct MP4FileTests {
    @Test("Headers of version 0 and 1 say the same", arguments: [0, 1])
    func movie(_ version: Int) throws {
        let movie = try #require(try MP4File.read(MP4Builder.movie(version: version)).movie)
        #expect(movie.timescale == 30_000)
        #expect(movie.duration == 60_060)
        let track = try #require(movie.tracks.first)
        #expect(track.codec == "avc1")
        #expect(track.handler == "vide")
        #expect(track.timescale == 30_000)
        #expect((track.width, track.height) == (640, 360))
        #expect(track.edits.map(\.mediaTime) == [2002])
    }

    @Test("Dates are found where they are, and nothing else", arguments: [0, 1])
    func dates(_ version: Int) throws {
        let front = MP4Builder.box("ftyp", Array("cmfc".utf8))
        var bytes = front + MP4Builder.movie(version: version)
        let ranges = try MP4Dates.ranges(bytes)
        #expect(ranges.map(\.count) == Array(repeating: version == 1 ? 16 : 8, count: 3))
        for range in ranges { bytes.replaceSubrange(range, with: Array(repeating: 0, count: range.count)) }
        let before = try MP4File.read(front + MP4Builder.movie(version: version))
        #expect(try MP4File.read(bytes) == before)
        #expect(!bytes.contains(0xEE))
    }

    @Test("Samples of fragments are summed up")
    func fragments() throws {
        let first = MP4Builder.fragment(time: 0, sizes: [100, 50, 60], shifts: [2002, 3003, 1001])
        let bytes = MP4Builder.movie() + first + MP4Builder.fragment(time: 3003, sizes: [90])
        let file = try MP4File.read(bytes)
        let samples = try #require(file.fragments.first?.tracks.first)
        #expect(samples.samples == 3)
        #expect(samples.duration == 3003)
        #expect(samples.bytes == 210)
        #expect(samples.syncSamples == 1)
        #expect(samples.startsWithSync)
        #expect(samples.presentation == 2002..<5005)
        #expect(samples.dataStart == MP4Builder.movie().count + first.count - 210)
        #expect(file.fragments.last?.tracks.first?.decodeTime == 3003)
    }

    @Test("An index gives byte ranges after itself", arguments: [0, 1])
    func index(_ version: Int) throws {
        let movie = MP4Builder.movie()
        let bytes = movie + MP4Builder.index([(1000, 60_060), (500, 30_030)], version: version)
        let index = try #require(try MP4File.read(bytes).indexes.first)
        let start = bytes.count
        #expect(index.entries.map(\.bytes) == [start..<start + 1000, start + 1000..<start + 1500])
        #expect(index.duration == 90_090)
        #expect(index.bytes == movie.count..<bytes.count)
        #expect(index.entries.allSatisfy { $0.startsWithSAP && $0.sapType == 1 && !$0.isIndex })
    }

    @Test("A 64-bit size and a size to the end")
    func sizes() throws {
        let wide = MP4Builder.box("free", [1, 2, 3], wide: true)
        let open = MP4Builder.u32(0) + Array("mdat".utf8) + [9, 9]
        let boxes = try MP4File.read(wide + open).boxes
        #expect(boxes.map(\.size) == [19, 10])
        #expect(boxes.map(\.headerBytes) == [16, 8])
    }

    @Test(
        "What cannot be is refused",
        arguments: [
            [0, 0, 0, 20, 109, 111, 111, 118], [0, 0, 0, 7, 109, 111, 111, 118], [0, 0, 0],
            [0, 0, 0, 1, 109, 100, 97, 116, 255, 255, 255, 255, 255, 255, 255, 255],
            [0, 0, 0, 1, 109, 100, 97, 116, 127, 255, 255, 255, 255, 255, 255, 255],
            [0, 0, 0, 8, 109, 111, 111, 118],
        ] as [[UInt8]])
    func refused(_ bytes: [UInt8]) {
        #expect(throws: FormatError.self) { try MP4File.read(bytes) }
    }

    @Test("Four billion announced samples cost neither time nor memory, and overflow is an error")
    func hugeCounts() throws {
        func file(duration: Int, count: Int, time: Int) -> [UInt8] {
            let header = MP4Builder.full("tfhd", flags: 0x8, MP4Builder.u32(1) + MP4Builder.u32(duration))
            let run = MP4Builder.full("trun", MP4Builder.u32(count))
            let tfdt = MP4Builder.full("tfdt", version: 1, MP4Builder.u64(time))
            return MP4Builder.box("moof", MP4Builder.box("traf", header + tfdt + run))
        }
        let file1 = try MP4File.read(file(duration: 1001, count: 0xFFFF_FFFF, time: 0))
        #expect(file1.fragments.first?.tracks.first?.samples == 0xFFFF_FFFF)
        #expect(throws: FormatError.self) {
            try MP4File.read(file(duration: 0xFFFF_FFFF, count: 0xFFFF_FFFF, time: 0))
        }
        #expect(throws: FormatError.self) { try MP4File.read(file(duration: 9, count: 9, time: .max)) }
    }

    @Test("Boxes nested without end are refused")
    func depth() {
        var bytes: [UInt8] = []
        for _ in 0..<2000 { bytes = MP4Builder.box("moov", bytes) }
        #expect(throws: FormatError.self) { try MP4File.read(bytes) }
    }
}
