import Foundation
import MezzTestKit
import Testing

@Suite("A command line that cannot be obeyed", .serialized, .timeLimit(.minutes(10)))
struct CommandLineTests {
    static let mistakes: [[String]] = [
        ["--lader", "fixed"], ["--codec", "vp9"], ["--codec"], ["--ladder", "steep"], ["--effort", "none"],
        ["--segment", "0"], ["--segment", "-4"], ["--segment", "nan"], ["--segment", "1e9"], ["--segment", "four"],
        ["--preset", "warp"], ["--preset", "hevc=warp"], ["--preset", "vp9=fast"], ["--max-height", "0"],
        ["--max-height", "-1"], ["--max-height", "tall"], ["--metric", "psnr"], ["--workers", "0"],
        ["--workers", "99999999999999999999"], ["--target-vmaf", "101"], ["--target-vmaf", "nan"], ["another.mp4"],
    ]

    @Test("a mistaken option ends with 64 before anything is written", arguments: mistakes)
    func mistake(_ options: [String]) async throws {
        try await TestFolder.with { folder in
            try folder.write(Data("x".utf8), to: "clip.mp4")
            let mezz = try MezzProgram(in: folder)
            let end = try await mezz.run(["encode", "clip.mp4", "-o", "out"] + options)
            expectUsage(end)
            #expect(end.output.isEmpty)
            let program = try await mezz.run(["encode", "clip.mp4", "-o", "out", "--json"] + options)
            expectUsage(program)
            try Refusal(status: 64, words: []).expectDocument(program)
            #expect(folder.names(in: "out").isEmpty)
        }
    }

    @Test(
        "a missing argument or an unknown command ends with 64",
        arguments: [
            ["encode", "clip.mp4"], ["encode", "-o", "out"], ["encode", "clip.mp4", "-o"], ["inspect"], ["encore"],
            ["inspect", "clip.mp4", "--depp"], ["--jsn"], ["doctor", "extra"],
        ])
    func incomplete(_ arguments: [String]) async throws {
        try await TestFolder.with { folder in
            expectUsage(try await MezzProgram(in: folder).run(arguments))
            #expect(folder.names(in: "out").isEmpty)
        }
    }

    @Test(
        "help and version end with 0 on standard output", arguments: [["--help"], ["encode", "--help"], ["--version"]])
    func help(_ arguments: [String]) async throws {
        try await TestFolder.with { folder in
            let end = try await MezzProgram(in: folder).run(arguments)
            #expect(end.status == 0)
            #expect(!end.output.isEmpty)
            #expect(end.errorOutput.isEmpty)
        }
    }

    private func expectUsage(_ end: ChildEnd) {
        #expect(end.status == 64, "\(end.errorText)")
        #expect(end.errorText.lowercased().hasPrefix("error: "), "\(end.errorText)")
    }
}

@Suite("A tool that is missing", .serialized, .timeLimit(.minutes(10)))
struct MissingToolTests {
    @Test("ends an encode with 69 and says how to get it", arguments: ["FFMPEG", "FFPROBE", "PACKAGER"])
    func missing(_ tool: String) async throws {
        try await TestFolder.with { folder in
            try await MediaMaker(in: folder).make(.plain)
            let end = try await MezzProgram(in: folder).run(
                ["encode", "plain.mp4", "-o", "out", "--json"], environment: ["MEZZ_" + tool: "/nonexistent"])
            let refusal = Refusal(
                status: 69, words: [tool.lowercased() + " not found", "MEZZ_\(tool)=/nonexistent", "scripts/setup"])
            refusal.expect(end, of: tool)
            try refusal.expectDocument(end)
            #expect(folder.names(in: "out").isEmpty)
        }
    }

    @Test("ends an encode with 69 when it does not answer", arguments: ["FFMPEG", "FFPROBE", "PACKAGER"])
    func broken(_ tool: String) async throws {
        try await TestFolder.with { folder in
            try await MediaMaker(in: folder).make(.plain)
            let end = try await MezzProgram(in: folder).run(
                ["encode", "plain.mp4", "-o", "out"], environment: ["MEZZ_" + tool: "/bin/false"])
            Refusal(status: 69, words: ["does not answer"]).expect(end, of: tool)
        }
    }

    @Test("fails the doctor with 69 and a remedy", arguments: ["FFMPEG", "FFPROBE", "PACKAGER"])
    func doctor(_ tool: String) async throws {
        try await TestFolder.with { folder in
            let end = try await MezzProgram(in: folder).run(
                ["doctor", "--json"], environment: ["MEZZ_" + tool: "/nonexistent"])
            #expect(end.status == 69)
            let diagnosis = try JSONValue(end.output)
            #expect(diagnosis["passed"].bool == false)
            let check = diagnosis["checks"].items.first { $0["name"].string == tool.lowercased() }
            #expect(check?["passed"].bool == false)
            #expect(check?["remedy"].string?.isEmpty == false)
        }
    }
}
