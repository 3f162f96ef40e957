import Foundation
import MezzTestKit
import Testing

@Suite("mezz qc --source", .serialized, .timeLimit(.minutes(10)))
struct QCSourceTests {
    /// A picture with bars, which the encode cuts off.
    private static func source(in folder: TestFolder, speed: Int = 1) async throws -> String {
        try await MediaMaker(in: folder).make(
            "source-\(speed).mkv",
            [
                "-f", "lavfi", "-i", "testsrc2=s=320x136:r=25:d=\(2 * speed)", "-vf",
                "setpts=PTS/\(speed),fps=25,pad=320:180:0:22:black", "-c:v", "ffv1", "-pix_fmt", "yuv420p",
            ])
    }

    @Test(
        "measures what the report says, of one file a rung and of segments", .tags(.slow),
        arguments: [[], ["--segmented"]])
    func agrees(_ layout: [String]) async throws {
        try await TestFolder.with { folder in
            let source = try await Self.source(in: folder)
            let mezz = try MezzProgram(in: folder)
            let made = try await mezz.encode(source, to: "out", ["--crop", "auto"] + layout)
            #expect(made.status == 0, "\(made.errorText)")
            #expect(try EncodedPackage("out", in: folder).report["source"]["height"].int == 136)
            let checked = try await mezz.run(["qc", "out", "--source", source, "--json"])
            #expect(checked.status == 0, "\(checked.errorText)")
            let result = try JSONValue(checked.output)
            #expect(result["passed"].bool == true, "\(result["findings"])")

            let other = try await Self.source(in: folder, speed: 3)
            let foreign = try await mezz.run(["qc", "out", "--source", other, "--json"])
            #expect(foreign.status == 1, "\(foreign.errorText)")
            let codes = try JSONValue(foreign.output)["findings"].items.compactMap { $0["code"].string }
            #expect(codes.contains("quality.report"))
        }
    }

    @Test("what cannot be compared is refused", .tags(.slow))
    func refuses() async throws {
        try await TestFolder.with { folder in
            let source = try await Self.source(in: folder)
            let mezz = try MezzProgram(in: folder)
            #expect(try await mezz.encode(source, to: "out").status == 0)
            let short = try await MediaMaker(in: folder).make(
                "short.mkv", ["-i", source, "-frames:v", "20", "-c:v", "ffv1"])
            for (arguments, words) in [
                (["qc", "out", "--source", short], "the source has 20 frames"),
                (["qc", "out", "--source", "nothing.mkv"], "nothing.mkv"),
                (["qc", source, "--source", source], "--source is for packages"),
            ] {
                let end = try await mezz.run(arguments)
                #expect([64, 65].contains(end.status), "\(arguments): \(end.errorText)")
                #expect(end.errorText.contains(words), "\(end.errorText)")
            }
            try FileManager.default.removeItem(atPath: folder("out/job.json"))
            let bare = try await mezz.run(["qc", "out", "--source", source])
            #expect(bare.status == 65 && bare.errorText.contains("job.json"), "\(bare.errorText)")
        }
    }
}
