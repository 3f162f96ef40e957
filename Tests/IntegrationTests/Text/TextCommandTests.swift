import Foundation
import MezzTestKit
import Testing

@Suite("mezz text", .serialized, .timeLimit(.minutes(10)))
struct TextCommandTests {
    private static let srt = """
        1
        00:00:01,000 --> 00:00:03,000
        <i>Hello</i>

        2
        00:00:04,000 --> 00:00:06,500
        {\\an8}Above

        """

    private func mezz(
        _ arguments: [String], _ check: (ChildEnd, TestFolder) throws -> Void
    ) async throws {
        try await TestFolder.with { folder in
            try folder.write(Data(Self.srt.utf8), to: "in.srt")
            try folder.write(Data("1\n00:00:01,000 --> 00:00:02,000\nGr".utf8) + [0xFC, 0x6E], to: "latin.srt")
            try folder.write(Data("WEBVTT\n\n00:02.000 --> 00:01.000\nx\n".utf8), to: "bad.vtt")
            try check(try await MezzProgram(in: folder).run(["text"] + arguments), folder)
        }
    }

    @Test("convert writes WebVTT at new times and says what it did")
    func webVTT() async throws {
        let arguments = [
            "convert", "in.srt", "-o", "out.vtt", "--text-offset", "-1.5", "--text-rate", "25:24000/1001", "--language",
            "en",
        ]
        try await mezz(arguments) { end, folder in
            #expect(end.status == 0, "\(end.errorText)")
            #expect(end.text.contains("2 cues"))
            #expect(end.text.contains("text.cue.cut"))
            let text = try folder.text("out.vtt")
            // (1 s and 3 s) * 1001/960 - 1.5 s, cut at 0.
            #expect(text.contains("00:00:00.000 --> 00:00:01.628\n<i>Hello</i>"))
            #expect(text.contains("00:00:02.671 --> 00:00:05.278 line:10%"))
        }
    }

    @Test("convert writes IMSC, and JSON on request")
    func imsc() async throws {
        try await mezz(["convert", "in.srt", "-o", "out.ttml", "--language", "pt-BR", "--forced", "--json"]) {
            end, folder in
            #expect(end.status == 0, "\(end.errorText)")
            let json = try JSONValue(end.output)
            #expect(json["cues"].int == 2)
            #expect(json["language"].string == "pt-BR")
            #expect(json["forced"].bool == true)
            #expect(json["last_seconds"].number == 6.5)
            let text = try folder.text("out.ttml")
            #expect(text.contains("xml:lang=\"pt-BR\""))
        }
    }

    @Test("an error among the findings ends with 1, and the file is written all the same")
    func rejected() async throws {
        try await mezz(["convert", "bad.vtt", "-o", "out.ttml"]) { end, folder in
            #expect(end.status == 1)
            #expect(end.text.contains("text.cue.duration"))
            #expect(folder.names().contains("out.ttml"))
        }
        try await mezz(["validate", "in.srt", "--frames", "100", "--frame-rate", "25", "--language", "en"]) { end, _ in
            #expect(end.status == 1)
            #expect(end.text.contains("text.cue.late"))
        }
    }

    @Test("an encoding is named, not guessed")
    func encoding() async throws {
        try await mezz(["validate", "latin.srt"]) { end, _ in
            #expect(end.status == 65)
            #expect(end.errorText.contains("--encoding windows-1252"))
        }
        try await mezz(["convert", "latin.srt", "-o", "out.vtt", "--encoding", "windows-1252"]) { end, folder in
            #expect(end.status == 0)
            let text = try folder.text("out.vtt")
            #expect(text.contains("Grün"))
        }
    }

    @Test("of several files, each is checked, and one that cannot be read ends with 65")
    func several() async throws {
        try await mezz(["validate", "in.srt", "latin.srt", "bad.vtt", "--json"]) { end, _ in
            #expect(end.status == 65)
            let files = try JSONValue(end.output)["files"].items
            #expect(files.map { $0["passed"].bool } == [true, false, false])
            #expect(files[2]["findings"].items.isEmpty == false)
        }
    }

    @Test(
        "mistakes end with 64 before anything is written",
        arguments: [
            ["convert", "in.srt", "-o", "out.srt"], ["convert", "in.srt", "-o", "out"], ["convert", "in.srt"],
            ["convert", "in.srt", "-o", "out.vtt", "--text-rate", "25"],
            ["convert", "in.srt", "-o", "out.vtt", "--text-rate", "0:25"],
            ["convert", "in.srt", "-o", "out.vtt", "--text-offset", "soon"],
            ["convert", "in.srt", "-o", "out.vtt", "--language", "en_US"],
            ["convert", "in.srt", "-o", "out.vtt", "--encoding", "ebcdic"], ["validate"],
            ["validate", "in.srt", "--frames", "100"], ["validate", "in.srt", "--reading-speed", "0"],
        ])
    func mistakes(_ arguments: [String]) async throws {
        try await mezz(arguments) { end, folder in
            #expect(end.status == 64, "\(end.errorText)")
            #expect(!folder.names().contains { $0.hasPrefix("out") })
        }
    }

    @Test("a failed conversion leaves what was there")
    func kept() async throws {
        try await TestFolder.with { folder in
            try folder.write(Data("before".utf8), to: "out.vtt")
            try folder.write(Data("no text".utf8), to: "in.srt")
            let end = try await MezzProgram(in: folder).run(["text", "convert", "in.srt", "-o", "out.vtt"])
            #expect(end.status == 65)
            #expect(try folder.text("out.vtt") == "before")
        }
    }
}
