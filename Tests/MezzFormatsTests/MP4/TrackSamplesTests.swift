import Foundation
import MezzFormats
import Testing

@Suite("Samples as ffprobe lists them", .timeLimit(.minutes(5)))
struct TrackSamplesTests {
    @Test("of files that FFmpeg writes", arguments: MP4Recipe.all)
    func written(_ recipe: MP4Recipe) throws {
        let folder = try MediaFolder()
        try recipe.make(in: folder)
        try Self.compare(folder(recipe.name), in: folder)
    }

    @Test("of files that the packager writes, whole and in segments")
    func packaged() throws {
        let folder = try MediaFolder()
        try MP4Recipe("source").make(in: folder, seconds: 4)
        try MediaTool.packager.run(
            [
                "in=a.mp4,stream=video,output=v.mp4", "in=a.mp4,stream=audio,output=s.mp4",
                "--segment_duration", "1", "--mpd_output", "m.mpd",
            ], in: folder)
        try MediaTool.packager.run(
            [
                "in=a.mp4,stream=video,init_segment=init.mp4,segment_template=v$Number$.m4s", "--segment_duration", "1",
                "--mpd_output", "n.mpd",
            ], in: folder)
        for name in ["v.mp4", "s.mp4"] { try Self.compare(folder(name), in: folder) }
        let movie = try #require(try MP4File.read(try folder.bytes("init.mp4")).movie)
        let facts = try MP4File.read(try folder.bytes("v.mp4")).cmafFacts()
        #expect(facts.claimsTrackBrand && facts.hasOneTrack && facts.hasOnlyFragments && facts.hasOnlyOffsetEdit)
        #expect(facts.fragments.allSatisfy { $0.isPair && $0.countsFromMoof && $0.startsWithSync && $0.isContinuous })
        let segment = try MP4File.read(try folder.bytes("v1.m4s"), initialization: movie)
        #expect(segment.cmafFacts(initialization: movie).hasOneTrack && !segment.segmentTypes.isEmpty)
        let whole = try TrackSamples.read(try folder.bytes("v.mp4"), track: 1).samples
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".m4s") }
        let parts = try (1...names.count).flatMap { number in
            try TrackSamples.read(try folder.bytes("v\(number).m4s"), track: 1, initialization: movie).samples
        }
        #expect(names.count > 1)
        #expect(parts.map(\.presentationTime) == whole.map(\.presentationTime))
        #expect(parts.map(\.size) == whole.map(\.size))
        #expect(parts.map(\.isSync) == whole.map(\.isSync))
    }

    @Test("of real files", arguments: MediaTool.clips.filter { $0.hasSuffix(".mp4") })
    func real(_ path: String) throws {
        try Self.compare(path, in: try MediaFolder())
    }

    /// All tracks, packet by packet.
    private static func compare(_ path: String, in folder: MediaFolder) throws {
        let file = try FileBytes(path, followsLinks: true)
        let tracks = try #require(try MP4File.read(file).movie).tracks
        for (index, track) in tracks.enumerated() where ["vide", "soun"].contains(track.handler) {
            let listed = try TrackSamples.read(file, track: track.id).samples
            // FFmpeg shows all samples later, so that none is shown before it is decoded.
            let shift = max(0, -Int(listed.map(\.compositionOffset).min() ?? 0))
            // It takes the lengths of these from the sound itself, also of the last, which a file may cut short.
            let isTimed = !["ac-3", "ec-3"].contains(track.codec)
            let samples = listed.map { PacketList.Packet($0, shift: shift, hasDuration: isTimed) }
            let packets = try PacketList(path, stream: index, hasDurations: isTimed, in: folder).packets
            try #require(samples.count == packets.count, "\(path), track \(track.id)")
            let first = zip(samples, packets).enumerated().first { $0.element.0 != $0.element.1 }
            #expect(first == nil, "\(path), track \(track.id)")
            #expect(!samples.isEmpty)
        }
    }
}
