import Foundation
import MezzCore
import MezzEncode
import MezzTestKit
import Testing

@Suite("HDR10+ metadata through x265", .timeLimit(.minutes(2)))
struct HDR10PlusEncodeTests {
    @Test("Chunks get their own frames' metadata, and the joined stream has all of it in order")
    func carried() async throws {
        try await TestFolder.with { folder in
            let file = try HDR10PlusFile.read(try HDR10PlusSample().write(folder))
            let path = try await Self.joined(
                folder, file, [FrameRange(first: 0, end: 9), FrameRange(first: 9, end: 20)])
            let count = try HDR10PlusCount.read(path)
            #expect(count.pictures == 20 && count.carrying == 20 && count.firstWrong == nil)
            try count.check(frames: 20, place: "hevc")
            #expect(try await Self.averages(folder, path) == (0..<20).map(HDR10PlusSample.average))
        }
    }

    @Test("A chunk without its metadata is found, with both numbers and its place")
    func lost() async throws {
        try await TestFolder.with { folder in
            let file = try HDR10PlusFile.read(try HDR10PlusSample().write(folder))
            let path = try await Self.joined(
                folder, file, [FrameRange(first: 0, end: 9), FrameRange(first: 9, end: 20)], without: 1)
            let count = try HDR10PlusCount.read(path)
            #expect(count.pictures == 20 && count.carrying == 9 && count.firstWrong == 9)
            let failure = #expect(throws: Failure.self) {
                try count.check(frames: 20, place: "hevc")
            }
            #expect(failure?.what.contains("9 of 20 pictures carry HDR10+, not 20") == true)
            #expect(failure?.what.contains("the first other picture is 9 in decoding order") == true)
            #expect(throws: Failure.self) { try count.check(frames: 9, place: "hevc") }
        }
    }

    /// Encodes chunks as mezz does, each with its slice, and joins them.
    private static func joined(
        _ folder: TestFolder, _ file: HDR10PlusFile, _ ranges: [FrameRange], without plain: Int? = nil
    ) async throws -> String {
        let maker = try MediaMaker(in: folder)
        var list = "ffconcat version 1.0\n"
        for (number, range) in ranges.enumerated() {
            try folder.write(try file.slice(range), to: HDR10PlusFile.encoderFile)
            let metadata = number == plain ? "" : ":dhdr10-info=\(HDR10PlusFile.encoderFile)"
            try await maker.make(
                "\(number).mp4",
                [
                    "-f", "lavfi", "-i", "testsrc2=s=160x96:r=25", "-frames:v", String(range.count), "-pix_fmt",
                    "yuv420p10le", "-c:v", "libx265", "-preset", "ultrafast", "-tag:v", "hvc1", "-x265-params",
                    "log-level=none:keyint=-1:bframes=4:repeat-headers=1:info=0:pools=1:frame-threads=1" + metadata,
                ])
            list += "file '\(number).mp4'\n"
        }
        let path = try folder.write(Data(list.utf8), to: "list.ffconcat")
        return try await maker.make("joined.mp4", ["-f", "concat", "-safe", "0", "-i", "file:" + path, "-c", "copy"])
    }

    /// The mean of MaxRGB by frame in the order of display, as ffprobe reads it.
    private static func averages(_ folder: TestFolder, _ path: String) async throws -> [Int] {
        let end = try await MediaMaker(in: folder).ffprobe(
            ["-select_streams", "v", "-show_frames", "-show_entries", "frame_side_data=average_maxrgb", "-of", "csv"],
            path)
        return end.text.matches(of: #/([0-9]+)\/100000/#).compactMap { Int($0.1) }
    }
}
