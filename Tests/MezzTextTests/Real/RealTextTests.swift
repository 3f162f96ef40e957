import Foundation
import MezzCore
import MezzMedia
import MezzTestKit
import MezzText
import Testing

/// The real files, by path.
enum RealTexts {
    static let files: [String] = {
        let folder = TextTestTools.media + "/text"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().map { folder + "/" + $0 }
    }()

    static let ttml = files.filter { $0.hasSuffix(".ttml") }
}

@Suite("Real text files", .serialized, .enabled("no ../shared/media beside the checkout") { TextTestTools.mediaIsHere })
struct RealTextTests {
    private static func needsTtconv(_ path: String) -> Bool { path.hasSuffix(".scc") || path.hasSuffix(".stl") }

    private static func reader() async throws -> TextReader {
        TextReader { try await TextTestTools.runner() }
    }

    @Test("convert to both formats and keep their times and words", arguments: RealTexts.files)
    func converted(_ path: String) async throws {
        guard TextTestTools.ttconvIsHere || !Self.needsTtconv(path) else { return }
        let text = try await Self.reader().read(path).text
        #expect(!text.cues.isEmpty)
        let shown = text.cues.sorted { $0.start < $1.start }
        for target in TextOutput.allCases {
            let back = try TextReader.parse(
                target.write(text).bytes, as: target == .vtt ? .vtt : .ttml, place: "back"
            ).text
            #expect(back.cues.map(\.start) == shown.map(\.start))
            #expect(back.cues.count == shown.count)
            #expect(Set(back.cues.map(\.text)) == Set(shown.map(\.text)))
            #expect(back.cues.map(\.end).sorted() == shown.map(\.end).sorted())
        }
    }

    @Test(
        "TTML says the same to ttconv",
        .enabled("no ttconv: run scripts/setup") { TextTestTools.ttconvIsHere },
        arguments: RealTexts.ttml)
    func oracle(_ path: String) async throws {
        try await TestFolder.with { folder in
            let output = folder("out.ttml")
            try await TextTestTools.runner().run(
                ToolCommand(
                    .ttconv,
                    [
                        "convert", "-i", path, "-o", output, "--config",
                        #"{"general": {"progress_bar": false, "log_level": "ERROR"}}"#,
                    ], subject: path))
            // ttconv resolves styles, lengths and times itself; what it writes has none left to resolve.
            let theirs = try TextReader.parse(Array(try folder.data("out.ttml")), as: .ttml, place: "theirs").text
            let ours = try await Self.reader().read(path).text
            #expect(theirs.cues.map(\.text) == ours.cues.map(\.text))
            for (their, our) in zip(theirs.cues, ours.cues) {
                #expect(abs(their.start - our.start) <= 1 && abs(their.end - our.end) <= 1)
                #expect(Self.side(their.placement) == Self.side(our.placement))
                #expect(their.runs.map(\.annotation) == our.runs.map(\.annotation))
                #expect(their.runs.map(\.style.color) == our.runs.map(\.style.color))
                #expect(their.runs.map(\.style.isItalic) == our.runs.map(\.style.isItalic))
                guard case .box(let theirBox) = their.placement.anchor, case .box(let ourBox) = our.placement.anchor
                else { continue }
                #expect(abs(theirBox.left - ourBox.left) < 0.01 && abs(theirBox.top - ourBox.top) < 0.01)
                #expect(theirBox.align == ourBox.align)
            }
        }
    }

    /// In text that runs from left to right, as these files' does, ttconv writes `start` for `left`.
    private static func side(_ placement: TextPlacement) -> TextPlacement.Alignment {
        switch placement.alignment {
        case .left: .start
        case .right: .end
        default: placement.alignment
        }
    }

    static let badFiles: [(String, Int?)] = [
        ("text_ebu-ttd_sample_invalid_root.ttml", nil), ("text_empty2.vtt", 0), ("text_timestamps-invalid.vtt", 3),
        ("text_invalid1.vtt", 1),
    ]

    @Test("malformed ones are read as far as the standard goes, or refused", arguments: badFiles)
    func malformed(_ name: String, _ cues: Int?) async throws {
        let path = TextTestTools.media + "/malformed/" + name
        guard FileManager.default.fileExists(atPath: path) else { return }
        let reading = try? await Self.reader().read(path)
        #expect(reading?.text.cues.count == cues)
    }
}
