import Foundation
import MezzTestKit
import Testing

/// A picture that is out of the ordinary but has to be encoded rightly.
struct UnusualPicture: Sendable, CustomTestStringConvertible {
    let recipe: MediaRecipe
    /// What mezz must take it for.
    var size = "160x90"
    var rate = "24/1"
    var frames = 24
    /// The warning that has to be given.
    var finding: String?

    var testDescription: String { recipe.description }

    static func lossless(_ format: String) -> UnusualPicture {
        UnusualPicture(
            recipe: MediaRecipe(
                format, file: "\(format).mkv", MediaRecipe.picture() + MediaRecipe.lossless + ["-pix_fmt", format]))
    }

    private static func avc(_ description: String, _ source: String, _ options: [String] = []) -> MediaRecipe {
        MediaRecipe(description, file: "clip.mp4", MediaRecipe.picture(source) + MediaRecipe.avc + options)
    }

    static let sizes: [UnusualPicture] = [
        UnusualPicture(
            recipe: MediaRecipe(
                "odd sides", file: "odd.mkv",
                MediaRecipe.picture("testsrc=s=177x99:r=24:d=1") + MediaRecipe.lossless + ["-pix_fmt", "yuv444p"]),
            size: "176x98", finding: "source.odd-size"),
        UnusualPicture(recipe: avc("the smallest size", MediaRecipe.pattern("64x64")), size: "64x64"),
        UnusualPicture(recipe: avc("a very wide picture", MediaRecipe.pattern("1024x64")), size: "1024x64"),
        UnusualPicture(recipe: avc("upright", MediaRecipe.pattern("90x160")), size: "90x160"),
        UnusualPicture(
            recipe: avc("pixels that are wider than high", MediaRecipe.pattern(), ["-vf", "setsar=4/3"]),
            size: "214x90"),
        UnusualPicture(
            recipe: avc("pixels that are higher than wide", MediaRecipe.pattern(), ["-vf", "setsar=8/9"]),
            size: "142x90"),
    ]

    static let clocks: [UnusualPicture] = [
        UnusualPicture(recipe: avc("a single frame", MediaRecipe.pattern(), ["-frames:v", "1"]), frames: 1),
        UnusualPicture(recipe: avc("two frames", MediaRecipe.pattern(), ["-frames:v", "2"]), frames: 2),
        UnusualPicture(
            recipe: avc("1 frame a second", MediaRecipe.pattern(rate: "1", seconds: 3)), rate: "1/1", frames: 3),
        UnusualPicture(
            recipe: avc("120 frames a second", MediaRecipe.pattern(rate: "120", seconds: 0.5)), rate: "120/1",
            frames: 60),
        UnusualPicture(
            recipe: avc("23.976 frames a second", MediaRecipe.pattern(rate: "24000/1001")), rate: "24000/1001"),
        UnusualPicture(
            recipe: MediaRecipe(
                "a change of frame rate", file: "change.mkv",
                MediaRecipe.picture(MediaRecipe.pattern(seconds: 0.5))
                    + MediaRecipe.picture(MediaRecipe.pattern(rate: "30", seconds: 0.5))
                    + ["-filter_complex", "concat=n=2", "-fps_mode", "passthrough"] + MediaRecipe.lossless),
            rate: "30/1", frames: 30, finding: "source.variable-rate"),
        UnusualPicture(
            recipe: avc(
                "frames at irregular times", MediaRecipe.pattern(),
                [
                    "-vf", "settb=1/1000,setpts='N*1000/24+if(mod(N,5),0,25)'", "-fps_mode", "passthrough",
                    "-enc_time_base", "1:1000",
                ]), rate: "60000/1001", frames: 58, finding: "source.variable-rate"),
    ]

    static let samples: [UnusualPicture] =
        ["gray", "yuv422p", "yuv444p", "yuv420p10le", "yuv422p12le", "gbrp", "gbrp10le", "bgra"].map { lossless($0) }
        + [
            UnusualPicture(
                recipe: avc(
                    "full range", MediaRecipe.pattern(),
                    ["-vf", "scale=out_range=full,format=yuv420p", "-color_range", "pc"])),
            UnusualPicture(
                recipe: MediaRecipe(
                    "interlaced", file: "fields.mkv",
                    MediaRecipe.picture(MediaRecipe.pattern("160x96", rate: "50"))
                        + ["-vf", "tinterlace=interleave_top,fieldorder=tff", "-c:v", "mpeg2video", "-b:v", "2M"]
                        + ["-pix_fmt", "yuv420p", "-flags", "+ildct+ilme"]),
                size: "160x96", rate: "25/1", frames: 25, finding: "source.interlaced"),
        ]
}

@Suite("An unusual picture is encoded as it is meant", .serialized, .timeLimit(.minutes(10)))
struct UnusualPictureTests {
    @Test("whatever its size", arguments: UnusualPicture.sizes)
    func sizes(_ picture: UnusualPicture) async throws { try await encode(picture) }

    @Test("whatever its clock", arguments: UnusualPicture.clocks)
    func clocks(_ picture: UnusualPicture) async throws { try await encode(picture) }

    @Test("whatever its samples", arguments: UnusualPicture.samples)
    func samples(_ picture: UnusualPicture) async throws { try await encode(picture) }

    @Test("turned upright when the container says so", arguments: [90, 180, 270])
    func turned(_ degrees: Int) async throws {
        try await TestFolder.with { folder in
            let maker = try MediaMaker(in: folder)
            let lying = try await maker.make(.plain)
            try await maker.make("turned.mp4", ["-display_rotation", String(degrees), "-i", lying, "-c", "copy"])
            let report = try await report(of: "turned.mp4", in: folder)
            #expect(size(of: report["source"]) == (degrees == 180 ? "160x90" : "90x160"))
            try await expectSameBrightness("turned.mp4", report, in: folder)
        }
    }

    @Test("an 8K picture, at the sizes asked for", .tags(.slow))
    func eightK() async throws {
        try await TestFolder.with { folder in
            let source = MediaRecipe.picture("color=c=teal:s=7680x4320:r=24")
            try await MediaMaker(in: folder).make("8k.mkv", source + ["-frames:v", "2"] + MediaRecipe.avc)
            let report = try await report(of: "8k.mkv", in: folder, ["--max-height", "240"])
            #expect(size(of: report["source"]) == "7680x4320")
            #expect(report["ladder"]["rungs"].items.map { $0["height"].int } == [240])
            #expect(report["ladder"]["rungs"][0]["frames"].int == 2)
        }
    }

    private func encode(_ picture: UnusualPicture) async throws {
        try await TestFolder.with { folder in
            try await MediaMaker(in: folder).make(picture.recipe)
            let report = try await report(of: picture.recipe.file, in: folder)
            #expect(size(of: report["source"]) == picture.size)
            #expect(report["source"]["frame_rate"].string == picture.rate)
            #expect(report["source"]["frames"].int == picture.frames)
            for rung in report["ladder"]["rungs"].items { #expect(rung["frames"].int == picture.frames) }
            let codes = report["qc"]["findings"].items.compactMap { $0["code"].string }
            #expect(codes.filter { $0.hasPrefix("source.") } == (picture.finding.map { [$0] } ?? []))
            try await expectSameBrightness(picture.recipe.file, report, in: folder)
        }
    }

    private func report(of source: String, in folder: TestFolder, _ options: [String] = []) async throws -> JSONValue {
        let end = try await MezzProgram(in: folder).encode(source, to: "out", ["--json"] + options)
        #expect(end.status == 0, "\(end.errorText)\(end.text)")
        let report = try JSONValue(end.output)
        #expect(!report["ladder"]["rungs"].items.isEmpty)
        #expect(report["qc"]["passed"].bool == true)
        return report
    }

    /// A range or matrix that was mistaken shows in the mean of the decoded picture, in what a player makes of it.
    private func expectSameBrightness(_ source: String, _ report: JSONValue, in folder: TestFolder) async throws {
        let reader = try MediaReader(in: folder)
        let id = try #require(report["ladder"]["rungs"][0]["id"].string)
        let wanted = try await reader.meanColor(folder(source))
        let found = try await reader.meanColor(folder("out/video/\(id).mp4"))
        for (wanted, found) in zip(wanted, found) { #expect(abs(wanted - found) < 6, "\(wanted) became \(found)") }
    }

    private func size(of source: JSONValue) -> String {
        "\(source["width"].int ?? 0)x\(source["height"].int ?? 0)"
    }
}
