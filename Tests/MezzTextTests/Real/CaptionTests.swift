import Foundation
import MezzCore
import MezzMedia
import MezzTestKit
import MezzText
import Testing

@Suite("SCC and EBU STL", .serialized, .enabled("no ttconv: run scripts/setup") { TextTestTools.ttconvIsHere })
struct CaptionTests {
    /// A pop-on caption: load, place, text, erase, show; then erase at the end (CEA-608, with odd parity).
    private static func scc(_ text: String, at time: String, until end: String) -> String {
        var codes = ["9420", "9420", "94ae", "94ae", "9470", "9470"]
        var bytes = text.utf8.map { $0 | ($0.nonzeroBitCount % 2 == 0 ? 0x80 : 0) }
        if bytes.count % 2 == 1 { bytes.append(0x80) }
        for place in stride(from: 0, to: bytes.count, by: 2) {
            let word = Int(bytes[place]) << 8 | Int(bytes[place + 1])
            codes.append(String(String(word | 0x10000, radix: 16).suffix(4)))
        }
        codes += ["942f", "942f"]
        return "\(time)\t\(codes.joined(separator: " "))\n\n\(end)\t942c 942c\n\n"
    }

    /// A GSI block and one TTI block a subtitle (EBU Tech 3264).
    private static func stl(_ cues: [(start: [UInt8], end: [UInt8], text: String)]) -> Data {
        var header = [UInt8](repeating: 0x20, count: 1024)
        func put(_ text: String, at place: Int) {
            header.replaceSubrange(place..<(place + text.utf8.count), with: text.utf8)
        }
        put("850STL25.01", at: 0)
        put("1", at: 11)
        put("00", at: 12)
        put("09", at: 14)
        let count = String(cues.count + 100_000).dropFirst()
        put(count + count + "001" + "40" + "23" + "1" + "00000000" + "00000000" + "11" + "GBR", at: 238)
        var bytes = header
        for (number, cue) in cues.enumerated() {
            var block = [UInt8](repeating: 0x8F, count: 128)
            block.replaceSubrange(
                0..<16,
                with: [0, UInt8(number + 1), 0, 0xFF, 0] + cue.start + cue.end + [20, 2, 0])
            let text = [0x0D, 0x0B, 0x0B] + Array(cue.text.utf8) + [0x0A, 0x0A]
            block.replaceSubrange(16..<(16 + text.count), with: text)
            bytes += block
        }
        return Data(bytes)
    }

    @Test("captions are read with their times and places")
    func captions() async throws {
        try await TestFolder.with { folder in
            let text = "Scenarist_SCC V1.0\n\n" + Self.scc("HELLO", at: "00:00:10:00", until: "00:00:12:15")
            let path = try folder.write(Data(text.utf8), to: "a.scc")
            let reading = try await TextReader(runner: TextTestTools.runner()).read(path)
            let cue = try #require(reading.text.cues.first)
            #expect(reading.format == .scc)
            #expect(cue.text == "HELLO")
            // Loaded in the frames before, shown when the last code has come; 29.97 frames a second without drop.
            #expect((10_000...10_900).contains(cue.start))
            #expect((12_500...12_560).contains(cue.end))
            guard case .box(let box) = cue.placement.anchor else { return #expect(Bool(false), "no box") }
            #expect(box.isOnPictureForTests && box.top > 70)
        }
    }

    @Test("subtitles of tapes are read with their times")
    func tapes() async throws {
        try await TestFolder.with { folder in
            let data = Self.stl([([0, 0, 1, 5], [0, 0, 3, 0], "First"), ([10, 0, 0, 0], [10, 0, 1, 12], "Late")])
            let path = try folder.write(data, to: "a.stl")
            let reading = try await TextReader(runner: TextTestTools.runner()).read(path)
            #expect(reading.text.cues.map(\.text) == ["First", "Late"])
            #expect(reading.text.cues.map(\.start) == [1200, 36_000_000])
            #expect(reading.text.cues.map(\.end) == [3000, 36_001_480])
            #expect(reading.text.language == "en")
        }
    }

    @Test("what is cut off, empty or something else is refused with the reason")
    func refused() async throws {
        try await TestFolder.with { folder in
            let whole = Self.stl([([0, 0, 1, 5], [0, 0, 3, 0], "First")])
            let files = [
                try folder.write(whole.dropLast(3), to: "cut.stl"),
                try folder.write(Data("Scenarist_SCC V1.0\n\nürgs".utf8), to: "letters.scc"),
                try folder.write(Data("GIF89a".utf8), to: "picture.stl"),
            ]
            for file in files {
                let failure = await #expect(throws: Failure.self) {
                    try await TextReader(runner: TextTestTools.runner()).read(file)
                }
                #expect(failure?.status == .input, "\(file)")
            }
        }
    }

    @Test("spoiled captions are read or refused, and nothing is left behind")
    func spoiled() async throws {
        let reader = TextReader(runner: try await TextTestTools.runner())
        try await TestFolder.with { folder in
            var random = Seeded(state: 3)
            let sources = [
                (
                    "a.scc",
                    Data("Scenarist_SCC V1.0\n\n\(Self.scc("HI", at: "00:00:10:00", until: "00:00:12:15"))".utf8)
                ),
                ("a.stl", Self.stl([([0, 0, 1, 5], [0, 0, 3, 0], "First")])),
            ]
            for (name, data) in sources {
                for _ in 0..<12 {
                    var bytes = Array(data)
                    for _ in 0..<3 {
                        let place = Int.random(in: 20..<bytes.count, using: &random)
                        bytes[place] =
                            name == "a.scc"
                            ? UInt8.random(in: 0x20...0x7E, using: &random) : UInt8.random(in: 0...255, using: &random)
                    }
                    let path = try folder.write(Data(bytes), to: name)
                    do {
                        _ = try await reader.read(path)
                    } catch let failure as Failure {
                        #expect(failure.status == .input)
                    }
                }
            }
        }
    }
}

@Suite("Without ttconv")
struct MissingTtconvTests {
    @Test("captions end with the exit code for missing tools and the remedy; other formats are read")
    func missing() async throws {
        try await TestFolder.with { folder in
            let path = try folder.write(Data("Scenarist_SCC V1.0\n\n00:00:01:00\t942c\n".utf8), to: "a.scc")
            let reader = TextReader(runner: ToolRunner(tools: ToolSet([])))
            let failure = await #expect(throws: Failure.self) { try await reader.read(path) }
            #expect(failure?.status == .unavailable)
            #expect(failure?.remedy.contains("scripts/setup") == true)
            let text = try folder.write(Data("WEBVTT\n\n00:01.000 --> 00:02.000\nx\n".utf8), to: "a.vtt")
            #expect(try await reader.read(text).text.cues.count == 1)
        }
    }

    @Test("so does a ttconv whose Python is gone")
    func noPython() async throws {
        try await TestFolder.with { folder in
            let path = try folder.write(Data("Scenarist_SCC V1.0\n\n00:00:01:00\t942c\n".utf8), to: "a.scc")
            let program = try folder.write(Data("#!/bin/sh\nexec /nonexistent/python3\n".utf8), to: "ttconv")
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
            let tools = ToolSet([FoundTool(tool: .ttconv, path: program, version: "0", features: [])])
            let reader = TextReader(runner: ToolRunner(tools: tools))
            let failure = await #expect(throws: Failure.self) { try await reader.read(path) }
            #expect(failure?.status == .unavailable)
        }
    }
}

extension TextBox {
    fileprivate var isOnPictureForTests: Bool {
        left >= 0 && top >= 0 && left + width <= 100.1 && top + height <= 100.1
    }
}
