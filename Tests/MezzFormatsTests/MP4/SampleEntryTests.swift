import MezzFormats
import Testing

@Suite("Sample entries and CMAF facts of real writers", .timeLimit(.minutes(5)))
struct SampleEntryTests {
    private static func entries(_ recipe: MP4Recipe, in folder: MediaFolder) throws -> [SampleEntry] {
        try recipe.make(in: folder, seconds: 1)
        let movie = try #require(try MP4File.read(try folder.bytes(recipe.name)).movie)
        return movie.tracks.flatMap(\.entries)
    }

    @Test("avcC and AAC")
    func avc() throws {
        let folder = try MediaFolder()
        let more = ["-vf", "setsar=4/3,setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709"]
        let entries = try Self.entries(MP4Recipe("AVC", more: more), in: folder)
        try #require(entries.count == 2)
        guard case .avc(let record)? = entries[0].configuration else {
            Issue.record("no avcC")
            return
        }
        let level = try MediaTool.ffprobe.run(
            ["-v", "error", "-select_streams", "v", "-show_entries", "stream=level", "-of", "csv=p=0", "a.mp4"],
            in: folder)
        #expect("\(record.level)" == level.split(separator: "\n").first.map(String.init))
        #expect(record.lengthSize == 4)
        #expect(record.sequenceSets.map(\.type) == [7] && record.pictureSets.map(\.type) == [8])
        for unit in record.sequenceSets { #expect(record.bytes[unit.range.lowerBound + 1] == UInt8(record.profile)) }
        #expect(entries[0].video?.color?.primaries == 1)
        #expect(entries[0].video?.pixelAspect?.horizontal == 4 && entries[0].video?.pixelAspect?.vertical == 3)
        #expect(entries[0].bitrate != nil)
        guard case .elementaryStream(let sound)? = entries[1].configuration else {
            Issue.record("no esds")
            return
        }
        #expect(sound.audio?.objectType == 2 && sound.audio?.channels == 2 && sound.audio?.outputRate == 48_000)
    }

    @Test("hvcC")
    func hevc() throws {
        let video = ["libx265", "-preset", "ultrafast", "-tag:v", "hvc1"]
        let entries = try Self.entries(MP4Recipe("HEVC", video: video, audio: nil), in: try MediaFolder())
        guard case .hevc(let record)? = entries.first?.configuration else {
            Issue.record("no hvcC")
            return
        }
        #expect(record.profile == 1 && record.lumaBits == 8 && record.chromaFormat == 1 && record.lengthSize == 4)
        #expect([32, 33, 34].allSatisfy { record.units($0).count == 1 })
        // general_level_idc of the video parameter set: after the header, four bytes and eleven of the profile.
        let set = try #require(record.units(32).first)
        #expect(set.type == 32 && set.range.count > 17)
    }

    @Test("av1C says what its sequence header says; Opus")
    func av1() throws {
        let recipe = MP4Recipe("AV1", video: ["libsvtav1", "-preset", "12"], audio: ["libopus"])
        let entries = try Self.entries(recipe, in: try MediaFolder())
        guard case .av1(let record)? = entries.first?.configuration,
            case .opus(let sound)? = entries.last?.configuration
        else {
            Issue.record("no av1C or dOps")
            return
        }
        var reader = AV1StreamReader()
        #expect(try reader.configure(record.obus).sequenceHeaders == 1)
        let sequence = try #require(reader.sequence)
        #expect(record.matches(sequence))
        #expect((sequence.maxWidth, sequence.maxHeight) == (128, 72))
        #expect(sequence.codecString.hasPrefix("av01.0.0"))
        #expect(sound.channels == 1 && sound.preSkip > 0)
    }

    @Test("dac3 and dec3")
    func dolby() throws {
        let folder = try MediaFolder()
        guard
            case .ac3(let plain)? = try Self.entries(MP4Recipe("AC-3", audio: ["ac3", "-b:a", "192k"]), in: folder)
                .last?
                .configuration
        else {
            Issue.record("no dac3")
            return
        }
        #expect(plain.channels == 1 && plain.sampleRate == 48_000 && plain.kilobits == 192)
        let recipe = MP4Recipe("E-AC-3", audio: ["eac3", "-ac", "6", "-b:a", "384k"])
        guard case .eac3(let enhanced)? = try Self.entries(recipe, in: folder).last?.configuration else {
            Issue.record("no dec3")
            return
        }
        #expect(enhanced.channels == 6 && enhanced.hasLowFrequency && enhanced.kilobits == 384)
        #expect(enhanced.sampleRate == 48_000 && enhanced.substreams == 1)
    }

    @Test("what the packager encrypts names its scheme and key")
    func encrypted() throws {
        let folder = try MediaFolder()
        try MP4Recipe("source", audio: nil).make(in: folder)
        try MediaTool.packager.run(
            [
                "in=a.mp4,stream=video,output=v.mp4", "--enable_raw_key_encryption", "--protection_scheme", "cbcs",
                "--clear_lead", "0", "--keys",
                "label=:key_id=00112233445566778899aabbccddeeff:key=000102030405060708090a0b0c0d0e0f",
            ], in: folder)
        let entry = try #require(try MP4File.read(try folder.bytes("v.mp4")).movie?.tracks.first?.entries.last)
        #expect((entry.format, entry.codec) == ("encv", "avc1"))
        #expect(entry.protection?.scheme == "cbcs" && entry.protection?.isProtected == true)
        #expect(entry.protection?.keyID == (0..<16).map { UInt8($0 * 0x11) })
        #expect(entry.protection?.cryptBlocks == 1 && entry.protection?.skipBlocks == 9)
    }

    @Test("CMAF facts tell a CMAF track from other files")
    func cmaf() throws {
        let folder = try MediaFolder()
        try MP4Recipe("CMAF", audio: nil, flags: "cmaf+frag_keyframe").make(in: folder)
        let facts = try MP4File.read(try folder.bytes("a.mp4")).cmafFacts()
        #expect(facts.claimsTrackBrand && facts.hasOneTrack && facts.hasOnlyFragments && facts.hasOnlyOffsetEdit)
        #expect(facts.fragments.count > 1 && facts.otherBoxes.isEmpty)
        #expect(
            facts.fragments.allSatisfy {
                $0.isPair && $0.hasOneTrack && $0.hasDecodeTime && $0.countsFromMoof && $0.startsWithSync
                    && $0.isSelfContained && $0.isContinuous
            })
        try MP4Recipe("two tracks", flags: "frag_keyframe+empty_moov").make(in: folder)
        let other = try MP4File.read(try folder.bytes("a.mp4")).cmafFacts()
        #expect(!other.claimsTrackBrand && !other.hasOneTrack && other.hasOnlyFragments)
        #expect(other.fragments.allSatisfy { !$0.countsFromMoof && $0.isContinuous && $0.isPair })
        try MP4Recipe("progressive").make(in: folder)
        let whole = try MP4File.read(try folder.bytes("a.mp4")).cmafFacts()
        #expect(!whole.hasOnlyFragments && whole.fragments.isEmpty)
    }

    @Test("messages and reference times between fragments do no harm")
    func tolerated() throws {
        let message = MP4Builder.full("emsg", version: 1, MP4Builder.u32(1) + MP4Builder.u64(0) + [0, 0])
        let time = MP4Builder.full("prft", version: 1, MP4Builder.u32(1) + MP4Builder.u64(0) + MP4Builder.u64(0))
        let fragment = MP4Builder.fragment(time: 0, sizes: [20, 30], shifts: [0, 0])
        let bytes = MP4Builder.movie() + time + message + fragment
        let facts = try MP4File.read(bytes).cmafFacts()
        #expect(facts.messages == 1 && facts.referenceTimes == 1 && facts.fragments.count == 1)
        #expect(facts.fragments.allSatisfy { $0.isSelfContained && $0.hasDecodeTime && $0.startsWithSync })
        #expect(try TrackSamples.read(bytes, track: 1).samples.map(\.size) == [20, 30])
    }
}
