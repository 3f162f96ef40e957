import Foundation
import Glibc
import MezzTestKit
import Testing

@Suite("An output folder that cannot be used", .serialized, .timeLimit(.minutes(10)))
struct OutputFolderTests {
    @Test("a folder that cannot be made", arguments: ["plain.mp4/out", "/proc/mezz-test-out"])
    func unmakeable(_ output: String) async throws {
        try await TestFolder.with { folder in
            try await MediaMaker(in: folder).make(.plain)
            let end = try await MezzProgram(in: folder).encode("plain.mp4", to: output, ["--json"])
            Refusal(status: 2, words: ["cannot be written", "choose another -o"]).expect(end, of: output)
            try Refusal(status: 2, words: []).expectDocument(end)
        }
    }

    @Test("a folder without the right to write", .enabled("root may write everywhere") { geteuid() != 0 })
    func readOnly() async throws {
        try await TestFolder.with { folder in
            try await MediaMaker(in: folder).make(.plain)
            try FileManager.default.createDirectory(
                atPath: folder("out"), withIntermediateDirectories: true, attributes: [.posixPermissions: 0o555])
            let end = try await MezzProgram(in: folder).encode("plain.mp4", to: "out")
            Refusal(status: 2, words: ["cannot be written"]).expect(end, of: "out")
            #expect(folder.names(in: "out").isEmpty)
        }
    }

    @Test("a file in its place is refused and left alone")
    func file() async throws {
        try await TestFolder.with { folder in
            try await MediaMaker(in: folder).make(.plain)
            try folder.write(Data("mine".utf8), to: "out")
            let end = try await MezzProgram(in: folder).encode("plain.mp4", to: "out")
            Refusal(status: 64, words: ["is a file"]).expect(end, of: "out")
            #expect(try folder.text("out") == "mine")
        }
    }

    @Test(
        "a folder that holds something else is refused and left alone",
        arguments: ["notes.txt", "video", "report.json"])
    func occupied(_ name: String) async throws {
        try await TestFolder.with { folder in
            try await MediaMaker(in: folder).make(.plain)
            try FileManager.default.createDirectory(atPath: folder("out"), withIntermediateDirectories: true)
            try folder.write(Data("mine".utf8), to: "out/" + name)
            let end = try await MezzProgram(in: folder).encode("plain.mp4", to: "out")
            Refusal(status: 64, words: ["holds something else", name]).expect(end, of: "out")
            #expect(folder.names(in: "out") == [name])
            #expect(try folder.text("out/" + name) == "mine")
        }
    }

    @Test("the source's own folder is refused")
    func sourceFolder() async throws {
        try await TestFolder.with { folder in
            try await MediaMaker(in: folder).make(.plain)
            let before = try folder.data("plain.mp4")
            let end = try await MezzProgram(in: folder).encode("plain.mp4", to: ".")
            Refusal(status: 64, words: ["holds something else"]).expect(end, of: ".")
            #expect(try folder.data("plain.mp4") == before)
        }
    }
}

@Suite("A full disk", .serialized, .timeLimit(.minutes(10)))
struct FullDiskTests {
    @Test(
        "ends the command, says so and leaves no package; with more room the same command finishes",
        .enabled("only root may mount a small disk") { await SmallDisk.isAvailable() },
        arguments: [160, 600, 1000, 1800])
    func full(kilobytes: Int) async throws {
        try await TestFolder.with { folder in
            let maker = try MediaMaker(in: folder)
            let picture = MediaRecipe.picture(MediaRecipe.pattern("320x180", seconds: 3) + ",noise=alls=30:allf=t")
            try await maker.make("noisy.mkv", picture + MediaRecipe.tone(seconds: 3) + MediaRecipe.lossless)
            let mezz = try MezzProgram(in: folder)
            try await SmallDisk.with(kilobytes: kilobytes, in: folder) { disk in
                let end = try await mezz.encode("noisy.mkv", to: "disk/out", ["--json"])
                let refusal = Refusal(status: 2, words: ["the disk is full", "run the same command again"])
                refusal.expect(end, of: "disk/out")
                try refusal.expectDocument(end)
                refusal.expectNoPackage(in: "disk/out", of: folder)
                try await disk.grow(toKilobytes: 100_000)
                let again = try await mezz.encode("noisy.mkv", to: "disk/out")
                #expect(again.status == 0, "\(again.errorText)")
                #expect(try folder.json("disk/out/report.json")["qc"]["passed"].bool == true)
            }
        }
    }
}
