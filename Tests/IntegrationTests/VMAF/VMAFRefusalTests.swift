import Foundation
import MezzTestKit
import Testing

@Suite("mezz vmaf refuses", .serialized, .timeLimit(.minutes(10)))
struct VMAFRefusalTests {
    private static let raw = ["--size", "192x128", "--pixel-format", "yuv420p"]

    @Test(
        "a mistaken option with 64",
        arguments: [
            [], ["-r", "ref.mkv"], ["-d", "ref.mkv"], ["--model", "vmaf_v9"], ["--feature", "sharpness"],
            ["--subsample", "0"], ["--within", "0"], ["--within", "nan"], ["--within", "1", "--subsample", "2"],
            ["--threads", "0"], ["--motion", "2"], ["--size", "192x128"], ["--pixel-format", "yuv420p"],
            ["--size", "0x4", "--pixel-format", "gray"], ["--size", "9x9", "--pixel-format", "rgb24"],
            ["--offset", "soon"], ["--csv", "--json"],
        ])
    func mistake(_ options: [String]) async throws {
        try await TestFolder.with { folder in
            try folder.write(Data("x".utf8), to: "ref.mkv")
            let isPair = options.isEmpty || ["-r", "-d"].contains(options[0])
            let clips = try VMAFClips(in: folder)
            let end = try await clips.run((isPair ? [] : ["-r", "ref.mkv", "-d", "ref.mkv"]) + options)
            #expect(end.status == 64, "\(end.errorText)")
            #expect(end.output.isEmpty == !options.contains("--json"))
        }
    }

    @Test("files that cannot be compared with 65")
    func files() async throws {
        try await VMAFClips.with { clips in
            try await clips.make("sound.wav", MediaRecipe.tone())
            try clips.folder.write(Data("a title\n".utf8), to: "notes.txt")
            try clips.folder.write(Data(), to: "empty.mp4")
            let cases: [([String], [String])] = [
                (["-r", "none.mkv", "-d", "ref.mkv"], ["no such file", "none.mkv"]),
                (["-r", "ref.mkv", "-d", "none.mkv"], ["no such file", "none.mkv"]),
                (["-r", "sound.wav", "-d", "ref.mkv"], ["no picture track"]),
                (["-r", "ref.mkv", "-d", "notes.txt"], ["notes.txt"]),
                (["-r", "empty.mp4", "-d", "ref.mkv"], ["empty"]),
                (["-r", ".", "-d", "ref.mkv"], ["is a folder"]),
            ]
            for (arguments, words) in cases { try await clips.expect(Refusal(status: 65, words: words), arguments) }
        }
    }

    @Test("raw files that are not what is said of them with 65")
    func rawFiles() async throws {
        try await VMAFClips.with { clips in
            try await clips.raw("ref.yuv")
            try await clips.raw("deep.yuv", as: "yuv420p10le")
            let bytes = try clips.folder.data("ref.yuv")
            try clips.folder.write(bytes.dropLast(1_000), to: "cut.yuv")
            try clips.folder.write(bytes.prefix(bytes.count / 2), to: "half.yuv")
            let frame = 192 * 128 * 3 / 2
            let cases: [([String], [String])] = [
                (
                    ["-r", "ref.yuv", "-d", "cut.yuv"] + Self.raw,
                    ["23 frames", "\(frame - 1_000) of \(frame)", "frame 23"]
                ),
                (
                    ["-r", "ref.yuv", "-d", "ref.yuv", "--size", "194x128", "--pixel-format", "yuv420p"],
                    ["194x128", "--size"]
                ), (["-r", "ref.yuv", "-d", "half.yuv"] + Self.raw, ["has 12 frames", "has 24"]),
                (["-r", "ref.yuv", "-d", "deep.yuv"] + Self.raw, ["has 48 frames", "has 24"]),
                (
                    ["-r", "ref.mkv", "-d", "deep.yuv", "--size", "192x128", "--pixel-format", "yuv420p10le"],
                    ["is yuv420p10le", "is yuv420p"]
                ),
            ]
            for (arguments, words) in cases { try await clips.expect(Refusal(status: 65, words: words), arguments) }
            try await clips.expect(
                Refusal(status: 64, words: ["--size", "--pixel-format"]), ["-r", "ref.yuv", "-d", "ref.yuv"])
        }
    }

    @Test("pictures too small for the model with 65")
    func small() async throws {
        try await TestFolder.with { folder in
            let clips = try VMAFClips(in: folder)
            try await clips.make("tiny.mkv", MediaRecipe.picture("testsrc2=s=16x16:d=0.2") + MediaRecipe.lossless)
            try await clips.expect(
                Refusal(status: 65, words: ["too small", "16x16"]), ["-r", "tiny.mkv", "-d", "tiny.mkv"])
        }
    }

    @Test("nothing for HDR, but warns that the models know SDR")
    func highDynamicRange() async throws {
        try await VMAFClips.with { clips in
            try await clips.make(
                "hdr.mp4",
                ["-i", clips.folder("ref.mkv"), "-vf", "setparams=color_trc=smpte2084"] + MediaRecipe.avc
                    + ["-color_trc", "smpte2084", "-color_primaries", "bt2020", "-colorspace", "bt2020nc"])
            let end = try await clips.run(["-r", "hdr.mp4", "-d", "hdr.mp4"])
            #expect(end.status == 0, "\(end.errorText)")
            #expect(end.errorText.contains("warning: ") && end.errorText.contains("SDR"), "\(end.errorText)")
        }
    }

    @Test("a file that is cut off, with the decoder's words")
    func cutOff() async throws {
        try await VMAFClips.with { clips in
            try await clips.encode("whole.mp4", ["-movflags", "+faststart"])
            let bytes = try clips.folder.data("whole.mp4")
            try clips.folder.write(bytes.prefix(bytes.count * 2 / 3), to: "cut.mp4")
            try await clips.expect(
                Refusal(status: 65, words: ["cut.mp4", "has 24"]), ["-r", "ref.mkv", "-d", "cut.mp4"])
        }
    }
}
