import MezzTestKit
import Testing

@Suite("mezz inspect and mezz doctor", .timeLimit(.minutes(10)))
struct InspectAndDoctorTests {
    @Test("inspect --json tells the verdict, the streams and the findings")
    func inspect() async throws {
        try await TestFolder.with { folder in
            try await SixShots.make(in: folder, languages: ["eng", "fre"])
            let end = try await MezzProgram(in: folder).run(["inspect", SixShots.file, "--json"])
            #expect(end.status == 0, "\(end.errorText)")
            let document = try JSONValue(end.output)
            #expect(document.keys.isSuperset(of: ["passed", "streams", "findings"]))
            #expect(document["passed"].bool == true)
            #expect(document["streams"].items.map { $0["type"].string } == ["video", "audio", "audio"])
            #expect(document["streams"].items.dropFirst().map { $0["language"].string } == ["eng", "fre"])
        }
    }

    @Test("inspect writes nothing beside the source")
    func inspectIsHarmless() async throws {
        try await TestFolder.with { folder in
            try await MediaMaker(in: folder).make(.plain)
            let end = try await MezzProgram(in: folder).run(["inspect", "plain.mp4"])
            #expect(end.status == 0)
            #expect(end.text.contains("160x90"))
            #expect(folder.names().filter { !$0.hasPrefix(".") } == ["plain.mp4"])
        }
    }

    @Test("doctor --json names every check with its result, and a remedy where it failed")
    func doctor() async throws {
        try await TestFolder.with { folder in
            let end = try await MezzProgram(in: folder).run(["doctor", "--json"])
            let diagnosis = try JSONValue(end.output)
            let checks = diagnosis["checks"].items
            #expect(end.status == (diagnosis["passed"].bool == true ? 0 : 69))
            #expect(
                Set(checks.compactMap { $0["name"].string }).isSuperset(of: ["ffmpeg", "ffprobe", "packager", "disk"]))
            for check in checks where check["passed"].bool == false {
                #expect(check["remedy"].string?.isEmpty == false)
            }
            #expect((diagnosis["passed"].bool == true) == checks.allSatisfy { $0["passed"].bool == true })
        }
    }

    @Test("doctor without --json says the same to a person")
    func doctorText() async throws {
        try await TestFolder.with { folder in
            let end = try await MezzProgram(in: folder).run(["doctor"])
            for name in ["ffmpeg", "ffprobe", "packager", "disk"] { #expect(end.text.contains(name)) }
        }
    }
}
