import Foundation
import MezzCore
import MezzMedia
import MezzPackaging
import MezzTestKit
import Testing

@Suite(
    "Played in Chromium", .enabled("no chromium") { BrowserCheck.isHere }, .tags(.slow), .timeLimit(.minutes(5)))
struct BrowserPlaybackTests {
    private static let kids = (audio: "10000000000000000000000000000001", video: "20000000000000000000000000000002")
    private static let right = [
        BrowserCheck.Key(kid: kids.audio, key: "a1b2c3d4e5f60718293a4b5c6d7e8f90"),
        BrowserCheck.Key(kid: kids.video, key: "0f1e2d3c4b5a69788796a5b4c3d2e1f0"),
    ]

    @Test("three codecs, twelve sounds and eight texts, switched while they play, in both layouts and over HLS")
    func clear() async throws {
        try await TestFolder.with { folder in
            let title = try await BrowserTitle.make(audio: 12, texts: 8, in: folder.path)
            let files = try Self.folder("files", in: folder)
            let segments = try Self.folder("segments", in: folder)
            try await title.package(.onDemand, into: files)
            try await title.package(.segmented, into: segments)
            let results = try await BrowserCheck.run(
                [
                    .init(
                        package: files, rung: "avc-90p", switchRungs: ["avc-72p", "av1"],
                        switchAudios: [BrowserTitle.audioID(7)],
                        texts: [BrowserTitle.textID(1), BrowserTitle.textID(6)]),
                    .init(
                        package: segments, rung: "av1", audio: BrowserTitle.audioID(11), switchRungs: ["avc-72p"],
                        switchAudios: [BrowserTitle.audioID(2)], texts: [BrowserTitle.textID(5)]),
                    .init(package: files, texts: [BrowserTitle.textID(3)], hls: true),
                    .init(package: segments, texts: [BrowserTitle.textID(4)], hls: true),
                    .init(package: files, rung: "hevc"),
                ], in: folder)
            for result in results.dropLast() { #expect(result.problems == []) }
            #expect(results[0].phases.map(\.what) == ["start", "rung", "rung", "audio", "text", "text"])
            #expect(results[0].phases.map(\.width) == [160, 128, 160, 160, 160, 160])
            Self.expectPitch(results[0], [0, 0, 0, 7, 7, 7])
            Self.expectWords(results[0], [nil, nil, nil, nil, "de", "ar"])
            #expect(results[0].requests["206", default: 0] > 20 && results[0].requests["404"] == nil)
            #expect(results[1].phases.map(\.height) == [90, 72, 72, 72])
            Self.expectPitch(results[1], [11, 11, 2, 2])
            Self.expectWords(results[1], [nil, nil, nil, "ja"])
            #expect(results[1].requests["206"] == nil)
            for (result, language) in zip(results[2...], ["es", "it"]) {
                Self.expectPitch(result, [0, 0])
                Self.expectWords(result, [nil, language])
            }
            #expect(results[4].problems.contains { $0.contains("does not play hevc") } && results[4].phases.isEmpty)
        }
    }

    @Test("a protected twin plays with its keys; without them, with others or for other ids it does not")
    func protected() async throws {
        try await TestFolder.with { folder in
            let title = try await BrowserTitle.make(audio: 2, texts: 1, in: folder.path)
            let wrong = Self.right.map { BrowserCheck.Key(kid: $0.kid, key: "b" + $0.key.dropFirst()) }
            let others = Self.right.map { BrowserCheck.Key(kid: "3" + $0.kid.dropFirst(), key: $0.key) }
            var scenarios: [BrowserCheck.Scenario] = []
            for (scheme, layout) in [("cenc", SegmentLayout.onDemand), ("cbcs", .segmented)] {
                let package = try Self.folder(scheme, in: folder)
                try await title.package(layout, keys: try Self.ring(scheme), into: package)
                scenarios.append(
                    .init(
                        package: package, rung: "avc-90p", switchRungs: ["av1"],
                        switchAudios: [BrowserTitle.audioID(1)], texts: [BrowserTitle.textID(0)], keys: Self.right))
                for keys in [nil, wrong, others] {
                    scenarios.append(.init(package: package, keys: keys, expectBlocked: true))
                }
            }
            let results = try await BrowserCheck.run(scenarios, in: folder)
            for result in results { #expect(result.problems == []) }
            for first in [0, 4] {
                let (played, none, wrong, others) = (
                    results[first], results[first + 1].blocked, results[first + 2].blocked, results[first + 3].blocked
                )
                #expect(played.phases.map(\.what) == ["start", "rung", "audio", "text"])
                #expect(played.keyStatuses.map(\.kid).sorted() == [Self.kids.audio, Self.kids.video])
                #expect(played.keyStatuses.allSatisfy { $0.status == "usable" })
                Self.expectPitch(played, [0, 0, 1, 1])
                Self.expectWords(played, [nil, nil, nil, "en"])
                #expect(try #require(none).waiting > 0 && none?.moved == 0)
                #expect(try #require(wrong).error?.contains("DECODE") == true && wrong?.moved == 0)
                #expect(try #require(others).waiting > 0 && others?.moved == 0)
            }
        }
    }

    @Test("a black picture, a missing segment and keys for a clear title are noticed")
    func noticed() async throws {
        try await TestFolder.with { folder in
            let media = PackagingMedia(
                runner: try await PackagingTools.runner(), folder: try Self.folder("media", in: folder), frames: 60)
            try await media.ffmpeg(
                [
                    "-f", "lavfi", "-i", "color=black:s=160x90:r=30:d=2", "-c:v", "libx264", "-g", "30", "-pix_fmt",
                    "yuv420p", "file:" + folder("black.mp4"),
                ])
            let black = PackageTrack(id: "black", kind: .video, file: folder("black.mp4"))
            let packages = try ["black", "holed", "whole"].map { try Self.folder($0, in: folder) }
            let good = [try await media.video("avc", .avc), try await media.audio("main")]
            for (package, tracks) in zip(packages, [[black], good, good]) {
                _ = try await Packager(runner: media.runner).package(
                    tracks, segmentSeconds: 1, layout: .segmented, into: package)
            }
            try FileManager.default.removeItem(atPath: packages[1] + "/video/avc/00002.m4s")
            let results = try await BrowserCheck.run(
                [
                    .init(package: packages[0]), .init(package: packages[1], seconds: 1.5), .init(package: packages[2]),
                    .init(package: packages[2], expectBlocked: true), .init(package: packages[2], keys: Self.right),
                ], in: folder)
            let words = ["all one colour", "answered 404", nil, "nothing encrypted", "speaks of no protection"]
            for (result, words) in zip(results, words) {
                if let words {
                    #expect(result.problems.contains { $0.contains(words) }, "\(result.problems)")
                } else {
                    #expect(result.problems == [])
                }
            }
            #expect(results.count == words.count)
        }
    }

    private static func folder(_ name: String, in folder: TestFolder) throws -> String {
        try FileManager.default.createDirectory(atPath: folder(name), withIntermediateDirectories: true)
        return folder(name)
    }

    private static func ring(_ scheme: String) throws -> KeyRing {
        let keys = zip(["AUDIO", "SD"], right).map { #"{"label":"\#($0)","kid":"\#($1.kid)","key":"\#($1.key)"}"# }
            .joined(separator: ",")
        let text = #"{"scheme":"\#(scheme)","systems":["widevine","clearkey"],"keys":[\#(keys)]}"#
        return try KeysFile.parse(Data(text.utf8), place: "keys")
    }

    /// Which audio track is heard in each phase.
    private static func expectPitch(_ result: BrowserCheck.Result, _ tracks: [Int]) {
        #expect(result.phases.count == tracks.count)
        for (phase, track) in zip(result.phases, tracks) {
            #expect(abs((phase.sound.hertz ?? 0) - Double(BrowserTitle.hertz(track))) < 20, "\(phase)")
            #expect(phase.sound.level > 0.01 && phase.frames > 0 && phase.picture.spread > 20, "\(phase)")
            #expect(phase.to > phase.from)
        }
    }

    /// Which text's words are shown in each phase, when its cues say.
    private static func expectWords(_ result: BrowserCheck.Result, _ languages: [String?]) {
        for (phase, language) in zip(result.phases, languages) {
            #expect(phase.cues.isEmpty == (language == nil), "\(phase)")
            for cue in phase.cues {
                #expect(cue.text == "\(language ?? "") \(Int(cue.start)) slanted")
                #expect(abs(cue.start - cue.start.rounded(.down) - 0.1) < 0.002)
                #expect(abs(cue.end - cue.start - 0.8) < 0.002)
                #expect(cue.start < phase.to && cue.end > phase.from)
            }
        }
    }
}
