import Foundation
import MezzTestKit
import Testing

@Suite("mezz ladder", .serialized, .timeLimit(.minutes(10)))
struct LadderTests {
    static let cheap = ["--codec", "avc", "--preset", "ultrafast"]

    @Test("prints the ladder and every operating point in the report's shape, draws it, and leaves nothing behind")
    func whole() async throws {
        try await TestFolder.with { folder in
            let source = try await SixShots.make(in: folder)
            let mezz = try MezzProgram(in: folder)
            let end = try await mezz.run(["ladder", source, "--json", "--plot", "plot.svg"] + Self.cheap)
            #expect(end.status == 0, "\(end.errorText)")
            let report = try JSONValue(end.output)
            let rungs = report["ladder"]["rungs"].items
            #expect(rungs.count >= 2)
            for rung in rungs {
                #expect(rung["quality"] == .null)
                #expect((rung["predicted_vmaf"].number ?? 0) >= (rung["target_vmaf"].number ?? 100) - 0.001)
                #expect(rung["shots"].items.count == report["shots"].items.count)
            }
            let points = report["ladder"]["points"].items
            #expect(points.count >= (report["cost"]["trial_encodes"].int ?? .max))
            #expect(points.allSatisfy { $0["measured"] == .bool(true) && ($0["bps"].int ?? 0) > 0 })
            let plot = try folder.text("plot.svg")
            #expect(plot.hasPrefix("<svg") && plot.contains(rungs[0]["id"].string ?? "?"))
            let left = Set(folder.names().filter { !$0.hasPrefix(".") })
            #expect(left == ["plot.svg", SixShots.file], "\(left)")
        }
    }

    @Test("other goals for the same title find their trial encodes; an encode finds them too")
    func reuse() async throws {
        try await TestFolder.with { folder in
            let source = try await SixShots.make(in: folder)
            let mezz = try MezzProgram(in: folder)
            let first = try await ladder(mezz, source, [])
            #expect((first["cost"]["trial_encodes"].int ?? 0) > 10 && first["cost"]["reused"].int == 0)
            let same = try await ladder(mezz, source, [])
            #expect(same["cost"]["trial_encodes"].int == 0)
            #expect(same["ladder"] == first["ladder"])
            let asked = try await ladder(mezz, source, ["--rungs", "2"])
            #expect(asked["ladder"]["rungs"].items.count == 2)
            // Rungs in other places may ask for challengers; the grid itself is found.
            let made = try #require(asked["cost"]["trial_encodes"].int)
            #expect(made * 3 <= (asked["cost"]["reused"].int ?? 0), "\(made)")
            let encode = try await mezz.run(["encode", source, "-o", "out", "--json"] + Self.cheap)
            #expect(try JSONValue(encode.output)["cost"]["trial_encodes"].int == 0, "\(encode.errorText)")
        }
    }

    @Test("--bitrates gives a rung for each bitrate within it, named after it")
    func bitrates() async throws {
        try await TestFolder.with { folder in
            let source = try await SixShots.make(in: folder)
            let report = try await ladder(try MezzProgram(in: folder), source, ["--bitrates", "200,250"])
            let rungs = report["ladder"]["rungs"].items
            #expect(rungs.map { $0["id"].string?.split(separator: "-").last } == ["250k", "200k"])
            for (rung, most) in zip(rungs, [250_000, 200_000]) {
                #expect((rung["average_bps"].int ?? .max) <= most)
                #expect(rung["target_vmaf"] == .null)
            }
        }
    }

    @Test("a folder named as cache that cannot be used is refused")
    func unusableCache() async throws {
        try await TestFolder.with { folder in
            let source = try await SixShots.make(in: folder)
            try folder.write(Data("x".utf8), to: "file")
            let end = try await MezzProgram(in: folder).run(["ladder", source, "--cache", "file/cache"] + Self.cheap)
            Refusal(status: 2, words: ["cache folder", "--cache"]).expect(end, of: "ladder")
        }
    }

    @Test(
        "goals that exclude each other, or no ladder can have, end with 64",
        arguments: [
            ["--rungs", "3", "--bitrates", "800"], ["--rungs", "1"], ["--rungs", "99"], ["--bitrates", "800,,900"],
            ["--bitrates", "-1"], ["--target-vmaf", "95,nan"], ["--min-bitrate", "900", "--max-bitrate", "800"],
            ["--storage", "0"], ["--limited-height", "-5"], ["--ladder", "fixed", "--rungs", "3"],
            ["--ladder", "category", "--max-bitrate", "800"],
        ])
    func contradictions(_ options: [String]) async throws {
        try await TestFolder.with { folder in
            try folder.write(Data("x".utf8), to: "clip.mp4")
            let end = try await MezzProgram(in: folder).run(["ladder", "clip.mp4"] + options)
            #expect(end.status == 64, "\(end.errorText)")
        }
    }

    @Test(
        "an audience that cannot be used is refused with the place in it",
        arguments: [
            ("{", "JSON"), ("{}", "neither"), (#"{"bandwith":[]}"#, "bandwith"),
            (#"{"bandwidth":[{"kbps":500}]}"#, "share"), (#"{"bandwidth":[{"kbps":-1,"share":1}]}"#, "bandwidth"),
        ])
    func audience(_ text: String, _ word: String) async throws {
        try await TestFolder.with { folder in
            let source = try await SixShots.make(in: folder)
            try folder.write(Data(text.utf8), to: "viewers.json")
            let end = try await MezzProgram(in: folder).run(["ladder", source, "--audience", "viewers.json"])
            Refusal(status: 65, words: ["viewers.json", word]).expect(end, of: text)
        }
    }

    @Test("limits no rung of the title can keep end with 1 and say what contradicts what")
    func impossible() async throws {
        try await TestFolder.with { folder in
            let source = try await SixShots.make(in: folder)
            let end = try await MezzProgram(in: folder).run(["ladder", source, "--max-bitrate", "1"] + Self.cheap)
            Refusal(status: 1, words: ["largest bitrate", "cheapest"]).expect(end, of: "ladder")
        }
    }

    private func ladder(_ mezz: MezzProgram, _ source: String, _ options: [String]) async throws -> JSONValue {
        let end = try await mezz.run(["ladder", source, "--json"] + Self.cheap + options)
        #expect(end.status == 0, "\(end.errorText)")
        return try JSONValue(end.output)
    }
}

@Suite("The category ladder", .serialized, .timeLimit(.minutes(10)))
struct CategoryLadderTests {
    @Test("aims at the standard ladder's bitrates times the category's factor, without a trial encode")
    func category() async throws {
        try await TestFolder.with { folder in
            let source = try await SixShots.make(in: folder)
            let mezz = try MezzProgram(in: folder)
            let analysis = try JSONValue(try await mezz.run(["analyze", source, "--json"]).output)
            let multiplier = try #require(analysis["multiplier"].number)
            let end = try await mezz.run([
                "encode", source, "-o", "out", "--ladder", "category", "--codec", "avc", "--preset", "veryfast",
                "--json",
            ])
            #expect(end.status == 0, "\(end.errorText)")
            let report = try JSONValue(end.output)
            #expect(report["cost"]["trial_encodes"].int == 0)
            #expect(report["ladder"]["points"].items.isEmpty)
            let rung = try #require(report["ladder"]["rungs"].items.first)
            // 180 lines get the smallest rung of the table, its 300 kbit/s by area.
            let wanted = 300_000 * multiplier * 320 * 180 / (240 * 240 * 16 / 9)
            #expect(rung["target_vmaf"] == .null && rung["shots"][0]["crf"] == .null)
            let bps = try #require(rung["average_bps"].number)
            #expect(abs(bps / wanted - 1) < 0.15, "\(bps) instead of \(wanted)")
            #expect((rung["quality"]["mean"].number ?? 0) > 20)
        }
    }
}
