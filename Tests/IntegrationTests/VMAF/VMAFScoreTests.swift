import Foundation
import MezzTestKit
import Testing

@Suite("mezz vmaf scores", .serialized, .timeLimit(.minutes(10)))
struct VMAFScoreTests {
    @Test("an encode as FFmpeg's libvmaf does, frame by frame")
    func peer() async throws {
        try await VMAFClips.with { clips in
            try await clips.encode("enc.mp4")
            let log = try await clips.log(["-r", "ref.mkv", "-d", "enc.mp4", "--feature", "psnr", "--feature", "ssim"])
            let graph =
                "[0:v]settb=1/24,setpts=N[a];[1:v]settb=1/24,setpts=N[b];"
                + "[a][b]libvmaf=log_fmt=json:log_path=peer.json:feature=name=psnr|name=float_ssim"
            let tools = try TestTools()
            let end = try await Child(
                tools.ffmpeg,
                ["-v", "error", "-i", "enc.mp4", "-i", "ref.mkv", "-lavfi", graph, "-f", "null", "-"], in: clips.folder
            ).end(within: 120)
            #expect(end.status == 0, "\(end.errorText)")
            let peer = try clips.folder.json("peer.json")
            #expect(log["frames"].items.count == VMAFClips.frames)
            for name in ["vmaf", "integer_motion2", "integer_vif_scale3", "integer_adm2", "psnr_cb", "float_ssim"] {
                #expect(log.mean(name) == peer.mean(name), "\(name)")
                for frame in 0..<VMAFClips.frames {
                    #expect(
                        log.value(name, frame: frame) == peer.value(name, frame: frame), "\(name) of frame \(frame)")
                }
            }
        }
    }

    @Test("raw files, Y4M and media of the same frames alike")
    func containers() async throws {
        try await VMAFClips.with { clips in
            try await clips.encode("enc.mp4")
            try await clips.raw("ref.yuv")
            try await clips.raw("enc.yuv", of: "enc.mp4")
            try await clips.make("ref.y4m", ["-i", clips.folder("ref.mkv")])
            let raw = ["--size", "192x128", "--pixel-format", "yuv420p"]
            let media = try await clips.log(["-r", "ref.mkv", "-d", "enc.mp4"])
            for arguments in [
                ["-r", "ref.yuv", "-d", "enc.yuv"] + raw, ["-r", "ref.y4m", "-d", "enc.yuv"] + raw,
                ["-r", "ref.y4m", "-d", "enc.mp4"],
            ] {
                let log = try await clips.log(arguments)
                #expect(log["frames"] == media["frames"], "\(arguments)")
            }
        }
    }

    @Test("several encodes as each alone, with any number of threads")
    func several() async throws {
        try await VMAFClips.with { clips in
            try await clips.encode("a.mp4")
            try await clips.encode("b.mp4", ["-vf", "scale=96:64"])
            let both = try await clips.log(["-r", "ref.mkv", "-d", "a.mp4", "-d", "b.mp4", "--threads", "3"])["encodes"]
            for (number, name) in ["a.mp4", "b.mp4"].enumerated() {
                let alone = try await clips.log(["-r", "ref.mkv", "-d", name, "--threads", "1"])
                #expect(both[number]["distorted"].string == clips.folder(name))
                #expect(both[number]["frames"] == alone["frames"])
            }
        }
    }

    @Test("another depth and another chroma after conversion to the reference's")
    func conversion() async throws {
        try await VMAFClips.with { clips in
            try await clips.make(
                "deep.mkv", ["-i", clips.folder("ref.mkv"), "-pix_fmt", "yuv422p10le"] + MediaRecipe.lossless)
            let end = try await clips.run(["-r", "deep.mkv", "-d", "ref.mkv"])
            #expect(end.status == 0, "\(end.errorText)")
            #expect(end.text.contains("converted from yuv420p"))
        }
    }

    @Test("odd sides, one frame and flat black, without a NaN")
    func unusual() async throws {
        try await VMAFClips.with { clips in
            let features = ["--feature", "psnr", "--feature", "ssim", "--feature", "ms_ssim", "--feature", "cambi"]
            try await clips.make(
                "odd.mkv",
                MediaRecipe.picture("color=gray:s=321x241:r=24:d=0.2,noise=alls=40,format=yuv444p")
                    + MediaRecipe.lossless)
            try await clips.make(
                "black.mkv", MediaRecipe.picture("color=black:s=320x240:r=24:d=0.2") + MediaRecipe.lossless)
            try await clips.make(
                "one.mkv", MediaRecipe.picture("testsrc2=s=320x240") + ["-frames:v", "1"] + MediaRecipe.lossless)
            for name in ["odd.mkv", "black.mkv", "one.mkv"] {
                let log = try await clips.log(["-r", name, "-d", name] + features)
                let vmaf = try #require(log.mean("vmaf"), "\(name)")
                #expect(vmaf > 95 && vmaf <= 100, "\(name)")
                for name in log["pooled_metrics"].keys { #expect(log.mean(name)?.isFinite == true, "\(name)") }
            }
        }
    }

    @Test("one frame in so many, the others' motion counted")
    func subsample() async throws {
        try await VMAFClips.with { clips in
            try await clips.encode("enc.mp4")
            let all = try await clips.log(["-r", "ref.mkv", "-d", "enc.mp4"])
            let some = try await clips.log(["-r", "ref.mkv", "-d", "enc.mp4", "--subsample", "5"])
            #expect(some["frames"].items.compactMap { $0["frameNum"].int } == [0, 5, 10, 15, 20])
            for (place, frame) in [0, 5, 10, 15, 20].enumerated() {
                #expect(some.value("vmaf", frame: place) == all.value("vmaf", frame: frame))
            }
        }
    }

    @Test("with the motion of older releases, under the same names")
    func motion() async throws {
        try await VMAFClips.with { clips in
            let new = try await clips.log(["-r", "ref.mkv", "-d", "ref.mkv", "--motion", "3.2"])
            let old = try await clips.log(["-r", "ref.mkv", "-d", "ref.mkv", "--motion", "3.1"])
            #expect(new["pooled_metrics"].keys == old["pooled_metrics"].keys)
            let values = [new, old].compactMap { $0.value("integer_motion2", frame: 5) }
            #expect(values.count == 2 && values[0] != values[1] && abs(values[0] - values[1]) < 0.5)
        }
    }

    @Test("few frames for a mean within so many points")
    func within() async throws {
        try await VMAFClips.with { clips in
            try await clips.make(
                "long.mkv", MediaRecipe.picture(MediaRecipe.pattern("192x128", seconds: 30)) + MediaRecipe.lossless)
            try await clips.make("enc.mp4", ["-i", clips.folder("long.mkv"), "-crf", "35"] + MediaRecipe.avc)
            let all = try #require(try await clips.log(["-r", "long.mkv", "-d", "enc.mp4"]).mean("vmaf"))
            let end = try await clips.run(["-r", "long.mkv", "-d", "enc.mp4", "--within", "1"])
            #expect(end.status == 0, "\(end.errorText)")
            let words = try #require(end.text.split(separator: "\n").first { $0.hasPrefix("vmaf: mean ") })
                .split(separator: " ")
            let mean = try #require(Double(words[2]))
            let half = try #require(Double(words[4]))
            let scored = try #require(Int(words[8]))
            #expect(half <= 1 && abs(mean - all) <= 2 && scored < 720, "\(words), all: \(all)")
        }
    }
}
