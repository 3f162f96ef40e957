import Foundation
import Glibc
import MezzTestKit
import Testing

@Suite("mezz certify", .serialized, .timeLimit(.minutes(10)))
struct CertifyTests {
    private static let smallest = ["certify", "--codec", "avc", "--level", "1", "--frames", "4", "-o", "streams"]

    @Test("builds a level's streams, which mezz qc reads as the index does")
    func builds() async throws {
        try await TestFolder.with { folder in
            let mezz = try MezzProgram(in: folder)
            let end = try await mezz.run(Self.smallest + ["--json"])
            #expect(end.status == 0, "\(end.errorText)")
            let index = try JSONValue(end.output)
            #expect(index == (try folder.json("streams/index.json")))
            #expect(index["codec"].string == "avc" && index["level"].string == "1" && index["passed"].bool == true)
            let streams = index["streams"].items
            let files = streams.compactMap { $0["file"].string }
            #expect(files.count == streams.count && files.contains("peak-bitrate.mp4"))
            #expect(folder.names(in: "streams") == (files + ["index.json"]).sorted())
            #expect(folder.names().filter { !$0.hasPrefix(".") } == ["streams"])
            for stream in streams where stream["purpose"].string != "resolution-switch" {
                let name = try #require(stream["file"].string)
                let check = try await mezz.run(["qc", "--json", "streams/" + name])
                #expect(check.status == 0, "\(name): \(check.text)")
                let read = try JSONValue(check.output)["streams"][0]
                for key in ["codecs", "level", "frames", "key_frames", "peak_bps"] {
                    #expect(read[key] == stream["verdict"][key], "\(name): \(key)")
                }
            }
        }
    }

    @Test("prints a line a stream and the outcome")
    func table() async throws {
        try await TestFolder.with { folder in
            let end = try await MezzProgram(in: folder).run(Self.smallest)
            #expect(end.status == 0, "\(end.errorText)")
            let lines = end.text.split(separator: "\n")
            #expect(lines.first?.hasPrefix("stream ") == true && lines.last == "avc level 1: all 7 streams passed")
            #expect(lines.count == 9)
            #expect(end.errorText.contains("building peak-bitrate"))
        }
    }

    @Test(
        "names the choices where a codec or a level is unknown",
        arguments: [
            (["--codec", "vp9", "--level", "1"], ["avc, hevc, av1"]),
            (["--codec", "avc", "--level", "7"], ["avc has no such level", "1b", "6.2"]),
            (["--codec", "hevc", "--level", "1b"], ["hevc has no such level", "5.1"]),
            (["--codec", "av1", "--level", ""], ["av1 has no such level", "2.0"]),
        ] as [([String], [String])])
    func refuses(_ options: [String], words: [String]) async throws {
        try await TestFolder.with { folder in
            let end = try await MezzProgram(in: folder).run(["certify", "-o", "streams", "--json"] + options)
            let refusal = Refusal(status: 64, words: words)
            refusal.expect(end, of: options.joined(separator: " "))
            try refusal.expectDocument(end)
            #expect(folder.names(in: "streams").isEmpty)
        }
    }

    @Test("leaves a folder alone that is there already, and refuses strange lengths")
    func leavesAlone() async throws {
        try await TestFolder.with { folder in
            try FileManager.default.createDirectory(atPath: folder("streams"), withIntermediateDirectories: false)
            try folder.write(Data("mine".utf8), to: "streams/peak-bitrate.mp4")
            let mezz = try MezzProgram(in: folder)
            Refusal(status: 64, words: ["is there already"]).expect(try await mezz.run(Self.smallest), of: "streams")
            #expect(try folder.text("streams/peak-bitrate.mp4") == "mine")
            for frames in ["3", "601", "-1", "many"] {
                let end = try await mezz.run(
                    ["certify", "--codec", "avc", "--level", "1", "-o", "others", "--frames", frames])
                #expect(end.status == 64)
            }
            #expect(folder.names(in: "others").isEmpty)
        }
    }

    @Test("leaves nothing behind when it is interrupted")
    func interrupted() async throws {
        try await TestFolder.with { folder in
            let child = try MezzProgram(in: folder).start(
                ["certify", "--codec", "av1", "--level", "5.1", "-o", "streams"])
            while child.isRunning, !child.errorText.contains("building") {
                try await Task.sleep(for: .milliseconds(20))
            }
            child.send(SIGINT)
            let end = try await child.end(within: 30)
            #expect(end.status == 130 && end.signal == nil, "\(end.errorText)")
            #expect(folder.names().filter { !$0.hasPrefix(".") } == [])
            let isAlone = try await child.familyEnds(within: 1)
            #expect(isAlone, "\(child.family()) live on")
        }
    }
}
