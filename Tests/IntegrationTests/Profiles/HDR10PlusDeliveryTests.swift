import Foundation
import MezzTestKit
import Testing

@Suite("HDR10+ through a package", .serialized, .timeLimit(.minutes(10)))
struct HDR10PlusDeliveryTests {
    private static let frames = 60

    /// Two shots in PQ; with metadata of its own where `metadata` names a file in the folder.
    private static func master(_ name: String, in folder: TestFolder, metadata: String? = nil) async throws -> String {
        let tags = "setparams=range=tv:color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc"
        let display = "G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1)"
        return try await MediaMaker(in: folder).make(
            name,
            [
                "-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=1.2", "-f", "lavfi", "-i",
                "mandelbrot=s=320x180:r=25", "-filter_complex", "[0][1]concat=n=2:v=1,format=yuv420p10le,\(tags)",
                "-frames:v", String(frames), "-c:v", "libx265", "-preset", "ultrafast", "-crf", "12", "-tag:v", "hvc1",
                "-x265-params",
                "log-level=none:pools=1:repeat-headers=1:master-display=\(display):max-cll=900,300"
                    + (metadata.map { ":dhdr10-info=\($0)" } ?? ""),
            ])
    }

    /// The mean of MaxRGB by frame in the order of display, as ffprobe reads it.
    private static func averages(_ path: String, in folder: TestFolder) async throws -> [Int] {
        let end = try await MediaMaker(in: folder).ffprobe(
            ["-select_streams", "v", "-show_frames", "-show_entries", "frame_side_data=average_maxrgb", "-of", "csv"],
            path)
        return end.text.matches(of: #/([0-9]+)\/100000/#).compactMap { Int($0.1) }
    }

    private static let encode = ["encode", "--ladder", "category", "--preset", "ultrafast", "--max-height", "180"]

    @Test("A file's metadata reach every frame of every HEVC rung, and no other", .tags(.slow))
    func fromFile() async throws {
        try await TestFolder.with { folder in
            let source = try await Self.master("master.mp4", in: folder)
            let file = try HDR10PlusSample(frames: Self.frames, scenes: [0, 30]).write(folder)
            let end = try await MezzProgram(in: folder).run(
                Self.encode + [source, "-o", "out", "--codec", "hevc", "--codec", "avc", "--hdr10plus", file])
            #expect(end.status == 0, "\(end.errorText)\(end.text)")
            let package = try EncodedPackage("out", in: folder)
            let findings = package.report["qc"]["findings"].items
            let said = findings.first { $0["code"].string == "ladder.hdr10plus" }?["message"].string
            #expect(said == "the hevc rungs carry HDR10+ metadata; avc is without")
            let variants = try folder.text("out/master.m3u8").split(separator: "\n").filter {
                $0.hasPrefix("#EXT-X-STREAM-INF:")
            }
            for line in variants {
                #expect(line.contains("/cdm4\"") == line.contains("CODECS=\"hvc1"), "\(line)")
            }
            for rung in package.rungs {
                let expected = rung.codec == "hevc" ? (0..<Self.frames).map(HDR10PlusSample.average) : []
                #expect(try await Self.averages(folder("out/video/\(rung.id).mp4"), in: folder) == expected)
            }
        }
    }

    @Test("The source's own metadata are carried, unless they are not wanted", .tags(.slow))
    func fromSource() async throws {
        try await TestFolder.with { folder in
            _ = try HDR10PlusSample(frames: Self.frames, scenes: [0, 30]).write(folder)
            let source = try await Self.master("plus.mp4", in: folder, metadata: "in.json")
            for (wish, isCarried) in [("source", true), ("none", false)] {
                let end = try await MezzProgram(in: folder).run(
                    Self.encode + [source, "-o", wish, "--codec", "hevc", "--hdr10plus", wish])
                #expect(end.status == 0, "\(end.errorText)\(end.text)")
                let rung = try #require(try EncodedPackage(wish, in: folder).rungs.first?.id)
                let expected = isCarried ? (0..<Self.frames).map(HDR10PlusSample.average) : []
                #expect(try await Self.averages(folder("\(wish)/video/\(rung).mp4"), in: folder) == expected)
            }
            let avc = try await MezzProgram(in: folder).run(Self.encode + [source, "-o", "avc", "--codec", "avc"])
            let findings = try EncodedPackage("avc", in: folder).report["qc"]["findings"].items
            #expect(avc.status == 0 && findings.contains { $0["code"].string == "ladder.hdr10plus-lost" })
        }
    }

    @Test("What cannot be carried is refused with both numbers or the reason, and nothing is written")
    func refused() async throws {
        try await TestFolder.with { folder in
            let source = try await Self.master("master.mp4", in: folder)
            let short = try HDR10PlusSample(frames: Self.frames - 1, scenes: [0]).write(folder)
            let rpu = try folder.write(Data([0, 0, 0, 1, 0x19, 8, 9, 0x80]), to: "rpu.bin")
            let cases = [
                (short, "hevc", "HDR10+ metadata of 59 frames for a source of 60"),
                (short, "avc", "none of the codecs asked for can carry HDR10+"),
                (rpu, "hevc", "cannot carry Dolby Vision metadata"),
                (folder("nothing.json"), "hevc", "the HDR10+ file cannot be read"),
            ]
            for (file, codec, words) in cases {
                let end = try await MezzProgram(in: folder).run(
                    Self.encode + [source, "-o", "out", "--codec", codec, "--hdr10plus", file])
                #expect(end.status == 65 && end.errorText.contains(words), "\(end.errorText)")
                #expect(folder.names(in: "out").filter { !$0.hasPrefix(".") }.isEmpty)
            }
        }
    }
}
