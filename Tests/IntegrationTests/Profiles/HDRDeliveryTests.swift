import Foundation
import MezzTestKit
import Testing

@Suite("An HDR10 master", .serialized, .timeLimit(.minutes(10)))
struct HDRDeliveryTests {
    private static let display =
        "G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1)"

    /// Two shots in PQ, in a file that tells mastering display and light levels.
    private static func master(in folder: TestFolder) async throws -> String {
        let tags = "setparams=range=tv:color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc"
        return try await MediaMaker(in: folder).make(
            "master.mp4",
            [
                "-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=2", "-f", "lavfi", "-i", "mandelbrot=s=320x180:r=25",
                "-filter_complex", "[0][1]concat=n=2:v=1,format=yuv420p10le,\(tags)", "-frames:v", "100", "-c:v",
                "libx265", "-preset", "ultrafast", "-crf", "8", "-tag:v", "hvc1", "-x265-params",
                "log-level=error:pools=1:hdr10=1:master-display=\(display):max-cll=900,300",
            ])
    }

    @Test(
        "becomes tone-mapped AVC and HEVC and AV1 in HDR10, each signalled alike in stream and manifest", .tags(.slow))
    func delivers() async throws {
        try await TestFolder.with { folder in
            let source = try await Self.master(in: folder)
            let codecs = ["avc", "hevc", "av1"].flatMap { ["--codec", $0] }
            let end = try await MezzProgram(in: folder).run(
                ["encode", source, "-o", "out", "--ladder", "fixed", "--preset", "ultrafast"] + codecs)
            #expect(end.status == 0, "\(end.errorText)\(end.text)")
            let package = try EncodedPackage("out", in: folder)
            let report = package.report
            #expect(report["qc"]["passed"].bool == true)
            #expect(report["source"]["hdr"]["max_cll"].int == 900)
            let mapped = report["qc"]["findings"].items.filter { $0["code"].string == "ladder.tone-mapped" }
            #expect(mapped.map { $0["where"]["stream"].string } == ["avc"])
            for rung in package.rungs {
                let quality = report["ladder"]["rungs"].items.first { $0["id"].string == rung.id }?["quality"]["mean"]
                #expect((quality?.number ?? 0) > 40, "\(rung.id)")
                try await expectColors(of: rung.id, isHDR: rung.codec != "avc", in: folder)
            }
            try expectRanges(try folder.text("out/master.m3u8"))
        }
    }

    /// As the container says; that the bitstream says the same is what `verify` has checked.
    private func expectColors(of rung: String, isHDR: Bool, in folder: TestFolder) async throws {
        let shown = try await MediaMaker(in: folder).ffprobe(
            ["-of", "json", "-show_streams"], folder("out/video/\(rung).mp4"))
        let stream = try #require(try JSONValue(shown.output)["streams"].items.first)
        #expect(stream["color_transfer"].string == (isHDR ? "smpte2084" : "bt709"), "\(rung)")
        #expect(stream["color_primaries"].string == (isHDR ? "bt2020" : "bt709"), "\(rung)")
        let data = stream["side_data_list"].items
        let light = data.first { $0["side_data_type"].string == "Content light level metadata" }
        #expect(light?["max_content"].int == (isHDR ? 900 : nil), "\(rung)")
        #expect(data.contains { $0["side_data_type"].string == "Mastering display metadata" } == isHDR, "\(rung)")
    }

    private func expectRanges(_ playlist: String) throws {
        let variants = playlist.split(separator: "\n").filter { $0.hasPrefix("#EXT-X-STREAM-INF") }
        #expect(!variants.isEmpty)
        for variant in variants {
            #expect(variant.contains("VIDEO-RANGE=" + (variant.contains("avc1") ? "SDR" : "PQ")), "\(variant)")
        }
    }

    @Test("that states no light levels is measured, and delivered with what was found", .tags(.slow))
    func measuresLight() async throws {
        try await TestFolder.with { folder in
            let tags = "setparams=range=tv:color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc"
            // PQ's code for 1,000 cd/m² in 10 bit is 723; a quarter of the picture has it, the rest is black.
            let grey = "color=black:s=320x180:r=25:d=1,format=yuv420p10le,geq=lum='if(lt(X,80),723,64)':cb=512:cr=512"
            let source = try await MediaMaker(in: folder).make(
                "plain.mkv", ["-f", "lavfi", "-i", "\(grey),\(tags)", "-c:v", "ffv1"])
            let end = try await MezzProgram(in: folder).run([
                "encode", source, "-o", "out", "--ladder", "category", "--preset", "ultrafast", "--codec", "hevc",
            ])
            #expect(end.status == 0, "\(end.errorText)")
            let report = try EncodedPackage("out", in: folder).report
            let (most, average) = (report["source"]["hdr"]["max_cll"].int, report["source"]["hdr"]["max_fall"].int)
            #expect((990...1010).contains(most ?? 0), "\(String(describing: most))")
            // What is never lit is no part of the average.
            #expect((990...1010).contains(average ?? 0), "\(String(describing: average))")
            let codes = report["qc"]["findings"].items.compactMap { $0["code"].string }
            #expect(codes.contains("source.light-measured"))
            let rung = try #require(report["ladder"]["rungs"].items.first?["id"].string)
            let shown = try await MediaMaker(in: folder).ffprobe(
                ["-of", "json", "-show_streams"], folder("out/video/\(rung).mp4"))
            let data = try JSONValue(shown.output)["streams"].items.first?["side_data_list"].items ?? []
            #expect(data.contains { $0["max_content"].int == most })
        }
    }

    @Test("is refused by a profile that would carry it with 8 bit, before anything is written")
    func refused() async throws {
        try await TestFolder.with { folder in
            let source = try await Self.master(in: folder)
            let profile = try folder.write(
                Data("name: shallow\ncodecs:\n  hevc: {profile: main}\n".utf8), to: "shallow.yaml")
            let end = try await MezzProgram(in: folder).run(["encode", source, "-o", "out", "--profile", profile])
            #expect(end.status == 65, "\(end.errorText)")
            #expect(end.errorText.contains("hevc with 8 bit cannot carry"))
            #expect(folder.names(in: "out").filter { !$0.hasPrefix(".") }.isEmpty)
        }
    }
}

@Suite("mezz profiles and --profile", .timeLimit(.minutes(5)))
struct ProfileCommandTests {
    @Test("lists the built-in profiles, and prints each as a file that is taken again")
    func lists() async throws {
        try await TestFolder.with { folder in
            let mezz = try MezzProgram(in: folder)
            let list = try await mezz.run(["profiles", "--json"])
            let names = try JSONValue(list.output).items.compactMap { $0["name"].string }
            #expect(names.contains("standard") && names.contains("hevc-production"))
            for name in names {
                let printed = try await mezz.run(["profiles", name])
                #expect(printed.status == 0)
                let file = try folder.write(printed.output, to: name + ".yaml")
                let (again, built) = (
                    try await mezz.run(["profiles", file, "--json"]), try await mezz.run(["profiles", name, "--json"])
                )
                #expect(again.output == built.output && again.status == 0, "\(again.errorText)")
            }
        }
    }

    @Test(
        "what cannot be used is refused with its place",
        arguments: [
            ("nothing", 64, "there is no profile of this name"), ("missing.yaml", 65, "cannot be read"),
            ("broken.yaml", 65, "broken.yaml, line 3"),
        ])
    func refuses(_ name: String, _ status: Int, _ words: String) async throws {
        try await TestFolder.with { folder in
            try folder.write(Data("name: x\ncodecs:\n  vp9: {}\n".utf8), to: "broken.yaml")
            let source = try await MediaMaker(in: folder).make(MediaRecipe.withSound)
            let end = try await MezzProgram(in: folder).run(["encode", source, "-o", "out", "--profile", name])
            #expect(Int(end.status) == status, "\(end.errorText)")
            #expect(end.errorText.contains(words), "\(end.errorText)")
            #expect(!folder.names().contains("out"))
        }
    }

    @Test("4K at level 3.1 is refused with the level that fits")
    func level() async throws {
        try await TestFolder.with { folder in
            let source = try await MediaMaker(in: folder).make(
                "a.mkv", ["-f", "lavfi", "-i", "color=s=3840x2160:r=24:d=0.1", "-c:v", "ffv1"])
            let profile = try folder.write(
                Data("name: small\ncodecs:\n  avc: {level: \"3.1\"}\n".utf8), to: "small.yaml")
            let end = try await MezzProgram(in: folder).run(["encode", source, "-o", "out", "--profile", profile])
            #expect(end.status == 65, "\(end.errorText)")
            #expect(end.errorText.contains("3840x2160 at 24/1 frames/s does not fit avc level 3.1"), "\(end.errorText)")
            #expect(end.errorText.contains("level 5.1 is the smallest that fits"))
        }
    }

    @Test("old devices get Baseline, Main and High by height, the plan says so")
    func devices() async throws {
        try await TestFolder.with { folder in
            let source = try await MediaMaker(in: folder).make(
                "a.mkv", ["-f", "lavfi", "-i", "testsrc2=s=1280x720:r=24:d=0.5", "-c:v", "ffv1"])
            let mezz = try MezzProgram(in: folder)
            let end = try await mezz.encode(source, to: "out", ["--profile", "devices", "--preset", "veryfast"])
            #expect(end.status == 0, "\(end.errorText)")
            let rungs = try EncodedPackage("out", in: folder).report["ladder"]["rungs"].items
            let profiles = rungs.map { "\($0["height"].int ?? 0) \($0["profile"].string ?? "")" }
            #expect(
                Set(profiles) == ["240 Constrained Baseline", "360 Constrained Baseline", "480 Main", "720 High"])
        }
    }
}
