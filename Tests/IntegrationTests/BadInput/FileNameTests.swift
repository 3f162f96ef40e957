import Foundation
import MezzTestKit
import Testing

@Suite("A file's name means nothing but itself", .serialized, .timeLimit(.minutes(10)))
struct FileNameTests {
    static let names = [
        "two  words.mp4", "it's \"quoted\".mp4", "line\nend\tand tab.mp4", "frame-%d-%05d.mp4", "a:b.mp4", "http:a.mp4",
        "comma,equals=1.mp4", "[0:v]{x}*?;$HOME`x`&.mp4", "back\\slash.mp4", "Füße-日本語-🎬-e\u{301}.mp4",
        String(repeating: "long", count: 49) + ".mp4",
    ]

    @Test("as the source and as the package's folder", arguments: names)
    func encodes(_ name: String) async throws {
        try await TestFolder.with { folder in
            try await source(name, in: folder)
            let output = (name as NSString).deletingPathExtension
            let end = try await MezzProgram(in: folder).encode(name, to: output, ["--json"])
            #expect(end.status == 0, "\(end.errorText)")
            #expect(try JSONValue(end.output)["source"]["path"].string == folder(name))
            #expect(try folder.json(output + "/report.json")["qc"]["passed"].bool == true)
        }
    }

    @Test("after -- when it begins with a dash")
    func leadingDash() async throws {
        try await TestFolder.with { folder in
            try await source("--codec", in: folder)
            let end = try await MezzProgram(in: folder).run(
                ["encode", "-o", "out"] + MezzProgram.cheap + ["--", "--codec"])
            #expect(end.status == 0, "\(end.errorText)")
            #expect(folder.names(in: "out").contains("report.json"))
        }
    }

    @Test("and cannot write control characters to the terminal", arguments: ["red\u{1B}[31m.mp4", "two\nlines.mp4"])
    func controlCharacters(_ name: String) async throws {
        try await TestFolder.with { folder in
            let end = try await MezzProgram(in: folder).encode(name, to: "out")
            #expect(end.status == 65)
            #expect(!end.errorText.contains("\u{1B}"))
            #expect(end.errorText.split(separator: "\n").count == 1)
        }
    }

    private func source(_ name: String, in folder: TestFolder) async throws {
        try await MediaMaker(in: folder).make(.withSound)
        try FileManager.default.moveItem(atPath: folder(MediaRecipe.withSound.file), toPath: folder(name))
    }
}
