import MezzFormats
import Testing

@Suite("Boxes put into a movie that keeps its length")
struct MovieRoomTests {
    static let color = SignalledColor(
        signal: VideoSignal(primaries: 9, transfer: 16, matrix: 9),
        masteringDisplay: MasteringDisplay(
            red: Chromaticity(x: 34_000, y: 16_000), green: Chromaticity(x: 13_250, y: 34_500),
            blue: Chromaticity(x: 7500, y: 3000), white: Chromaticity(x: 15_635, y: 16_450),
            maxLuminance: 10_000_000, minLuminance: 1),
        contentLight: ContentLight(maxContentLevel: 1000, maxPictureAverage: 400))
    /// Bytes of `colr`, `mdcv` and `clli`.
    static let size = 19 + 32 + 12

    @Test("The entry tells the colours, and nothing outside the movie has moved", arguments: MovieShape.all)
    func added(_ shape: MovieShape) throws {
        let file = shape.file
        let patch = try #require(try Self.patch(file))
        let patched = file.applying(patch)
        #expect(patched.count == file.count)
        let old = try MP4File.read(file)
        let new = try MP4File.read(patched)
        #expect(new.boxes == old.boxes && new.fragments == old.fragments && new.indexes == old.indexes)
        let movie = try #require(old.boxes.first { $0.type == "moov" })
        #expect(patched[..<movie.start] == file[..<movie.start] && patched[movie.end...] == file[movie.end...])
        let video = try #require(new.movie?.tracks.first?.entries.first?.video)
        #expect(video.color?.primaries == 9 && video.color?.transfer == 16 && video.color?.matrix == 9)
        #expect(video.color?.isFullRange == false)
        #expect(video.contentLight?.max == 1000 && video.contentLight?.average == 400)
        #expect(video.masteringDisplay?.primaries.map(\.x) == [13_250, 7500, 34_000])
        #expect(video.masteringDisplay?.primaries.map(\.y) == [34_500, 3000, 16_000])
        #expect(video.masteringDisplay?.whitePoint.x == 15_635 && video.masteringDisplay?.whitePoint.y == 16_450)
        #expect(video.masteringDisplay?.maxLuminance == 10_000_000 && video.masteringDisplay?.minLuminance == 1)
        #expect(new.movie?.tracks.count == old.movie?.tracks.count)
        #expect(new.movie?.tracks.first?.edits == old.movie?.tracks.first?.edits)
        // A second time there is nothing to do.
        #expect(try Self.patch(patched) == nil)
    }

    @Test(
        "Room that fits exactly is used up; what is left of it must hold a header",
        arguments: [
            (size, true), (size + 1, false), (size + 7, false), (size + 8, true), (size - 1, false), (8, false),
        ])
    func fits(_ room: Int, _ fits: Bool) throws {
        let file = MovieShape(room: .free(room)).file
        guard fits else {
            #expect(throws: FormatError.self) { try Self.patch(file) }
            return
        }
        let patch = try #require(try Self.patch(file))
        #expect(patch.bytes.ranges(of: Array("free".utf8)).count == (room == Self.size ? 0 : 1))
        #expect(try MP4File.read(file.applying(patch)).movie?.tracks.count == 1)
    }

    @Test("What describes the media is no room")
    func otherMetadata() {
        #expect(throws: FormatError.self) { try Self.patch(MovieShape(room: .meta("mdir", 200)).file) }
        #expect(throws: FormatError.self) { try Self.patch(MovieShape(room: .meta("ID32", 30)).file) }
        #expect(throws: FormatError.self) { try Self.patch(MP4Builder.box("free", [0, 0, 0])) }
    }

    @Test("A movie without pictures, and one that says all, stay as they are")
    func untouched() throws {
        #expect(try Self.patch(MovieShape(room: .free(100), handler: "soun").file) == nil)
        #expect(try MovieRoom.patch(MovieShape(room: .free(100)).file) { _ in [] } == nil)
    }

    @Test("Every entry of a track gets its boxes")
    func manyEntries() throws {
        let file = MovieShape(room: .free(400), entries: 3).file
        let patched = file.applying(try #require(try Self.patch(file)))
        let entries = try #require(try MP4File.read(patched).movie?.tracks.first?.entries)
        #expect(entries.count == 3)
        #expect(entries.allSatisfy { $0.boxes == ["pasp", "colr", "mdcv", "clli"] })
    }

    @Test("Only what is missing is written")
    func missing() throws {
        let nothing = SignalledColor(signal: .unspecified)
        let light = SignalledColor(
            signal: .unspecified, contentLight: ContentLight(maxContentLevel: 9, maxPictureAverage: 1))
        let entry = try #require(try MP4File.read(MovieShape(room: .free(8)).file).movie?.tracks.first?.entries.first)
        let video = try #require(entry.video)
        #expect(nothing.boxes(missingIn: video) == [] && !nothing.isHighDynamicRange)
        #expect(light.boxes(missingIn: video) == [0, 0, 0, 12] + Array("clli".utf8) + [0, 9, 0, 1])
        #expect(light.isHighDynamicRange)
        let full = SignalledColor(signal: VideoSignal(primaries: 1, transfer: 1, matrix: 1, isFullRange: true))
        #expect(full.boxes(missingIn: video).suffix(11) == Array("nclx".utf8) + [0, 1, 0, 1, 0, 1, 0x80])
        #expect(!full.isHighDynamicRange)
    }

    @Test("AV1's units are the others' after rounding, and what does not fit is the largest that does")
    func units() throws {
        let bytes = [26_214, 13_107, 17_367, 45_220, 9830, 3932, 20_493, 21_561].flatMap(MP4Builder.u16)
        func display(_ most: Int) throws -> MasteringDisplay? {
            let payload = [2] + bytes + MP4Builder.u32(most) + MP4Builder.u32(2)
            guard case .masteringDisplay(let display) = try AV1Metadata.read(payload, 0..<payload.count) else {
                return nil
            }
            return MasteringDisplay(display)
        }
        let graded = try #require(try display(256_000))
        #expect(graded.red == Chromaticity(x: 20_000, y: 10_000) && graded.green == Chromaticity(x: 13_250, y: 34_500))
        #expect(graded.maxLuminance == 10_000_000 && graded.minLuminance == 1)
        let entry = try #require(try MP4File.read(MovieShape(room: .free(8)).file).movie?.tracks.first?.entries.first)
        let brightest = SignalledColor(signal: .unspecified, masteringDisplay: try display(0xFFFF_FFFF))
        #expect(brightest.boxes(missingIn: try #require(entry.video)).suffix(8) == [255, 255, 255, 255, 0, 0, 0, 1])
    }

    @Test("Spoilt movies are refused or keep their length")
    func hostile() throws {
        var mutations = Mutations(seed: 7)
        var patches = 0
        for shape in MovieShape.all {
            let file = shape.file
            for _ in 0..<1000 {
                let spoilt = mutations.spoil(file, at: Array(file.indices))
                guard let patch = try? Self.patch(spoilt) else { continue }
                patches += 1
                let boxes = try BoxHeader.list(spoilt, in: 0..<spoilt.count)
                let box = try #require(boxes.first { $0.type == "moov" })
                #expect(patch.offset == box.start && patch.bytes.count == box.size)
            }
        }
        #expect(patches > 100)
    }

    private static func patch(_ file: [UInt8]) throws(FormatError) -> MovieRoom.Patch? {
        try MovieRoom.patch(file) { $0.video.map(color.boxes(missingIn:)) ?? [] }
    }
}
