import Foundation
import MezzTestKit
import Testing

@Suite("mezz package", .serialized, .timeLimit(.minutes(10)))
struct PackageCommandTests {
    private static func rung(
        _ name: String, _ size: String, keys: Int = 50, rate: String = "25", in folder: TestFolder
    ) async throws {
        try await MediaMaker(in: folder).make(
            name,
            MediaRecipe.picture(MediaRecipe.pattern(size, rate: rate, seconds: 4)) + MediaRecipe.avc
                + ["-x264-params", "keyint=\(keys):min-keyint=\(keys):scenecut=0:open-gop=0"])
    }

    private static func sound(_ name: String, _ codec: [String], in folder: TestFolder) async throws {
        try await MediaMaker(in: folder).make(
            name, MediaRecipe.tone(seconds: 4) + ["-ac", "2"] + codec + ["-metadata:s:a:0", "language=fra"])
    }

    @Test("finished encodes become a package that passes its checks, and not a sample changes", .tags(.slow))
    func packages() async throws {
        try await TestFolder.with { folder in
            try await Self.rung("small.mp4", "160x90", in: folder)
            try await Self.rung("large.mp4", "320x180", in: folder)
            try await Self.sound("fr.mp4", ["-c:a", "aac"], in: folder)
            // A file of two streams is taken apart.
            try await MediaMaker(in: folder).make(
                "both.mov", ["-i", folder("large.mp4"), "-i", folder("fr.mp4"), "-c", "copy"])
            try folder.write(Data("WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n".utf8), to: "en.vtt")
            let mezz = try MezzProgram(in: folder)
            let end = try await mezz.run(
                [
                    "package", "small.mp4", "both.mov", "fr.mp4:language=de,role=commentary,name=Ton", "--text",
                    "en.vtt:en", "-o", "out", "--segment", "2", "--json",
                ])
            #expect(end.status == 0, "\(end.errorText)\(end.text)")
            let report = try JSONValue(end.output)
            #expect(report["ladder"]["rungs"].items.map { $0["frames"].int } == [100, 100])
            #expect(report["audio"].items.compactMap { $0["language"].string } == ["fra", "de"])
            #expect(
                folder.names(in: "out").sorted() == [
                    "audio", "job.json", "manifest.mpd", "master.m3u8", "report.json", "text", "thumbnails", "video",
                ])
            #expect(try await mezz.run(["qc", "out"]).status == 0)
            let id = try #require(report["ladder"]["rungs"][1]["id"].string)
            #expect(try await Self.samples("out/video/\(id).mp4", in: folder) == Self.samples("large.mp4", in: folder))
            // Once more into the same folder.
            let again = try await mezz.run(["package", "small.mp4", "-o", "out", "--segment", "2", "--segmented"])
            #expect(again.status == 0, "\(again.errorText)")
            #expect(!folder.names(in: "out").contains("text"))
        }
    }

    private static func samples(_ file: String, in folder: TestFolder) async throws -> [Substring] {
        let end = try await MediaMaker(in: folder).ffmpeg(
            ["-v", "error", "-i", folder(file), "-map", "0:v", "-f", "framemd5", "-"])
        return end.text.split(separator: "\n").filter { !$0.hasPrefix("#") }.compactMap {
            $0.split(separator: ",").last
        }
    }

    @Test("rungs of two frame rates and two cuts of the sound stay apart, and pass again", .tags(.slow))
    func mixed() async throws {
        try await TestFolder.with { folder in
            try await Self.rung("slow.mp4", "160x90", in: folder)
            try await Self.rung("fast.mp4", "320x180", keys: 100, rate: "50", in: folder)
            try await Self.sound("fr.mp4", ["-c:a", "aac"], in: folder)
            let mezz = try MezzProgram(in: folder)
            let end = try await mezz.run(
                ["package", "slow.mp4", "fast.mp4", "fr.mp4", "fr.mp4", "-o", "out", "--segment", "2"])
            #expect(end.status == 0, "\(end.errorText)\(end.text)")
            let again = try await mezz.run(["qc", "out"])
            #expect(again.status == 0, "\(again.text)")
            // Two tracks of one language are no bitrates of one track.
            let sets = try folder.text("out/manifest.mpd").split(separator: "<AdaptationSet ").dropFirst()
            let sounds = sets.filter { $0.contains("contentType=\"audio\"") }
            #expect(sounds.count == 2 && sounds.allSatisfy { $0.split(separator: "<BaseURL>").count == 2 })
            // A report is not to be trusted: two rungs of one id.
            let report = try folder.text("out/report.json")
            let ids = try EncodedPackage("out", in: folder).rungs.map(\.id)
            try folder.write(Data(report.replacing(ids[1], with: ids[0]).utf8), to: "out/report.json")
            #expect(try await mezz.run(["qc", "out"]).status == 1)
        }
    }

    @Test(
        "what does not fit together is refused by name, and nothing is left behind",
        arguments: [
            (["small.mp4", "other.mp4"], Int32(65), "begins a segment in"), (["fr.mp4"], 65, "there is no picture"),
            (["small.mp4", "fr.mp3"], 65, "is mp3, which is not packaged"), (["none.mp4"], 65, "none.mp4"),
            (["small.mp4:role=singer"], 64, "has a role that is none"), (["text.mp4"], 65, "is not media"),
        ])
    func refused(_ files: [String], _ status: Int32, _ words: String) async throws {
        try await TestFolder.with { folder in
            try await Self.rung("small.mp4", "160x90", in: folder)
            try await Self.rung("other.mp4", "160x90", keys: 30, in: folder)
            try await Self.sound("fr.mp4", ["-c:a", "aac"], in: folder)
            try await Self.sound("fr.mp3", ["-c:a", "libmp3lame"], in: folder)
            try folder.write(Data("no media".utf8), to: "text.mp4")
            let end = try await MezzProgram(in: folder).run(["package"] + files + ["-o", "out", "--segment", "2"])
            #expect(end.status == status && end.errorText.contains(words), "\(end.status) \(end.errorText)")
            #expect(!FileManager.default.fileExists(atPath: folder("out")))
        }
    }

    @Test("with keys it is encrypted, and proved to be", .tags(.slow))
    func encrypted() async throws {
        try await TestFolder.with { folder in
            try await Self.rung("small.mp4", "160x90", in: folder)
            let keys = #"""
                {"scheme":"cbcs","systems":["widevine"],"clear_lead_seconds":0,"keys":[{"label":"SD",
                 "kid":"20000000000000000000000000000002","key":"0f1e2d3c4b5a69788796a5b4c3d2e1f0"}]}
                """#
            try folder.write(Data(keys.utf8), to: "keys.json")
            let mezz = try MezzProgram(in: folder)
            let end = try await mezz.run(["package", "small.mp4", "-o", "out", "--segment", "2", "--drm", "keys.json"])
            #expect(end.status == 0, "\(end.errorText)\(end.text)")
            #expect(try folder.text("out/manifest.mpd").contains("edef8ba9"))
            #expect(try await mezz.run(["qc", "out"]).text.contains("package.encrypted"))
            for file in try folder.files(under: "out") {
                #expect(try folder.data("out/" + file).range(of: Data("0f1e2d3c4b5a69788796a5b4c3d2e1f0".utf8)) == nil)
            }
        }
    }
}
