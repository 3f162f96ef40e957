import Foundation
import MezzCore
import MezzFormats
import MezzQC
import MezzTestKit
import Testing

@Suite("Real streams with one thing wrong", .serialized, .timeLimit(.minutes(5)))
struct DamagedStreamTests {
    @Test("What is changed is found, and nothing was there before", arguments: DamagedStream.changed)
    func changed(_ stream: DamagedStream) async throws {
        try await TestFolder.with { folder in
            var bytes = try await stream.make(folder)
            #expect(try stream.findings(bytes) == [])
            try stream.change(&bytes)
            expect(try stream.findings(bytes), stream)
        }
    }

    @Test("What an encoder does wrong is found", arguments: DamagedStream.encoded)
    func encoded(_ stream: DamagedStream) async throws {
        try await TestFolder.with { folder in expect(try stream.findings(try await stream.make(folder)), stream) }
    }

    @Test("The container may say what the stream says")
    func agreeing() async throws {
        let stream = DamagedStream("HDR10", DamagedStream.hdr, [])
        try await TestFolder.with { folder in
            var bytes = try await stream.make(folder)
            try bytes.insertIntoEntry([UInt8].box("mdcv", DamagedStream.masteringDisplay(luminance: 10_000_000)))
            try bytes.insertIntoEntry([UInt8].box("clli", [3, 232, 1, 144]))
            #expect(try stream.findings(bytes) == [])
        }
    }

    @Test("Where the container must repeat HDR figures, each that it lacks is named")
    func lacking() async throws {
        let expectation = StreamExpectation(boxesHDR: true)
        let stream = DamagedStream("HDR10", DamagedStream.hdr, [], expecting: expectation)
        try await TestFolder.with { folder in
            var bytes = try await stream.make(folder)
            let nothing = try #require(try stream.findings(bytes).first)
            #expect(nothing.code == "stream.hdr.container" && nothing.message.contains("no mdcv and no clli,"))
            try bytes.insertIntoEntry([UInt8].box("mdcv", DamagedStream.masteringDisplay(luminance: 10_000_000)))
            let half = try stream.findings(bytes)
            #expect(half.codes == ["stream.hdr.container"] && half.first?.message.contains("no clli,") == true)
            try bytes.insertIntoEntry([UInt8].box("clli", [3, 232, 1, 144]))
            #expect(try stream.findings(bytes) == [])
            let plain = DamagedStream("SDR", .hevc, [], expecting: expectation)
            #expect(try plain.findings(try await plain.make(folder)) == [])
        }
    }

    @Test("A stream joined to one with other parameter sets", arguments: [("libx264", "264"), ("libx265", "265")])
    func joined(_ encoder: String, _ ending: String) async throws {
        try await TestFolder.with { folder in
            let maker = try MediaMaker(in: folder)
            var bytes = Data()
            for size in ["320x192", "256x144"] {
                let path = try await maker.make(
                    "\(size).\(ending)",
                    ["-f", "lavfi", "-i", "testsrc2=s=\(size):r=25", "-frames:v", "25", "-pix_fmt", "yuv420p"]
                        + ["-c:v", encoder, "-preset", "ultrafast", "-bf", "0"])
                bytes += try Data(contentsOf: URL(fileURLWithPath: path))
            }
            let both = try folder.write(bytes, to: "both.\(ending)")
            let path = try await maker.make(
                "both.mp4",
                ["-r", "25", "-i", "file:" + both, "-c", "copy", "-tag:v", ending == "264" ? "avc1" : "hev1"])
            let file = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
            let findings = try StreamAnalyzer.analyze(file, name: "v").findings
            let changed = try #require(findings.first { $0.code == "stream.parameters.changed" })
            #expect(changed.message == "from here on the picture is 256x144, not 320x192")
            #expect(changed.place == Finding.Place(stream: "v", frame: 25))
            // FFmpeg leaves parameter sets in samples of hev1 alone.
            guard ending == "264" else { return }
            let brought = try #require(findings.first { $0.code == "stream.parameters.in-band" })
            #expect(brought.place.frame == 25 && brought.message.contains("does not have in its sample entry"))
        }
    }

    @Test("Every code is in the table of findings")
    func table() throws {
        let text = try String(contentsOfFile: TestTools.root + "/docs/findings.md", encoding: .utf8)
        for rule in StreamRule.allCases {
            #expect(text.contains("| `\(rule.rawValue)` | \(rule.severity.rawValue) |"), "\(rule.rawValue)")
        }
    }

    private func expect(_ findings: [Finding], _ stream: DamagedStream) {
        let said = findings.map { "\($0.code) \($0.place.frame ?? -1): \($0.message)" }.joined(separator: "\n")
        #expect(Set(findings.codes) == Set(stream.codes.map(\.rawValue)), "\(said)")
        #expect(findings.contains { $0.message.contains(stream.words) }, "\(said)")
        if let frame = stream.frame { #expect(findings.contains { $0.place.frame == frame }, "\(said)") }
        #expect(findings.allSatisfy { $0.place.stream == "v" && !$0.remedy.isEmpty })
    }
}
