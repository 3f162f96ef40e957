import Foundation
import MezzCore
import MezzIngest
import MezzMedia
import MezzTestKit
import Testing

@Suite("Cropping and interlaced sources", .timeLimit(.minutes(2)))
struct CropTests {
    private static func inspect(_ path: String, _ reading: SourceReading) async throws -> SourceInfo {
        let tools = try TestTools()
        let found = [(Tool.ffmpeg, tools.ffmpeg), (.ffprobe, tools.ffprobe)].map {
            FoundTool(tool: $0.0, path: $0.1, version: "test", features: [])
        }
        return try await Inspector(runner: ToolRunner(tools: ToolSet(found)), reading: reading).inspect(path)
    }

    /// A moving picture of 320×136 in a frame of 320×180, with black at both ends.
    private static func letterboxed(in folder: TestFolder) async throws -> String {
        try await MediaMaker(in: folder).make(
            "bars.mkv",
            [
                "-f", "lavfi", "-i", "testsrc2=s=320x136:r=10:d=6", "-vf",
                "pad=320:180:0:22:black,fade=in:0:10,fade=out:50:10,noise=alls=4:allf=t", "-c:v", "ffv1", "-pix_fmt",
                "yuv420p",
            ])
    }

    @Test("bars that stay all through the title are found, whatever is black for a while")
    func bars() async throws {
        try await TestFolder.with { folder in
            let path = try await Self.letterboxed(in: folder)
            let info = try await Self.inspect(path, SourceReading(crop: .bars))
            #expect(info.video.display == Resolution(width: 320, height: 136))
            #expect(info.video.filters == ["crop=320:136:0:22:exact=1"])
            #expect(info.findings.map(\.code) == ["source.cropped"])
            let whole = try await Self.inspect(path, SourceReading())
            #expect(whole.video.display == Resolution(width: 320, height: 180) && whole.findings.isEmpty)
        }
    }

    @Test("a picture that reaches its edges once, text on black, and black alone are left as they are")
    func noBars() async throws {
        try await TestFolder.with { folder in
            let maker = try MediaMaker(in: folder)
            let once = try await maker.make(
                "once.mkv",
                [
                    "-f", "lavfi", "-i", "testsrc2=s=320x180:r=10:d=6", "-vf",
                    "drawbox=0:0:320:22:black:fill:enable='lt(t,3)'", "-c:v", "ffv1",
                ])
            let black = try await maker.make(
                "black.mkv", ["-f", "lavfi", "-i", "color=black:s=320x180:r=10:d=2", "-c:v", "ffv1"])
            let credits = try await maker.make(
                "credits.mkv",
                [
                    "-f", "lavfi", "-i", "color=black:s=320x180:r=10:d=6", "-f", "lavfi", "-i",
                    "testsrc2=s=60x40:r=10:d=6", "-filter_complex", "[0][1]overlay=x=90+t*12:y=50+t*8", "-c:v", "ffv1",
                ])
            for path in [once, black, credits] {
                let info = try await Self.inspect(path, SourceReading(crop: .bars))
                #expect(info.video.display == Resolution(width: 320, height: 180), "\(path)")
                #expect(info.findings.isEmpty)
            }
        }
    }

    @Test("a rectangle is kept as it is given, and refused outside the picture or too small")
    func rectangle() async throws {
        try await TestFolder.with { folder in
            let path = try await Self.letterboxed(in: folder)
            func reading(_ text: String) throws -> SourceReading {
                SourceReading(crop: .rectangle(try #require(CropRectangle(text: text))))
            }
            let video = try await Self.inspect(path, try reading("160:100:80:40")).video
            #expect(video.filters == ["crop=160:100:80:40:exact=1"] && video.display.description == "160x100")
            for text in ["320:180:2:0", "320:182:0:0", "62:100:0:0", "0:0:0:0"] {
                let reading = try reading(text)
                let failure = await #expect(throws: Failure.self) { try await Self.inspect(path, reading) }
                #expect(failure?.status == .input, "\(text)")
            }
        }
    }

    @Test(
        "odd, negative and senseless rectangles are none",
        arguments: ["161:100:0:0", "160:100:1:0", "-2:4:0:0", "1:2:3", "a:b:c:d", "", "2:2:2:2:2", "99999999999:2:0:0"])
    func noRectangle(_ text: String) { #expect(CropRectangle(text: text) == nil) }

    @Test("an interlaced source is refused where that is chosen")
    func interlaced() async throws {
        try await TestFolder.with { folder in
            let path = try await MediaMaker(in: folder).make(
                "i.mxf",
                [
                    "-f", "lavfi", "-i", "testsrc2=s=720x576:r=25:d=0.4", "-vf", "setfield=tff", "-c:v", "mpeg2video",
                    "-flags", "+ilme+ildct", "-pix_fmt", "yuv422p",
                ])
            #expect(try await Self.inspect(path, SourceReading()).findings.map(\.code) == ["source.interlaced"])
            let failure = await #expect(throws: Failure.self) {
                try await Self.inspect(path, SourceReading(interlaced: .refuse))
            }
            #expect(failure?.status == .input && failure?.what.contains("is interlaced") == true)
        }
    }

    @Test(
        "colour tags that contradict each other are refused",
        arguments: [
            (
                ["color_transfer": #""smpte2084""#, "color_primaries": #""bt709""#, "pix_fmt": #""yuv420p10le""#],
                "bt709"
            ),
            (["color_transfer": #""smpte2084""#, "color_primaries": #""bt2020""#, "pix_fmt": #""yuv420p""#], "8 bit"),
            (["color_transfer": #""arib-std-b67""#, "pix_fmt": #""nv12""#], "8 bit"),
            (
                [
                    "color_transfer": #""bt709""#, "pix_fmt": #""yuv420p10le""#,
                    "side_data_list":
                        #"[{"side_data_type":"Content light level metadata","max_content":1000,"max_average":400}]"#,
                ], "both that it is SDR"
            ),
        ])
    func contradictions(_ stream: [String: String], _ words: String) async throws {
        let failure = await #expect(throws: Failure.self) { try await FakeProbe(stream: stream).inspect() }
        #expect(failure?.status == .input && failure?.what.contains(words) == true, "\(String(describing: failure))")
    }
}
