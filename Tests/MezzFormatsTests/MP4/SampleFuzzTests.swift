import MezzFormats
import Testing

@Suite("Samples of spoilt files", .timeLimit(.minutes(5)))
struct SampleFuzzTests {
    static let recipes = [
        MP4Recipe("progressive", audio: nil), MP4Recipe("fragments", audio: nil, flags: MP4Recipe.fragments),
        MP4Recipe("sound", flags: "frag_keyframe+empty_moov+omit_tfhd_offset"),
    ]

    /// A small file and where its boxes other than media data lie.
    private static func file(_ recipe: MP4Recipe) throws -> (bytes: [UInt8], places: [Int]) {
        let folder = try MediaFolder()
        try recipe.make(in: folder, seconds: 0.3, size: "32x32")
        let bytes = try folder.bytes(recipe.name)
        let boxes = try BoxHeader.list(bytes, in: 0..<bytes.count)
        return (bytes, boxes.flatMap { $0.type == "mdat" ? Array($0.start..<$0.start + 8) : Array($0.start..<$0.end) })
    }

    @Test("they are listed or refused, and never take more than the file bears out", arguments: recipes)
    func mutations(_ recipe: MP4Recipe) throws {
        let (bytes, places) = try Self.file(recipe)
        var mutations = Mutations(seed: 7)
        for _ in 0..<7000 {
            let spoilt = mutations.spoil(bytes, at: places)
            guard let file = try? MP4File.read(spoilt) else { continue }
            _ = file.cmafFacts()
            for track in file.movie?.tracks ?? [] {
                guard let samples = try? TrackSamples.read(spoilt, track: track.id).samples else { continue }
                #expect(samples.reduce(0) { $0 + Int($1.size) } <= spoilt.count)
                #expect(samples.allSatisfy { $0.bytes.upperBound <= spoilt.count && $0.bytes.lowerBound >= 0 })
                #expect(samples.count <= spoilt.count * 2)
            }
        }
    }

    @Test("a file cut at any byte is refused or has fewer samples", arguments: recipes)
    func cuts(_ recipe: MP4Recipe) throws {
        let bytes = try Self.file(recipe).bytes
        let whole = try TrackSamples.read(bytes, track: 1).samples
        for end in 0..<bytes.count {
            guard let samples = try? TrackSamples.read(Array(bytes.prefix(end)), track: 1).samples else { continue }
            #expect(samples == Array(whole.prefix(samples.count)))
        }
    }

    @Test("a constant size cannot ask for memory that the file does not bear out")
    func constant() throws {
        let run = MP4Builder.full("trun", MP4Builder.u32(0x7F_FFFF))
        func file(size: Int) -> [UInt8] {
            let header = MP4Builder.full(
                "tfhd", flags: 0x18, MP4Builder.u32(1) + MP4Builder.u32(1) + MP4Builder.u32(size))
            return MP4Builder.movie() + MP4Builder.box("moof", MP4Builder.box("traf", header + run))
        }
        for size in [0, 1, 0xFFFF_FFFF] {
            #expect(throws: FormatError.self) { try TrackSamples.read(file(size: size), track: 1) }
        }
    }
}
