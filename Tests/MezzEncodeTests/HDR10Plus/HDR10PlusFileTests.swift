import Foundation
import MezzCore
import MezzEncode
import MezzTestKit
import Testing

@Suite("HDR10+ files")
struct HDR10PlusFileTests {
    @Test("Frames and scenes are counted, however the file is written")
    func counts() async throws {
        try await TestFolder.with { folder in
            for sample in [
                HDR10PlusSample(), HDR10PlusSample(frames: 21, scenes: [0], hasCurves: false),
                HDR10PlusSample(frames: 9, scenes: [0, 1, 8], hasSummary: false), HDR10PlusSample(first: 86_400),
            ] {
                let file = try HDR10PlusFile.read(try sample.write(folder))
                #expect(file.frames == sample.frames && file.scenes == sample.scenes.count)
                #expect(file.profile == (sample.hasCurves ? "B" : "A"))
                try file.check(frames: sample.frames)
            }
            let marked = try folder.write(Data([0xEF, 0xBB, 0xBF]) + (try folder.data("in.json")), to: "mark.json")
            #expect(try HDR10PlusFile.read(marked).frames == 20)
        }
    }

    @Test("Another number of frames names both")
    func otherCount() async throws {
        try await TestFolder.with { folder in
            let file = try HDR10PlusFile.read(try HDR10PlusSample().write(folder))
            let failure = #expect(throws: Failure.self) { try file.check(frames: 21) }
            #expect(failure?.status == .input && failure?.what.contains("20 frames for a source of 21") == true)
        }
    }

    @Test("A slice has its frames, numbered from 0, with its scenes")
    func slice() async throws {
        try await TestFolder.with { folder in
            let file = try HDR10PlusFile.read(try HDR10PlusSample().write(folder))
            let data = try file.slice(FrameRange(first: 5, end: 11))
            #expect(try file.slice(FrameRange(first: 5, end: 11)) == data)
            let part = try HDR10PlusFile.read(try folder.write(data, to: "part.json"))
            #expect(part.frames == 6 && part.scenes == 2 && part.profile == "B")
            let list = try JSONValue(data)["SceneInfo"].items
            #expect(list.map { $0["LuminanceParameters"]["AverageRGB"].int } == (5..<11).map(HDR10PlusSample.average))
            #expect(list.map { $0["SequenceFrameIndex"].int } == [0, 1, 2, 3, 4, 5])
            #expect(list.map { $0["SceneId"].int } == [0, 0, 1, 1, 1, 1])
            #expect(list.map { $0["SceneFrameIndex"].int } == [0, 1, 0, 1, 2, 3])
            #expect(list.allSatisfy { $0["BezierCurveData"]["Anchors"].items.count == 9 })
            #expect(throws: Failure.self) { try file.slice(FrameRange(first: 15, end: 21)) }
            #expect(throws: Failure.self) { try file.slice(FrameRange(first: 3, end: 3)) }
        }
    }

    @Test("A file that changes after it was read is noticed")
    func changed() async throws {
        try await TestFolder.with { folder in
            let file = try HDR10PlusFile.read(try HDR10PlusSample().write(folder))
            try folder.write(Data("{}".utf8), to: "in.json")
            let failure = #expect(throws: Failure.self) { try file.slice(FrameRange(first: 0, end: 2)) }
            #expect(failure?.what.contains("changed") == true)
        }
    }

    @Test("What contradicts itself or leaves the standard's ranges is refused in words", arguments: SpoiltMetadata.all)
    func spoilt(_ spoilt: SpoiltMetadata) async throws {
        try await TestFolder.with { folder in
            let path = try HDR10PlusSample().write(folder, spoilt.change)
            let failure = #expect(throws: Failure.self) { try HDR10PlusFile.read(path) }
            #expect(failure?.status == .input)
            #expect(failure?.what.contains(spoilt.words) == true, "\(failure?.what ?? "")")
        }
    }

    @Test(
        "Bytes that are no such file are refused",
        arguments: [
            "", "[]", "{", "{}", "null", "{\"SceneInfo\":[]}", "{\"SceneInfo\":[{}]}", "{\"SceneInfo\":[{]}}", "{}}",
            "{} {}", "{\"SceneInfo\":{}}", "\u{0}", "x{}", "{\"SceneInfo\":[{\"a\":\"",
        ])
    func nonsense(_ text: String) async throws {
        try await TestFolder.with { folder in
            let path = try folder.write(Data(text.utf8), to: "a.json")
            #expect(throws: Failure.self) { try HDR10PlusFile.read(path) }
        }
    }

    @Test(
        "Dolby Vision's units are told apart and refused with the reason", arguments: [[0x19, 8], [0x7C, 0x01, 0x19]])
    func dolbyVision(_ start: [UInt8]) async throws {
        try await TestFolder.with { folder in
            let path = try folder.write(Data([0, 0, 0, 1] + start + [0xFF, 0x80]), to: "rpu.bin")
            let failure = #expect(throws: Failure.self) { try HDR10PlusFile.read(path) }
            #expect(failure?.status == .input && failure?.what.contains("Dolby Vision") == true)
            #expect(failure?.remedy.contains("inject") == true)
        }
    }

    @Test("Neither depth nor size is the file's to choose")
    func bounds() async throws {
        try await TestFolder.with { folder in
            let deep = "{\"a\":" + String(repeating: "[", count: 100_000)
            #expect(throws: Failure.self) { try HDR10PlusFile.read(try folder.write(Data(deep.utf8), to: "a.json")) }
            for filler in ["1,", "\"x\",", "[],"] {
                let large = "{\"SceneInfo\":[{\"a\":[" + String(repeating: filler, count: 2 << 20)
                let path = try folder.write(Data(large.utf8), to: "b.json")
                let failure = #expect(throws: Failure.self) { try HDR10PlusFile.read(path) }
                #expect(failure?.what.contains("more than 1048576 bytes") == true)
            }
            #expect(throws: Failure.self) { try HDR10PlusFile.read(folder("none.json")) }
        }
    }

    @Test("Changed bytes never crash")
    func mutations() async throws {
        try await TestFolder.with { folder in
            let bytes = [UInt8](
                try Data(
                    contentsOf: URL(fileURLWithPath: try HDR10PlusSample(frames: 4, scenes: [0, 2]).write(folder))))
            var dice = SeededDice(seed: 5)
            var refused = 0
            for _ in 0..<400 {
                var spoilt = bytes
                for _ in 0...dice.below(3) { spoilt[dice.below(spoilt.count)] = UInt8(dice.below(256)) }
                let path = try folder.write(Data(spoilt), to: "m.json")
                do throws(Failure) {
                    let file = try HDR10PlusFile.read(path)
                    _ = try file.slice(FrameRange(first: 0, end: file.frames))
                } catch {
                    refused += 1
                }
            }
            #expect(refused > 200)
        }
    }
}

/// A change to a good file, and words of what must be said.
struct SpoiltMetadata: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let words: String
    let change: @Sendable (inout [String: Any]) -> Void

    static let all = [
        frame("a light beyond 10000 cd/m²", "AverageRGB of 100001, outside 0 to 100000") {
            var light = $0["LuminanceParameters"] as? [String: Any] ?? [:]
            light["AverageRGB"] = 100_001
            $0["LuminanceParameters"] = light
        },
        frame("two colours", "2 values of MaxScl instead of 3") {
            var light = $0["LuminanceParameters"] as? [String: Any] ?? [:]
            light["MaxScl"] = [1, 2]
            $0["LuminanceParameters"] = light
        },
        frame("percentiles without values", "3 DistributionIndex for 2 DistributionValues") {
            var light = $0["LuminanceParameters"] as? [String: Any] ?? [:]
            light["LuminanceDistributions"] = ["DistributionIndex": [1, 2, 3], "DistributionValues": [1, 2]]
            $0["LuminanceParameters"] = light
        },
        frame("too many percentiles", "16 percentiles, more than 15") {
            var light = $0["LuminanceParameters"] as? [String: Any] ?? [:]
            light["LuminanceDistributions"] = [
                "DistributionIndex": Array(0..<16), "DistributionValues": Array(0..<16),
            ]
            $0["LuminanceParameters"] = light
        },
        frame("a bent curve", "Anchors of 1024, outside 0 to 1023") {
            $0["BezierCurveData"] = ["Anchors": [1, 1024], "KneePointX": 1, "KneePointY": 1]
        },
        frame("a knee outside", "KneePointX and KneePointY of -1, outside 0 to 4095") {
            $0["BezierCurveData"] = ["Anchors": [1], "KneePointX": 1, "KneePointY": -1]
        },
        frame("two windows", "2 windows; encoders take one") { $0["NumberOfWindows"] = 2 },
        frame("a display as bright as the sun", "TargetedSystemDisplayMaximumLuminance of 10001") {
            $0["TargetedSystemDisplayMaximumLuminance"] = 10_001
        },
        frame("a frame twice", "has frame 3 where frame 4 belongs") { $0["SequenceFrameIndex"] = 3 },
        frame("a frame left out", "has frame 5 where frame 4 belongs") { $0["SequenceFrameIndex"] = 5 },
        frame("no light", "has a damaged frame 4") { $0["LuminanceParameters"] = nil },
        frame("words for numbers", "has a damaged frame 4") { $0["SceneId"] = "one" },
        frame("half a frame", "has a damaged frame 4") { $0["SceneId"] = 0.5 },
        SpoiltMetadata(testDescription: "a summary of other frames", words: "20 frames and counts 19 in its summary") {
            $0["SceneInfoSummary"] = ["SceneFirstFrameIndex": [0, 7], "SceneFrameNumbers": [7, 12]]
        },
        SpoiltMetadata(testDescription: "a summary of other scenes", words: "2 scenes and counts 1 in its summary") {
            $0["SceneInfoSummary"] = ["SceneFirstFrameIndex": [0], "SceneFrameNumbers": [20]]
        },
        SpoiltMetadata(testDescription: "a summary that overflows", words: "in its summary") {
            $0["SceneInfoSummary"] = ["SceneFrameNumbers": [Int.max, Int.max]]
        },
        SpoiltMetadata(testDescription: "no frames", words: "describes no frames") { $0["SceneInfo"] = [Any]() },
    ]

    /// Changes frame 4.
    private static func frame(
        _ name: String, _ words: String, _ change: @escaping @Sendable (inout [String: Any]) -> Void
    ) -> SpoiltMetadata {
        SpoiltMetadata(testDescription: name, words: words) { document in
            var frames = document["SceneInfo"] as? [[String: Any]] ?? []
            change(&frames[4])
            document["SceneInfo"] = frames
        }
    }
}
