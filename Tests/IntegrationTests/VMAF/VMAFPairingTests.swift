import Foundation
import MezzTestKit
import Testing

@Suite("mezz vmaf pairs frames by number", .serialized, .timeLimit(.minutes(10)))
struct VMAFPairingTests {
    @Test("different counts are an error that names both")
    func counts() async throws {
        try await VMAFClips.with { clips in
            try await clips.encode("short.mp4", ["-frames:v", "20"])
            let words = ["has 20 frames", "has 24", "--shortest"]
            try await clips.expect(Refusal(status: 65, words: words), ["-r", "ref.mkv", "-d", "short.mp4"])
            let turned = Refusal(status: 65, words: ["has 24 frames", "has 20"])
            try await clips.expect(turned, ["-r", "short.mp4", "-d", "ref.mkv"])
            #expect(
                try await clips.log(["-r", "ref.mkv", "-d", "short.mp4", "--shortest"])["frames"].items.count == 20)
        }
    }

    @Test("different time stamps are none of its business")
    func timeStamps() async throws {
        try await VMAFClips.with { clips in
            try await clips.make("slow.mkv", ["-r", "10", "-i", clips.folder("ref.mkv"), "-c", "copy"])
            let log = try await clips.log(["-r", "ref.mkv", "-d", "ref.mkv"])
            #expect(try await clips.log(["-r", "ref.mkv", "-d", "slow.mkv"])["frames"] == log["frames"])
        }
    }

    @Test("a shift is found, said and used", arguments: [3, -4])
    func offset(_ shift: Int) async throws {
        try await VMAFClips.with { clips in
            let cut = "trim=start_frame=\(abs(shift)),setpts=N/24/TB"
            try await clips.make("cut.mkv", ["-i", clips.folder("ref.mkv"), "-vf", cut] + MediaRecipe.lossless)
            let pair = shift > 0 ? ["-r", "cut.mkv", "-d", "ref.mkv"] : ["-r", "ref.mkv", "-d", "cut.mkv"]
            let found = try await clips.run(pair + ["--offset", "auto", "--json"])
            #expect(found.status == 0, "\(found.errorText)")
            #expect(found.errorText.contains("offset \(shift):"), "\(found.errorText)")
            let log = try JSONValue(found.output)
            #expect(log["frames"].items.count == VMAFClips.frames - abs(shift))
            #expect(log["frames"][0]["frameNum"].int == max(0, -shift))
            #expect(log.mean("vmaf").map { $0 > 97 } == true)
            #expect(try await clips.log(pair + ["--offset", String(shift)])["frames"] == log["frames"])
        }
    }

    @Test("another title has no shift")
    func stranger() async throws {
        try await VMAFClips.with { clips in
            try await clips.make("black.mkv", MediaRecipe.picture("color=black:s=192x128:d=1") + MediaRecipe.lossless)
            let refusal = Refusal(status: 65, words: ["no shift of up to"])
            try await clips.expect(refusal, ["-r", "ref.mkv", "-d", "black.mkv", "--offset", "auto"])
        }
    }
}
