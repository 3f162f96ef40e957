import Foundation
import MezzTestKit
import Testing

@Suite("A source that cannot be encoded", .serialized, .timeLimit(.minutes(10)))
struct RefusedSourceTests {
    @Test("a missing file is refused")
    func missing() async throws {
        try await TestFolder.with { folder in
            try await Refusal(status: 65, words: ["no such file", "gone.mp4"]).expect(of: "gone.mp4", in: folder)
        }
    }

    @Test("an empty file is refused")
    func empty() async throws {
        try await TestFolder.with { folder in
            try folder.write(Data(), to: "empty.mp4")
            try await Refusal(status: 65, words: ["empty"]).expect(of: "empty.mp4", in: folder)
        }
    }

    @Test("a folder is refused")
    func aFolder() async throws {
        try await TestFolder.with { folder in
            try FileManager.default.createDirectory(atPath: folder("clips"), withIntermediateDirectories: true)
            try await Refusal(status: 65, words: ["folder"]).expect(of: "clips", in: folder)
        }
    }

    @Test("a device is refused")
    func device() async throws {
        try await TestFolder.with { folder in
            try await Refusal(status: 65, words: ["not a regular file"]).expect(of: "/dev/zero", in: folder)
        }
    }

    @Test("what only claims to be a video is refused", arguments: ["words.mp4", "words.mkv", "words.ts", "words.txt"])
    func text(_ name: String) async throws {
        try await TestFolder.with { folder in
            try folder.write(Data(String(repeating: "Not a picture in sight.\n", count: 50).utf8), to: name)
            try await Refusal(status: 65, words: [name]).expect(of: name, in: folder)
        }
    }

    @Test("random bytes are refused", arguments: 1...3)
    func noise(_ seed: UInt64) async throws {
        try await TestFolder.with { folder in
            var dice = SeededDice(seed: seed)
            try folder.write(Data((0..<20_000).map { _ in UInt8.random(in: 0...255, using: &dice) }), to: "noise.mp4")
            try await Refusal(status: 65, words: ["noise.mp4"]).expect(of: "noise.mp4", in: folder)
        }
    }

    @Test("a playlist is not followed to other files")
    func playlist() async throws {
        try await TestFolder.with { folder in
            try await MediaMaker(in: folder).make(.plain)
            let list = "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n"
            try folder.write(Data(list.utf8), to: "list.m3u8")
            try await Refusal(status: 65, words: ["list.m3u8"]).expect(of: "list.m3u8", in: folder)
        }
    }

    @Test("sound without a picture is refused", arguments: [("sound.m4a", "aac"), ("sound.wav", "pcm_s16le")])
    func soundOnly(_ name: String, _ codec: String) async throws {
        try await TestFolder.with { folder in
            try await MediaMaker(in: folder).make(name, MediaRecipe.tone() + ["-c:a", codec])
            try await Refusal(status: 65, words: ["sound but no picture"]).expect(of: name, in: folder)
        }
    }
}

@Suite("A source that was cut off", .serialized, .timeLimit(.minutes(10)))
struct TruncatedSourceTests {
    private static let long = MediaRecipe.picture(MediaRecipe.pattern(seconds: 4)) + MediaRecipe.avc + ["-g", "24"]

    @Test("an MP4 whose index was at the lost end cannot be read")
    func withoutIndex() async throws {
        try await refused(file: "late.mp4", options: [], words: ["cut off"])
    }

    @Test("an MP4 whose index came first is known to lack pictures")
    func withIndex() async throws {
        try await refused(
            file: "early.mp4", options: ["-movflags", "+faststart"], words: ["is cut off", "of 96 pictures"])
    }

    @Test("a Matroska file is known to end early")
    func matroska() async throws {
        try await refused(file: "cut.mkv", options: [], words: ["is cut off", "of 4.0 s"])
    }

    @Test("a file that holds only its header is refused", arguments: ["head.mp4", "head.mkv"])
    func headerOnly(_ name: String) async throws {
        try await refused(file: name, options: ["-movflags", "+faststart"], share: 0.02, words: [name])
    }

    private func refused(
        file: String, options: [String], share: Double = 0.6, words: [String]
    ) async throws {
        try await TestFolder.with { folder in
            let isMatroska = file.hasSuffix(".mkv")
            try await MediaMaker(in: folder).make("whole-" + file, Self.long + (isMatroska ? [] : options))
            let whole = try folder.data("whole-" + file)
            try folder.write(whole.prefix(Int(Double(whole.count) * share)), to: file)
            try await Refusal(status: 65, words: words).expect(of: file, in: folder)
        }
    }
}

@Suite("A picture of an impossible size", .serialized, .timeLimit(.minutes(10)))
struct ImpossibleSizeTests {
    @Test("pictures under 64 samples a side are refused", arguments: ["32x32", "320x62", "62x320"])
    func small(_ size: String) async throws {
        try await TestFolder.with { folder in
            try await MediaMaker(in: folder).make(
                "small.mkv", MediaRecipe.picture(MediaRecipe.pattern(size)) + MediaRecipe.lossless)
            try await Refusal(status: 65, words: [size, "too small", "scale it up"]).expect(of: "small.mkv", in: folder)
        }
    }

    @Test("pictures over 8192 samples a side are refused", arguments: ["8194x64", "64x8194"])
    func large(_ size: String) async throws {
        try await TestFolder.with { folder in
            try await MediaMaker(in: folder).make(
                "large.mkv", MediaRecipe.picture(MediaRecipe.pattern(size, seconds: 0.1)) + MediaRecipe.lossless)
            try await Refusal(status: 65, words: [size, "too large", "scale it down"]).expect(
                of: "large.mkv", in: folder)
        }
    }

    @Test("an AVI whose header lies about its size is refused", arguments: [0, 0x7FFF_FFFF, 0xFFFF_FFFF] as [UInt32])
    func forgedAVI(_ side: UInt32) async throws {
        try await TestFolder.with { folder in
            try await MediaMaker(in: folder).make("true.avi", MediaRecipe.picture() + MediaRecipe.lossless)
            var bytes = try folder.data("true.avi")
            // "strf", its size, the structure's size, then width and height (BITMAPINFOHEADER).
            let format = try #require(bytes.range(of: Data("strf".utf8)))
            bytes.put(side, at: format.upperBound + 8, bigEndian: false)
            bytes.put(side, at: format.upperBound + 12, bigEndian: false)
            try folder.write(bytes, to: "forged.avi")
            try await Refusal(status: 65, words: ["forged.avi"]).expect(of: "forged.avi", in: folder)
        }
    }

    @Test("a Y4M without a size is refused", arguments: ["W0 H0", "W160 H0", "W-160 H90", "W99999999999 H90"])
    func forgedY4M(_ size: String) async throws {
        try await TestFolder.with { folder in
            let header = "YUV4MPEG2 \(size) F24:1 Ip A1:1 C420jpeg\nFRAME\n"
            try folder.write(Data(header.utf8) + Data(count: 21_600), to: "forged.y4m")
            try await Refusal(status: 65, words: ["forged.y4m"]).expect(of: "forged.y4m", in: folder)
        }
    }

    @Test("an MP4 whose header says 0x0 is encoded at the size in its stream")
    func forgedMP4() async throws {
        try await TestFolder.with { folder in
            try await MediaMaker(in: folder).make(.plain)
            var bytes = try folder.data("plain.mp4")
            // Width and height stand 24 bytes into the sample entry's payload, and last in the track header.
            let entry = try #require(bytes.range(of: Data("avc1".utf8), in: 40..<bytes.count))
            bytes.put(0, at: entry.upperBound + 24, bigEndian: true)
            let header = try #require(bytes.range(of: Data("tkhd".utf8)))
            bytes.put(0, at: header.upperBound + 76, bigEndian: true)
            bytes.put(0, at: header.upperBound + 80, bigEndian: true)
            try folder.write(bytes, to: "forged.mp4")
            let end = try await MezzProgram(in: folder).encode("forged.mp4", to: "out", ["--json"])
            #expect(end.status == 0, "\(end.errorText)")
            #expect(try JSONValue(end.output)["source"]["width"].int == 160)
        }
    }
}
