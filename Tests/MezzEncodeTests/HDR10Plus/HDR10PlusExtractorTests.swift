import Foundation
import MezzCore
import MezzEncode
import MezzMedia
import MezzTestKit
import Testing

@Suite("HDR10+ metadata out of a stream", .timeLimit(.minutes(2)))
struct HDR10PlusExtractorTests {
    @Test("What went into a stream comes out of it, frame by frame")
    func roundTrip() async throws {
        try await TestFolder.with { folder in
            let given = try HDR10PlusFile.read(try HDR10PlusSample().write(folder))
            try folder.write(try given.slice(FrameRange(first: 0, end: 20)), to: "slice.json")
            let path = try await Self.encode("a.mp4", folder, frames: 20, metadata: "slice.json")
            let file = try #require(
                try await Self.extractor().extract(path, stream: 0, to: folder("out.json")))
            // Each frame has another average: each begins a scene.
            #expect(file.frames == 20 && file.scenes == 20 && file.profile == "B")
            let out = try Self.lights(try folder.data("out.json"))
            #expect(out == (try Self.lights(try folder.data("in.json"))))
            try folder.write(try file.slice(FrameRange(first: 0, end: 20)), to: "again.json")
            let again = try await Self.encode("b.mp4", folder, frames: 20, metadata: "again.json")
            #expect(try folder.data("a.mp4") == Data(contentsOf: URL(fileURLWithPath: again)))
        }
    }

    @Test("A stream that says nothing gives nothing")
    func nothing() async throws {
        try await TestFolder.with { folder in
            let path = try await Self.encode("a.mp4", folder, frames: 4, metadata: nil)
            #expect(try await Self.extractor().extract(path, stream: 0, to: folder("out.json")) == nil)
        }
    }

    @Test("A stream that stops saying something is refused with both numbers")
    func partly() async throws {
        try await TestFolder.with { folder in
            let given = try HDR10PlusFile.read(try HDR10PlusSample().write(folder))
            try folder.write(try given.slice(FrameRange(first: 0, end: 5)), to: "slice.json")
            let parts = [
                try await Self.encode("a.hevc", folder, frames: 3, metadata: nil),
                try await Self.encode("b.hevc", folder, frames: 5, metadata: "slice.json"),
            ]
            let bytes = try parts.map { try Data(contentsOf: URL(fileURLWithPath: $0)) }.reduce(Data(), +)
            let path = try folder.write(bytes, to: "both.hevc")
            let failure = await #expect(throws: Failure.self) {
                try await Self.extractor().extract(path, stream: 0, to: folder("out.json"))
            }
            #expect(failure?.what == "5 of 8 frames carry HDR10+ metadata")
            #expect(failure?.detail == "the first frame without is 0")
        }
    }

    @Test("A real stream's metadata", .enabled("no ../shared/media beside the checkout") { Self.clipIsHere })
    func real() async throws {
        try await TestFolder.with { folder in
            let file = try #require(
                try await Self.extractor().extract(Self.clip, stream: 0, to: folder("out.json")))
            #expect(file.frames == 6 && file.profile == "B")
            let first = try #require(try JSONValue(folder.data("out.json"))["SceneInfo"].items.first)
            #expect(first["LuminanceParameters"]["MaxScl"].items.map(\.int) == [17_830, 16_895, 14_252])
            #expect(first["LuminanceParameters"]["AverageRGB"].int == 1037)
            #expect(first["BezierCurveData"]["Anchors"].items.map(\.int) == Self.anchors)
            #expect(first["TargetedSystemDisplayMaximumLuminance"].int == 400)
        }
    }

    private static let anchors: [Int?] = [265, 666, 741, 800, 848, 887, 920, 945, 957]
    private static let clip =
        (ProcessInfo.processInfo.environment["MEZZ_TEST_MEDIA"] ?? TestTools.root + "/../shared/media")
        + "/hdr/hdr10plus_tears_of_steel_1920x800_6frames.h265"
    private static var clipIsHere: Bool { FileManager.default.fileExists(atPath: clip) }

    private static func encode(
        _ name: String, _ folder: TestFolder, frames: Int, metadata: String?
    ) async throws -> String {
        let option = metadata.map { ":dhdr10-info=" + $0 } ?? ""
        return try await MediaMaker(in: folder).make(
            name,
            [
                "-f", "lavfi", "-i", "testsrc2=s=160x96:r=25", "-frames:v", String(frames), "-pix_fmt", "yuv420p10le",
                "-c:v", "libx265", "-preset", "ultrafast", "-fflags", "+bitexact", "-x265-params",
                "log-level=none:keyint=-1:bframes=4:repeat-headers=1:info=0:pools=1:frame-threads=1" + option,
            ])
    }

    /// Everything of the frames but their place in scenes.
    private static func lights(_ data: Data) throws -> [[JSONValue]] {
        try JSONValue(data)["SceneInfo"].items.map {
            [$0["LuminanceParameters"], $0["BezierCurveData"], $0["TargetedSystemDisplayMaximumLuminance"]]
        }
    }

    private static func extractor() throws -> HDR10PlusExtractor {
        let ffprobe = FoundTool(tool: .ffprobe, path: try TestTools().ffprobe, version: "test", features: [])
        return HDR10PlusExtractor(runner: ToolRunner(tools: ToolSet([ffprobe])))
    }
}
