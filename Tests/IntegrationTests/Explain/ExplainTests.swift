import Foundation
import MezzCore
import MezzPipeline
import MezzTestKit
import Testing

@Suite("mezz explain", .serialized, .timeLimit(.minutes(15)))
struct ExplainTests {
    private static let encode = [
        "--ladder", "per-shot", "--codec", "avc", "--effort", "quick", "--preset", "ultrafast",
    ]

    @Test("tells of a package why its shots are as they are", .tags(.slow))
    func package() async throws {
        try await TestFolder.with { folder in
            let source = try await SixShots.make(in: folder)
            let mezz = try MezzProgram(in: folder)
            let end = try await mezz.run(["encode", source, "-o", "out"] + Self.encode)
            #expect(end.status == 0, "\(end.errorText)")
            let report = try folder.json("out/report.json")
            // The folder, and its report alone, without anything else of the package.
            let explained = try await mezz.run(["explain", "out", "--json"])
            #expect(explained.status == 0, "\(explained.errorText)")
            try folder.write(folder.data("out/report.json"), to: "alone.json")
            try FileManager.default.removeItem(atPath: folder("out"))
            #expect(try await mezz.run(["explain", "alone.json", "--json"]).output == explained.output)
            try expect(try JSONValue(explained.output), of: report)
            try await expectTable(mezz, report)
            try await expectShot(mezz, report)
        }
    }

    private func expect(_ explanation: JSONValue, of report: JSONValue) throws {
        #expect(explanation["mode"].string == "per-shot")
        let codec = try #require(explanation["codecs"].items.first)
        let rungs = report["ladder"]["rungs"].items
        #expect(codec["rungs"].items.map { $0["id"] } == rungs.map { $0["id"] })
        for (rung, told) in zip(rungs, codec["rungs"].items) {
            // The curves, fitted again from the report, expect what the ladder expected.
            let (before, after) = (rung["predicted_vmaf"].number ?? 0, told["predicted"]["vmaf"].number ?? 100)
            #expect(abs(before - after) < 0.02)
            let bits = (rung["predicted_bps"].number ?? 0) / (told["predicted"]["bps"].number ?? 1)
            #expect(abs(bits - 1) < 0.001)
            #expect(told["delivered"]["bps"] == rung["average_bps"])
            for (shot, why) in zip(rung["shots"].items, told["shots"].items) {
                #expect(why["crf"] == shot["crf"] && why["delivered"]["bps"] == shot["bps"])
                #expect(why["delivered"]["vmaf"] == shot["vmaf_harmonic"])
                #expect(why["reason"].string != "unknown" && why["slopes"] != .null)
            }
        }
        let trials = codec["trials"].items.flatMap { $0["points"].items }
        #expect(trials.count >= report["ladder"]["points"].items.count && !trials.isEmpty)
        for trial in trials {
            let error = (trial["fitted"]["bps"].number ?? 0) / (trial["measured"]["bps"].number ?? 1)
            #expect(abs(error - 1) < 0.2, "a curve passes by its trials")
        }
    }

    private func expectTable(_ mezz: MezzProgram, _ report: JSONValue) async throws {
        let ids = report["ladder"]["rungs"].items.compactMap { $0["id"].string }
        let all = try await mezz.run(["explain", "alone.json"])
        #expect(all.status == 0)
        for id in ids { #expect(all.text.contains("\(id): ")) }
        let id = try #require(ids.last)
        let one = try await mezz.run(["explain", "alone.json", "--rung", id, "--codec", "avc"])
        let lines = one.text.split(separator: "\n").map(String.init)
        let header = try #require(lines.firstIndex { $0.hasPrefix("shot ") && $0.hasSuffix("because") })
        #expect(lines[..<header].contains { $0.contains(" because ") })
        let numbers = lines[(header + 1)...].map { $0.split(separator: " ").first.map(String.init) }
        #expect(numbers == (1...6).map(String.init), "as the report page counts")
    }

    private func expectShot(_ mezz: MezzProgram, _ report: JSONValue) async throws {
        let rungs = report["ladder"]["rungs"].items
        let end = try await mezz.run(["explain", "alone.json", "--shot", "3"])
        #expect(end.status == 0, "\(end.errorText)")
        #expect(end.text.hasPrefix("shot 3, frames 48 to 71\n"))
        for text in ["trial encodes", "curve kbps", "the title's slope is"] { #expect(end.text.contains(text)) }
        for rung in rungs {
            let crf = try #require(rung["shots"][2]["planned_crf"].number ?? rung["shots"][2]["crf"].number)
            let name = crf == crf.rounded() ? "\(Int(crf))" : String(format: "%.2f", crf)
            #expect(end.text.contains("\nCRF \(name) because "), "\(rung["id"])")
        }
        let json = try await mezz.run(["explain", "alone.json", "--shot", "3", "--json"])
        let codec = try JSONValue(json.output)["codecs"][0]
        #expect(codec["trials"].items.map { $0["index"].int } == [2])
        #expect(codec["rungs"].items.allSatisfy { $0["shots"].items.map { $0["index"].int } == [2] })
    }

    @Test("tells of a ladder that was only planned, prescribed ones among them", arguments: ["fixed", "category"])
    func planned(_ ladder: String) async throws {
        try await TestFolder.with { folder in
            let source = try await MediaMaker(in: folder).make(.plain)
            let mezz = try MezzProgram(in: folder)
            let planned = try await mezz.run(["ladder", source, "--json"] + MezzProgram.cheap + ["--ladder", ladder])
            #expect(planned.status == 0, "\(planned.errorText)")
            try folder.write(planned.output, to: "ladder.json")
            let end = try await mezz.run(["explain", "ladder.json"])
            #expect(end.status == 0, "\(end.errorText)")
            #expect(end.text.contains("because it is prescribed"))
            #expect(end.text.contains(ladder == "fixed" ? "nearest bitrate" : "given a bitrate"))
            #expect(!end.text.contains("measured"))
            let detail = try await mezz.run(["explain", "ladder.json", "--shot", "1"])
            #expect(detail.status == 0, "\(detail.errorText)")
            #expect(detail.text.contains(ladder == "fixed" ? "CRF " : "no CRF because the encoder was given a bitrate"))
        }
    }
}

@Suite("mezz explain refuses", .serialized, .timeLimit(.minutes(10)))
struct ExplainRefusalTests {
    @Test("what is no report, with 65", arguments: ["", "{}", "[]", "null", "{\"mezz\":\"1\"}", "\u{0}", "\u{FFFD}"])
    func noReport(_ text: String) async throws {
        try await TestFolder.with { folder in
            try folder.write(Data(text.utf8), to: "report.json")
            let mezz = try MezzProgram(in: folder)
            for place in ["report.json", "."] {
                let refusal = Refusal(status: 65, words: ["is no report of mezz", "report.json"])
                refusal.expect(try await mezz.run(["explain", place]), of: place)
                let end = try await mezz.run(["explain", place, "--json"])
                refusal.expect(end, of: place)
                try refusal.expectDocument(end)
            }
        }
    }

    @Test("a place without a report, with 65", arguments: ["nothing", "empty", "empty/report.json"])
    func nothing(_ place: String) async throws {
        try await TestFolder.with { folder in
            try FileManager.default.createDirectory(atPath: folder("empty"), withIntermediateDirectories: true)
            let end = try await MezzProgram(in: folder).run(["explain", place])
            Refusal(status: 65, words: ["cannot be read", place]).expect(end, of: place)
        }
    }

    @Test("codecs, rungs and shots that are not there, with 64, and names those that are")
    func unknown() async throws {
        try await TestFolder.with { folder in
            let report = SampleReport(shots: 3, codecs: [.avc], heights: [1080, 360]).report()
            try folder.write(report.encoded(), to: "report.json")
            let mezz = try MezzProgram(in: folder)
            let cases = [
                (["--codec", "av1"], "avc"), (["--rung", "avc"], "avc-1080p-q0, avc-360p-q1"),
                (["--rung", "\u{1B}[2J"], "avc-1080p-q0"), (["--shot", "0"], "1 to 3"), (["--shot", "4"], "1 to 3"),
                (["--shot=-1"], "1 to 3"), (["--shot", "9223372036854775807"], "1 to 3"),
            ]
            for (options, there) in cases {
                let end = try await mezz.run(["explain", "report.json"] + options)
                Refusal(status: 64, words: ["the report has no", there]).expect(end, of: options.joined())
                #expect(!end.errorText.contains("\u{1B}"))
            }
            for options in [["--shot", "x"], ["--codec", "vp9"], ["--shot"], ["more"]] {
                #expect(try await mezz.run(["explain", "report.json"] + options).status == 64)
            }
        }
    }

    @Test("sizes and shots that no title has, with 65")
    func implausible() async throws {
        try await TestFolder.with { folder in
            let report = SampleReport(shots: 2, codecs: [.avc], heights: [1080]).report()
            let text = String(decoding: try report.encoded(), as: UTF8.self)
            let mezz = try MezzProgram(in: folder)
            for (key, value) in [("width", "9223372036854775807"), ("end_frame", "-9"), ("index", "7")] {
                let forged = try text.replacing(Regex("\"\(key)\" : [0-9]+"), with: "\"\(key)\" : \(value)")
                #expect(forged != text)
                try folder.write(Data(forged.utf8), to: "report.json")
                let end = try await mezz.run(["explain", "."])
                Refusal(status: 65, words: ["that no title has"]).expect(end, of: key)
            }
        }
    }
}
