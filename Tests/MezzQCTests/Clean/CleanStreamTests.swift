import Foundation
import MezzCore
import MezzFormats
import MezzQC
import MezzTestKit
import Testing

@Suite("No false alarm", .serialized, .timeLimit(.minutes(10)))
struct CleanStreamTests {
    @Test("Good streams give no findings", arguments: CleanStream.all)
    func clean(_ clean: CleanStream) async throws {
        try await TestFolder.with { folder in
            let maker = try MediaMaker(in: folder)
            var path = try await clean.make(maker)
            if clean.isPackaged { path = try await package(path, folder) }
            let (stream, findings) = try StreamAnalyzer.analyze(try FileBytes(path), name: "v")
            #expect(findings == [])
            #expect(stream.pictures.reduce(0) { $0 + Int($1.shown) } == clean.frames)
            #expect(stream.pictures.allSatisfy { $0.traits.contains(.isSync) == ($0.access != .none) })
        }
    }

    private func package(_ path: String, _ folder: TestFolder) async throws -> String {
        let tools = try TestTools()
        let child = try Child(
            tools.folder + "/packager",
            [
                "in=\(path),stream=video,output=\(folder("out.mp4"))", "--segment_duration", "1", "--mpd_output",
                folder("a.mpd"),
            ],
            in: folder)
        let end = try await child.end(within: 60)
        try #require(end.status == 0, "\(end.errorText)")
        return folder("out.mp4")
    }
}
