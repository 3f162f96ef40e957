import Foundation
import MezzTestKit
import Testing

/// Clips that lie beside the checkout on machines that have them.
enum RealClips {
    private static let root =
        (ProcessInfo.processInfo.environment["MEZZ_TEST_MEDIA"] ?? TestTools.root + "/../shared/media") + "/"

    static func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: root + folder)) ?? []).sorted().map { folder + "/" + $0 }
    }

    static func path(_ name: String) -> String { root + name }

    static var areHere: Bool { !names(in: "clips").isEmpty }
}

@Suite(
    "Real clips", .serialized, .enabled("no ../shared/media beside the checkout") { RealClips.areHere },
    .timeLimit(.minutes(10)))
struct RealClipTests {
    @Test("pass inspection, or are refused, in good time", arguments: RealClips.names(in: "clips"))
    func inspect(_ clip: String) async throws {
        let end = try await inspected(clip)
        #expect([0, 65].contains(end.status), "\(end.errorText)")
        if end.status == 0 {
            let document = try JSONValue(end.output)
            #expect(document["streams"][0]["type"].string == "video")
        }
    }

    @Test("that are malformed end with a documented exit code", arguments: RealClips.names(in: "malformed"))
    func malformed(_ clip: String) async throws {
        let end = try await inspected(clip)
        #expect([0, 1, 65].contains(end.status), "\(end.errorText)")
        if end.status == 65 { try Refusal(status: 65, words: []).expectDocument(end) }
    }

    @Test("carphone is encoded on a fixed ladder")
    func carphone() async throws {
        try await TestFolder.with { folder in
            let clip = RealClips.path("clips/carphone_qcif_pristine.mp4")
            let end = try await MezzProgram(in: folder).encode(clip, to: "out")
            #expect(end.status == 0, "\(end.errorText)\(end.text)")
            let package = try EncodedPackage("out", in: folder)
            try package.expectOnDemandLayout()
            try await package.expectPictures(frames: 120, segmentFrames: 120)
        }
    }

    private func inspected(_ clip: String) async throws -> ChildEnd {
        try await TestFolder.with { folder in
            let end = try await MezzProgram(in: folder).run(["inspect", "--json", RealClips.path(clip)], within: 60)
            #expect(end.signal == nil, "\(clip) ended mezz by signal")
            return end
        }
    }
}
