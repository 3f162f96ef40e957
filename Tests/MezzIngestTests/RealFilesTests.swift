import Foundation
import MezzCore
import MezzIngest
import MezzMedia
import MezzTestKit
import Testing

/// A picture in a file that FFmpeg makes, and how it is to be read.
struct Picture: Sendable, CustomTestStringConvertible {
    let name: String
    let arguments: [String]
    let display: String
    let depth: Int
    var testDescription: String { name }
}

/// A clip of six seconds in a container that FFmpeg makes.
struct Clip: Sendable, CustomTestStringConvertible {
    let name: String
    var rate = "24"
    /// Whether its container finds every frame; the others are decoded from their beginning.
    var seek = SourceSeek.container
    let arguments: [String]
    var testDescription: String { name }
}

/// What FFmpeg wrote is what inspection reads, and what a reader is asked for is what it delivers.
@Suite("Real files", .timeLimit(.minutes(2)))
struct RealFilesTests {
    static let pictures = [
        Picture(name: "plain.mp4", arguments: ["-c:v", "libx264", "-pix_fmt", "yuv420p"], display: "160x90", depth: 8),
        Picture(
            name: "anamorphic.mp4", arguments: ["-vf", "setsar=4/3", "-c:v", "libx264", "-pix_fmt", "yuv420p"],
            display: "214x90", depth: 8),
        Picture(name: "ten.mkv", arguments: ["-c:v", "ffv1", "-pix_fmt", "yuv422p10le"], display: "160x90", depth: 10),
        Picture(name: "twelve.mkv", arguments: ["-c:v", "ffv1", "-pix_fmt", "gray12le"], display: "160x90", depth: 12),
        Picture(name: "rgb.mkv", arguments: ["-c:v", "ffv1", "-pix_fmt", "gbrp10le"], display: "160x90", depth: 10),
        Picture(name: "rgb48.mkv", arguments: ["-c:v", "ffv1", "-pix_fmt", "rgb48le"], display: "160x90", depth: 16),
        Picture(name: "nv12.nut", arguments: ["-c:v", "rawvideo", "-pix_fmt", "nv12"], display: "160x90", depth: 8),
        Picture(
            name: "odd.mkv", arguments: ["-vf", "crop=159:89:0:0:exact=1", "-c:v", "ffv1", "-pix_fmt", "yuv444p"],
            display: "158x88", depth: 8),
    ]

    @Test("a link is read as what it leads to")
    func link() async throws {
        try await TestFolder.with { folder in
            let path = try await MediaMaker(in: folder).make(
                "master.mp4",
                MediaRecipe.picture(MediaRecipe.pattern(seconds: 0.25)) + ["-c:v", "libx264", "-pix_fmt", "yuv420p"])
            let link = folder.path + "/link.mp4"
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
            let info = try await Inspector(runner: TestTools.runner()).inspect(link)
            #expect(info == (try await Inspector(runner: TestTools.runner()).inspect(path)))
            #expect(info.bytes > 500)
        }
    }

    @Test("are read at the size and depth they are shown in", arguments: pictures)
    func sizeAndDepth(_ picture: Picture) async throws {
        try await TestFolder.with { folder in
            let source = MediaRecipe.picture(MediaRecipe.pattern(seconds: 0.25))
            let path = try await MediaMaker(in: folder).make(picture.name, source + picture.arguments)
            let video = try await Inspector(runner: TestTools.runner()).inspect(path).video
            #expect(video.display.description == picture.display && video.bitDepth == picture.depth)
            #expect(video.frameRate == Rational(24) && video.expectedFrames == 6)
            // The filters make what was announced.
            let reader = SourceReader(path: path, video: video, seek: .beginning)
            let frames = try await Self.frames(reader, FrameRange(first: 0, end: 6), scaled: false)
            #expect(frames.count == 6 && frames.allSatisfy { $0.count == video.display.pixels })
        }
    }

    @Test("a rotated file is read upright")
    func rotated() async throws {
        try await TestFolder.with { folder in
            let maker = try MediaMaker(in: folder)
            let plain = try await maker.make(.plain)
            let path = try await maker.make("turned.mp4", ["-display_rotation", "90", "-i", plain, "-c", "copy"])
            let info = try await Inspector(runner: TestTools.runner()).inspect(path)
            #expect(info.video.coded.description == "160x90" && info.video.display.description == "90x160")
        }
    }

    @Test("a file that was cut off while it was copied is refused")
    func cutOff() async throws {
        try await TestFolder.with { folder in
            let path = try await MediaMaker(in: folder).make(
                "film.mkv", MediaRecipe.picture(MediaRecipe.pattern(seconds: 8)) + MediaRecipe.avc)
            let data = try folder.data("film.mkv")
            try folder.write(data.prefix(data.count / 2), to: "film.mkv")
            let failure = await #expect(throws: Failure.self) {
                try await Inspector(runner: TestTools.runner()).inspect(path)
            }
            #expect(failure?.status == .input)
        }
    }

    static let bFrames =
        ["-c:v", "libx264", "-preset", "ultrafast", "-bf", "3", "-g", "30", "-pix_fmt", "yuv420p"]
        + ["-x264-params", "b-adapt=0:scenecut=0:open-gop=1:b-pyramid=normal"]
    static let clips = [
        Clip(name: "b-frames.mp4", arguments: bFrames),
        Clip(name: "film-rate.mp4", rate: "24000/1001", arguments: bFrames),
        Clip(name: "millisecond-clock.mkv", rate: "30000/1001", arguments: bFrames),
        Clip(name: "high-rate.mkv", rate: "60", arguments: bFrames),
        Clip(name: "transport-stream.ts", rate: "25", seek: .beginning, arguments: bFrames),
        // Its clock ticks once a frame.
        Clip(name: "frame-clock.avi", arguments: ["-c:v", "mjpeg", "-pix_fmt", "yuvj420p"]),
        Clip(name: "late-start.mp4", arguments: bFrames + ["-output_ts_offset", "1.234"]),
        Clip(name: "intra.mov", rate: "24000/1001", arguments: ["-c:v", "prores_ks"]),
        Clip(
            name: "variable.mp4",
            arguments: ["-vf", "select=not(eq(mod(n\\,7)\\,3)),setpts=PTS+0.004*mod(N\\,3)/TB", "-fps_mode", "vfr"]
                + bFrames),
        Clip(
            name: "interlaced.mp4",
            arguments: ["-vf", "tinterlace=interleave_top,setfield=tff", "-flags", "+ildct+ilme", "-c:v", "mpeg2video"]
                + ["-b:v", "4M", "-g", "12", "-bf", "2"]),
    ]

    /// The promise that everything else stands on: frames are counted by index, however they are reached.
    @Test("a range that is jumped to holds the very frames of a full decode", arguments: clips)
    func exactRanges(_ clip: Clip) async throws {
        try await TestFolder.with { folder in
            let source = MediaRecipe.picture(MediaRecipe.pattern("160x96", rate: clip.rate, seconds: 6))
            let path = try await MediaMaker(in: folder).make(clip.name, source + clip.arguments)
            let video = try await Inspector(runner: TestTools.runner()).inspect(path).video
            let all = FrameRange(first: 0, end: 1_000_000)
            let whole = try await Self.frames(SourceReader(path: path, video: video, seek: .beginning), all)
            #expect(abs(whole.count - video.expectedFrames) <= 1)
            let reader = SourceReader(path: path, video: video, seek: clip.seek)
            let last = whole.count
            for (first, end) in [(0, 3), (1, 4), (4, 5), (29, 33), (last / 2, last / 2 + 3), (last - 2, last)] {
                let frames = try await Self.frames(reader, FrameRange(first: first, end: end))
                #expect(frames.map(\.hashValue) == whole[first..<end].map(\.hashValue), "frames \(first) to \(end)")
            }
        }
    }

    /// The luma of the frames of a range, small unless whole pictures are asked for.
    private static func frames(_ reader: SourceReader, _ range: FrameRange, scaled: Bool = true) async throws
        -> [[UInt8]]
    {
        let size = scaled ? Resolution(width: 64, height: 36) : reader.video.display
        let last = (scaled ? ["scale=64:36:flags=bilinear"] : []) + ["format=yuv444p", "extractplanes=y"]
        let graph = reader.label(input: 0) + (reader.filters(for: range) + last).joined(separator: ",") + "[out]"
        let arguments =
            FFmpegCommand.preamble + reader.input(for: range)
            + ["-filter_complex", graph, "-map", "[out]", "-fps_mode", "passthrough", "-f", "rawvideo", "pipe:1"]
        var assembler = FrameAssembler(frameBytes: size.pixels)
        var frames: [[UInt8]] = []
        try await TestTools.runner().run(ToolCommand(.ffmpeg, arguments, subject: reader.path)) { bytes in
            assembler.append(bytes) { _, frame in frames.append(Array(frame)) }
        }
        #expect(assembler.pendingBytes == 0)
        return frames
    }
}
