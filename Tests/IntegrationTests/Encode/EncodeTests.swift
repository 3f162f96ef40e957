import Foundation
import MezzTestKit
import Testing

/// One way to encode a title.
struct EncodeMode: Sendable, CustomTestStringConvertible {
    let ladder: String
    let codecs: [String]

    var testDescription: String { "\(ladder), \(codecs.joined(separator: " "))" }

    var options: [String] {
        ["--ladder", ladder, "--effort", "quick", "--preset", "ultrafast"] + codecs.flatMap { ["--codec", $0] }
    }

    static let all =
        ["fixed", "per-title"].flatMap { ladder in
            ["avc", "hevc", "av1"].map { EncodeMode(ladder: ladder, codecs: [$0]) }
        }
        + [EncodeMode(ladder: "per-shot", codecs: ["avc", "hevc", "av1"])]
}

@Suite("A title of six shots", .serialized, .timeLimit(.minutes(15)))
struct EncodeTests {
    @Test("becomes a whole package", .tags(.slow), arguments: EncodeMode.all)
    func encodes(_ mode: EncodeMode) async throws {
        try await TestFolder.with { folder in
            let source = try await SixShots.make(in: folder)
            let end = try await MezzProgram(in: folder).run(["encode", source, "-o", "out"] + mode.options)
            #expect(end.status == 0, "\(end.errorText)\(end.text)")
            let package = try EncodedPackage("out", in: folder)
            PackageContract.expectKeys(of: package.report)
            expectReport(package.report, mode)
            #expect(Set(package.rungs.map(\.codec)) == Set(mode.codecs))
            package.expectNames()
            try package.expectOnDemandLayout()
            try await package.expectPictures(frames: SixShots.frames, segmentFrames: 96)
            try await package.expectSound(seconds: SixShots.seconds)
        }
    }

    private func expectReport(_ report: JSONValue, _ mode: EncodeMode) {
        #expect(report["ladder"]["mode"].string == mode.ladder)
        #expect(report["source"]["frames"].int == SixShots.frames)
        #expect(report["source"]["frame_rate"].string == "24/1")
        #expect(report["qc"]["passed"].bool == true)
        #expect(report["audio"].items.count == 1)
        expectShots(report["shots"].items.compactMap { $0["first_frame"].int })
        for rung in report["ladder"]["rungs"].items {
            #expect((rung["quality"]["mean"].number ?? 0) > 20)
            #expect(rung["shots"].items.count == report["shots"].items.count)
            #expect((rung["average_bps"].int ?? 0) > 0)
            #expect((rung["peak_bps"].int ?? 0) >= (rung["average_bps"].int ?? 0))
            #expect((rung["target_vmaf"] == .null) == (mode.ladder == "fixed"))
        }
    }

    /// Cuts are found to the frame, the fade somewhere in its black, the flash not at all.
    private func expectShots(_ starts: [Int]) {
        #expect(starts.first == 0)
        #expect(Set(starts).isSuperset(of: SixShots.hardCuts), "\(starts)")
        #expect(starts.filter(SixShots.fade.contains).count == 1, "\(starts)")
        #expect(starts.count == 6, "\(starts)")
    }
}

@Suite("An encode that is run again", .serialized, .timeLimit(.minutes(15)))
struct EncodeAgainTests {
    @Test("does nothing twice and leaves the media as it is", .tags(.slow))
    func again() async throws {
        try await TestFolder.with { folder in
            let source = try await SixShots.make(in: folder)
            let mezz = try MezzProgram(in: folder)
            let command = ["encode", source, "-o", "out"] + EncodeMode(ladder: "per-shot", codecs: ["avc"]).options
            let first = try await mezz.run(command)
            #expect(first.status == 0, "\(first.errorText)")
            let before = try EncodedPackage("out", in: folder)
            let media = try before.media()
            let second = try await mezz.run(command)
            #expect(second.status == 0, "\(second.errorText)")
            let after = try EncodedPackage("out", in: folder)
            #expect(after.report["cost"]["trial_encodes"] == before.report["cost"]["trial_encodes"])
            #expect(after.report["cost"]["stages"] == before.report["cost"]["stages"])
            #expect(try after.media() == media)
            #expect(second.seconds < first.seconds / 2)
        }
    }

    @Test("with another ladder, takes over the trial encodes it has", .tags(.slow))
    func reuse() async throws {
        try await TestFolder.with { folder in
            let source = try await SixShots.make(in: folder)
            let mezz = try MezzProgram(in: folder)
            var made: [Int] = []
            for ladder in ["per-shot", "per-title"] {
                let mode = EncodeMode(ladder: ladder, codecs: ["avc"])
                let end = try await mezz.run(["encode", source, "-o", "out"] + mode.options)
                #expect(end.status == 0, "\(end.errorText)")
                made.append(try EncodedPackage("out", in: folder).report["cost"]["trial_encodes"].int ?? 0)
            }
            let report = try EncodedPackage("out", in: folder).report
            #expect(report["ladder"]["mode"].string == "per-title")
            // Challengers alone may be new: the other ladder's rungs lie elsewhere.
            #expect(made[0] > 0 && made[1] < made[0] / 2)
            #expect((report["cost"]["reused"].int ?? 0) >= made[0] / 2)
        }
    }

    @Test("in another folder gives the same media")
    func elsewhere() async throws {
        try await TestFolder.with { folder in
            let source = try await MediaMaker(in: folder).make(.withSound)
            let mezz = try MezzProgram(in: folder)
            for (output, workers) in [("one", "1"), ("two", "3")] {
                let end = try await mezz.encode(source, to: output, ["--workers", workers])
                #expect(end.status == 0, "\(end.errorText)")
            }
            #expect(try EncodedPackage("one", in: folder).media() == EncodedPackage("two", in: folder).media())
        }
    }
}
