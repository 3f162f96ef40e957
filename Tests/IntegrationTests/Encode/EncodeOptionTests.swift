import Foundation
import MezzTestKit
import Testing

@Suite("An option of mezz encode", .serialized, .timeLimit(.minutes(10)))
struct EncodeOptionTests {
    @Test("--segmented writes a file for each segment")
    func segmented() async throws {
        try await TestFolder.with { folder in
            let source = try await SixShots.make(in: folder)
            let end = try await MezzProgram(in: folder).encode(source, to: "out", ["--segmented", "--segment", "2"])
            #expect(end.status == 0, "\(end.errorText)")
            let package = try EncodedPackage("out", in: folder)
            let rung = try #require(package.rungs.first)
            let segments = (1...rung.segments.count).map { String(format: "%05d.m4s", $0) }
            #expect(rung.segments.count >= 3)
            #expect(rung.segments.allSatisfy { $0.count <= 48 }, "2 s")
            #expect(folder.names(in: "out/video/\(rung.id)") == segments + ["init.mp4"])
            let audio = try #require(package.audioIDs.first)
            #expect(folder.names(in: "out/audio/\(audio)").contains("init.mp4"))
            #expect(!folder.names(in: "out/video").contains { $0.hasSuffix(".mp4") })
            let joined = try (["init.mp4"] + segments).reduce(into: Data()) {
                $0 += try folder.data("out/video/\(rung.id)/\($1)")
            }
            try folder.write(joined, to: "joined.mp4")
            let frames = try await MediaReader(in: folder).decodedFrames(folder("joined.mp4"))
            #expect(frames == SixShots.frames)
        }
    }

    @Test("--no-keep leaves the package and nothing else")
    func noKeep() async throws {
        try await encode(.withSound, ["--no-keep"]) { folder, end in
            #expect(end.status == 0, "\(end.errorText)")
            #expect(Set(folder.names(in: "out")) == PackageContract.required.union(["audio"]))
            let again = try await MezzProgram(in: folder).encode("sound.mp4", to: "out", ["--no-keep"])
            #expect(again.status == 0, "\(again.errorText)")
        }
    }

    @Test("--dry-run tells the plan and writes nothing", arguments: [[], ["--json"]])
    func dryRun(_ options: [String]) async throws {
        try await encode(.withSound, ["--dry-run"] + options) { folder, end in
            #expect(end.status == 0, "\(end.errorText)")
            #expect(!end.output.isEmpty)
            #expect(!FileManager.default.fileExists(atPath: folder("out")))
            guard !options.isEmpty else { return }
            let plan = try JSONValue(end.output)
            #expect(plan["ladder"].string == "fixed")
            #expect(plan["expectedFrames"].int == 24)
        }
    }

    @Test("--max-height bounds every rung", arguments: ["fixed", "per-title"])
    func maximumHeight(_ ladder: String) async throws {
        let options = ["--max-height", "120", "--ladder", ladder]
        let picture = MediaRecipe.picture(MediaRecipe.pattern("320x180")) + MediaRecipe.avc
        try await encode(MediaRecipe("a picture", file: "p.mp4", picture), options) { folder, end in
            #expect(end.status == 0, "\(end.errorText)")
            let heights = try EncodedPackage("out", in: folder).rungs.map(\.height)
            #expect(heights.max() == 120, "\(heights)")
        }
    }

    @Test("--json prints the report and nothing else on standard output")
    func json() async throws {
        try await encode(.withSound, ["--json"]) { folder, end in
            #expect(end.status == 0, "\(end.errorText)")
            let report = try folder.json("out/report.json")
            #expect(try JSONValue(end.output) == report)
        }
    }

    @Test("may stand before the source and after it")
    func order() async throws {
        try await TestFolder.with { folder in
            let source = try await MediaMaker(in: folder).make(.plain)
            let mezz = try MezzProgram(in: folder)
            let before = try await mezz.run(["encode", "-o", "before"] + MezzProgram.cheap + [source])
            #expect(before.status == 0, "\(before.errorText)")
            let around = try await mezz.run(
                ["encode"] + MezzProgram.cheap.prefix(4) + [source] + MezzProgram.cheap.dropFirst(4) + ["-o", "around"])
            #expect(around.status == 0, "\(around.errorText)")
            #expect(try EncodedPackage("before", in: folder).media() == EncodedPackage("around", in: folder).media())
        }
    }

    private func encode(
        _ recipe: MediaRecipe, _ options: [String], _ body: (TestFolder, ChildEnd) async throws -> Void
    ) async throws {
        try await TestFolder.with { folder in
            let source = try await MediaMaker(in: folder).make(recipe)
            // Options that stand twice: the last one counts.
            try await body(folder, try await MezzProgram(in: folder).encode(source, to: "out", options))
        }
    }
}

@Suite("Sound", .serialized, .timeLimit(.minutes(10)))
struct SoundTests {
    @Test("may be absent")
    func silent() async throws {
        try await TestFolder.with { folder in
            let source = try await MediaMaker(in: folder).make(.plain)
            let end = try await MezzProgram(in: folder).encode(source, to: "out")
            #expect(end.status == 0, "\(end.errorText)")
            let package = try EncodedPackage("out", in: folder)
            #expect(package.report["audio"] == .array([]))
            try package.expectOnDemandLayout()
            #expect(!(try folder.text("out/master.m3u8")).contains("TYPE=AUDIO"))
        }
    }

    @Test("of several languages becomes a track for each, the first one the default")
    func languages() async throws {
        try await TestFolder.with { folder in
            let source = try await SixShots.make(in: folder, languages: ["eng", "fre"])
            let end = try await MezzProgram(in: folder).encode(source, to: "out")
            #expect(end.status == 0, "\(end.errorText)")
            let package = try EncodedPackage("out", in: folder)
            #expect(package.audioIDs.count == 2)
            #expect(Set(package.audioIDs).count == 2)
            try package.expectOnDemandLayout()
            try await package.expectSound(seconds: SixShots.seconds)
            let media = try folder.text("out/master.m3u8").split(separator: "\n").filter {
                $0.hasPrefix("#EXT-X-MEDIA:")
            }
            #expect(
                media.filter { $0.contains("LANGUAGE=\"en\"") && $0.contains("DEFAULT=YES") }.count == 1, "\(media)")
            #expect(media.filter { $0.contains("LANGUAGE=\"fr\"") && $0.contains("DEFAULT=NO") }.count == 1, "\(media)")
            let manifest = try folder.text("out/manifest.mpd")
            #expect(manifest.contains("lang=\"en\"") && manifest.contains("lang=\"fr\""))
        }
    }

    @Test(
        "that does not begin or end with the picture is put in step",
        arguments: [["-itsoffset", "0.5"], ["-itsoffset", "-0.25"], ["-t", "0.4"], ["-t", "1.8"]])
    func outOfStep(_ options: [String]) async throws {
        try await TestFolder.with { folder in
            let sound = ["-f", "lavfi"] + options + ["-i", "aevalsrc=0.1*sin(2*PI*440*t):s=48000:d=2"]
            let source = try await MediaMaker(in: folder).make(
                "late.mkv", MediaRecipe.picture() + sound + MediaRecipe.avc + ["-c:a", "pcm_s16le"])
            let end = try await MezzProgram(in: folder).encode(source, to: "out")
            #expect(end.status == 0, "\(end.errorText)")
            let package = try EncodedPackage("out", in: folder)
            let frames = try #require(package.report["source"]["frames"].number)
            let reader = try MediaReader(in: folder)
            let id = try #require(package.audioIDs.first)
            #expect(abs(try await reader.soundEnd(folder("out/audio/\(id).mp4")) - frames / 24) <= 0.04)
        }
    }

    @Test("that is silent is delivered with a warning")
    func digitalSilence() async throws {
        try await TestFolder.with { folder in
            let source = try await MediaMaker(in: folder).make(
                "mute.mp4", MediaRecipe.picture() + MediaRecipe.tone(level: 0) + MediaRecipe.avc + MediaRecipe.aac)
            let end = try await MezzProgram(in: folder).encode(source, to: "out", ["--json"])
            #expect(end.status == 0, "\(end.errorText)")
            let report = try JSONValue(end.output)
            #expect(report["qc"]["findings"].items.contains { $0["code"].string == "audio.silent" })
            #expect(report["audio"][0]["loudness"]["integrated_lkfs"] == .null)
        }
    }
}
