import Foundation
import MezzCore
import MezzFormats
import MezzPackaging
import MezzQC
import Testing

@Suite("Packager", .serialized, .timeLimit(.minutes(5)))
struct PackagerTests {
    @Test("Files, names and segments are as planned", arguments: [SegmentLayout.onDemand, .segmented])
    func layout(_ layout: SegmentLayout) async throws {
        let package = try await TestPackage.make(layout)
        let stems = ["audio/main", "video/avc-72p", "video/avc-90p"]
        let media = stems.flatMap { stem in
            layout == .onDemand ? [stem + ".mp4"] : [stem + "/init.mp4"] + (1...4).map { stem + "/0000\($0).m4s" }
        }
        let playlists = stems.flatMap { stem in
            stem.hasPrefix("audio") ? [stem + ".m3u8"] : [stem + ".m3u8", stem + "-iframes.m3u8"]
        }
        #expect(Set(package.listing.files) == Set(media + playlists + ["manifest.mpd", "master.m3u8"]))
        #expect(package.listing.files == package.listing.files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        let top = try FileManager.default.contentsOfDirectory(atPath: package.folder)
        #expect(Set(top) == ["audio", "video", "manifest.mpd", "master.m3u8"])
        for id in ["avc-90p", "avc-72p"] {
            let segments = try #require(package.listing.segments[id])
            #expect(segments.map(\.startSeconds) == [0, 1.001, 2.002, 3.003])
            #expect(segments.allSatisfy { $0.durationSeconds == 1.001 && $0.bytes > 500 })
        }
    }

    @Test("Two runs give the same bytes and no dates", arguments: [SegmentLayout.onDemand, .segmented])
    func reproducible(_ layout: SegmentLayout) async throws {
        let package = try await TestPackage.make(layout)
        try await Task.sleep(for: .seconds(1.1))
        let second = try package.temporary.folder("second")
        _ = try await Packager(runner: package.media.runner).package(
            package.tracks, segmentSeconds: 1, layout: layout, into: second)
        for file in package.listing.files {
            let first = try FileBytes.contents(of: package.folder + "/" + file, limit: 1 << 30)
            let bytes = try FileBytes.contents(of: second + "/" + file, limit: 1 << 30)
            #expect(first == bytes, "\(file) differs")
            guard file.hasSuffix(".mp4") else { continue }
            let dates = try MP4Dates.ranges(bytes)
            #expect(dates.count == 3)
            #expect(dates.allSatisfy { bytes[$0].allSatisfy { $0 == 0 } })
        }
    }

    @Test("Three codecs, names with any characters, a default that is not the first")
    func everything() async throws {
        let temporary = try TemporaryFolder()
        let runner = try await PackagingTools.runner()
        let media = PackagingMedia(runner: runner, folder: try temporary.folder("a,b=c d"))
        let tracks = [
            try await media.video("avc", .avc, file: "in=x,stream=audio.mp4"), try await media.video("hevc", .hevc),
            try await media.video("av1", .av1),
            try await media.audio("en-1", isDefault: false, name: "English"),
            try await media.audio("en-2", name: "English, \"described\"=x"),
            try await media.audio("fr", codec: ["-c:a", "eac3"], language: "fr", isDefault: false, name: "Français"),
        ]
        let folder = try temporary.folder("out , =")
        let listing = try await Packager(runner: runner).package(
            tracks, segmentSeconds: 2, layout: .onDemand, into: folder)
        let master = try MasterPlaylist.read(try FileBytes.contents(of: folder + "/master.m3u8", limit: 1 << 20))
        #expect(master.renditions.map(\.name) == ["English", "English, 'described'=x", "Français"])
        #expect(master.renditions.map(\.isDefault) == [false, true, false])
        #expect(master.renditions.map(\.group) == ["aac", "aac", "eac3"])
        #expect(master.variants.count == 6)
        #expect(Set(master.variants.map(\.audioGroup)) == ["aac", "eac3"])
        #expect(master.iFrameStreams.count == 3)
        let text = String(
            decoding: try FileBytes.contents(of: folder + "/manifest.mpd", limit: 1 << 20), as: UTF8.self)
        #expect(!text.contains("%2F"))
        let presentation = try MediaPresentation.read(Array(text.utf8))
        let sets = presentation.periods.flatMap(\.adaptationSets)
        #expect(sets.map(\.id) == sets.indices.map(String.init))
        #expect(sets.filter { $0.contentType == "video" }.allSatisfy { $0.subsegmentAlignment })
        #expect(sets.allSatisfy { $0.subsegmentStartsWithSAP == 1 })
        #expect(Set(["avc", "hevc", "av1"].map { listing.segments[$0]?.map(\.startSeconds) }).count == 1)
        let expectation = PackageExpectation(
            rungs: [media.rung("avc", .avc), media.rung("hevc", .hevc), media.rung("av1", .av1)],
            audio: ["en-1", "en-2", "fr"].map { .init(id: $0, seconds: media.seconds) }, videoSeconds: media.seconds)
        let findings = try await PackageVerifier(runner: runner).verify(folder, expecting: expectation)
        #expect(findings == [])
    }

    @Test("A title without sound", arguments: [SegmentLayout.onDemand, .segmented])
    func silent(_ layout: SegmentLayout) async throws {
        let temporary = try TemporaryFolder()
        let runner = try await PackagingTools.runner()
        let media = PackagingMedia(runner: runner, folder: try temporary.folder("media"))
        let folder = try temporary.folder("out")
        let track = try await media.video("only", .avc)
        _ = try await Packager(runner: runner).package([track], segmentSeconds: 1, layout: layout, into: folder)
        let expectation = PackageExpectation(
            rungs: [media.rung("only", .avc)], audio: [], videoSeconds: media.seconds)
        let findings = try await PackageVerifier(runner: runner).verify(folder, expecting: expectation)
        #expect(findings == [])
    }

    @Test("A rung with other key frames is named, with its segment")
    func unaligned() async throws {
        let temporary = try TemporaryFolder()
        let runner = try await PackagingTools.runner()
        let media = PackagingMedia(runner: runner, folder: try temporary.folder("media"))
        let tracks = [
            try await media.video("good", .avc), try await media.video("odd", .hevc, keyInterval: 40),
        ]
        let folder = try temporary.folder("out")
        let failure = await #expect(throws: Failure.self) {
            _ = try await Packager(runner: runner).package(tracks, segmentSeconds: 1, layout: .onDemand, into: folder)
        }
        #expect(failure?.place == "rung odd")
        #expect(failure?.what.contains("segment 1") == true)
    }

    @Test(
        "Ids that would break names or descriptors are refused",
        arguments: ["", "a,b", "a=b", "../a", "a/b", ".hidden", "a b", "é", "x-iframes", "-a"])
    func badIds(_ id: String) async throws {
        let runner = try await PackagingTools.runner()
        let temporary = try TemporaryFolder()
        let track = PackageTrack(id: id, kind: .video, file: "/nowhere.mp4")
        await #expect(throws: Failure.self) {
            _ = try await Packager(runner: runner).package(
                [track], segmentSeconds: 4, layout: .onDemand, into: temporary.path)
        }
    }
}
