import Foundation
import MezzTestKit
import Testing

@Suite("mezz loudness", .timeLimit(.minutes(5)))
struct LoudnessCommandTests {
    /// Tones of 1 kHz at these peaks in dBFS, one stereo track each.
    private static func make(_ name: String, _ levels: [Double], in folder: TestFolder) async throws -> String {
        let inputs = levels.flatMap { level in
            ["-f", "lavfi", "-i", "aevalsrc=\(pow(10, level / 20))*sin(2000*PI*t):s=48000:c=stereo:d=4"]
        }
        let maps = levels.indices.flatMap { ["-map", String($0)] }
        return try await MediaMaker(in: folder).make(name, inputs + maps + ["-c:a", "pcm_s16le"])
    }

    @Test("tells every track's loudness and peaks, for people and for programs")
    func tracks() async throws {
        try await TestFolder.with { folder in
            let path = try await Self.make("two.mov", [-23, -33], in: folder)
            let mezz = try MezzProgram(in: folder)
            let table = try await mezz.run(["loudness", path])
            #expect(table.status == 0 && table.text.contains("-23.0") && table.text.contains("-33.0"))
            let end = try await mezz.run(["loudness", path, "--json"])
            let tracks = try JSONValue(end.output)["tracks"].items
            #expect(end.status == 0 && tracks.count == 2)
            let second = try #require(tracks.last)
            #expect(abs(try #require(second["integrated_lkfs"].number) + 33) < 0.1)
            #expect(abs(try #require(second["true_peak_dbtp"].number) + 33) < 0.2)
            #expect(second["layout"].string == "FL+FR" && second["dialogue"]["share"].number == 0)
            #expect(second["gain_db"] == .null && second["findings"].items.isEmpty)
        }
    }

    @Test(
        "a rule decides the exit code",
        arguments: [
            ("ebu-r128", -23, 0), ("ebu-r128", -20, 1), ("atsc-a85", -25.5, 0), ("off", -7, 0),
        ] as [(String, Double, Int)])
    func rules(_ rule: String, _ level: Double, _ status: Int) async throws {
        try await TestFolder.with { folder in
            let path = try await Self.make("tone.mov", [level], in: folder)
            let end = try await MezzProgram(in: folder).run(["loudness", path, "--spec", rule, "--json"])
            let report = try JSONValue(end.output)
            #expect(Int(end.status) == status && report["passed"].bool == (status == 0))
            let codes = report["tracks"][0]["findings"].items.compactMap { $0["code"].string }
            #expect(codes == (status == 0 ? [] : ["audio.loudness"]))
        }
    }

    @Test("a target of one's own is held like a rule, and the gain towards it is told")
    func target() async throws {
        try await TestFolder.with { folder in
            let path = try await Self.make("tone.mov", [-23], in: folder)
            let end = try await MezzProgram(in: folder).run(["loudness", path, "--target", "-16", "--json"])
            #expect(end.status == 1)
            let gain = try #require(try JSONValue(end.output)["tracks"][0]["gain_db"].number)
            #expect(abs(gain - 7) < 0.1)
        }
    }

    @Test("fifty tracks are measured, each by itself")
    func fifty() async throws {
        try await TestFolder.with { folder in
            let path = try await Self.make("fifty.mkv", (0..<50).map { -20 - 0.5 * Double($0) }, in: folder)
            let end = try await MezzProgram(in: folder).run(["loudness", path, "--json"])
            let tracks = try JSONValue(end.output)["tracks"].items
            #expect(tracks.count == 50)
            for (number, track) in tracks.enumerated() {
                #expect(abs(try #require(track["integrated_lkfs"].number) + 20 + 0.5 * Double(number)) < 0.1)
            }
        }
    }

    @Test("the drawing is an SVG with both lines")
    func drawing() async throws {
        try await TestFolder.with { folder in
            let path = try await Self.make("tone.mov", [-23], in: folder)
            let end = try await MezzProgram(in: folder).run(["loudness", path, "--svg", folder("out.svg")])
            let text = try folder.text("out.svg")
            #expect(end.status == 0 && text.hasPrefix("<svg ") && text.hasSuffix("</svg>\n"))
            #expect(text.components(separatedBy: "<polyline").count == 3)
        }
    }

    @Test(
        "what cannot be measured is refused with its code",
        arguments: [
            (["none.mov"], 65), (["text.mov"], 65), (["tone.mov", "--stream", "7"], 64),
            (["tone.mov", "--target", "5"], 64),
        ] as [([String], Int)])
    func refused(_ arguments: [String], _ status: Int) async throws {
        try await TestFolder.with { folder in
            _ = try await Self.make("tone.mov", [-23], in: folder)
            try folder.write(Data("no media".utf8), to: "text.mov")
            let end = try await MezzProgram(in: folder).run(["loudness"] + arguments)
            #expect(Int(end.status) == status, "\(end.errorText)")
        }
    }
}
