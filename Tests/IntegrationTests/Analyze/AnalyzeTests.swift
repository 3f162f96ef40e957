import Foundation
import MezzTestKit
import Testing

@Suite("mezz analyze", .timeLimit(.minutes(5)))
struct AnalyzeTests {
    @Test("JSON has every key, one entry a shot and one a sound track")
    func json() async throws {
        try await TestFolder.with { folder in
            try await SixShots.make(in: folder, languages: ["eng", "deu"])
            let end = try await MezzProgram(in: folder).run(["analyze", "--json", SixShots.file])
            #expect(end.status == 0, "\(end.errorText)")
            let root = try JSONValue(end.output)
            #expect(
                root.keys == [
                    "frames", "frame_rate", "average", "p95", "category", "multiplier", "shots", "credits", "audio",
                ])
            #expect(root["frames"].int == SixShots.frames && root["frame_rate"].string == "24/1")
            let shots = root["shots"].items
            // FFmpeg's generator of the fourth shot differs from run to run; where it is cut is left open.
            #expect(Set(shots.compactMap { $0["first_frame"].int }).isSuperset(of: [0] + SixShots.hardCuts))
            #expect(shots.last?["end_frame"].int == SixShots.frames)
            for shot in shots {
                #expect(
                    shot.keys == [
                        "index", "first_frame", "end_frame", "start_seconds", "seconds", "spatial", "temporal", "si",
                        "ti", "grain", "luminance", "colourfulness", "score", "is_static", "is_black", "bars",
                        "samples",
                    ])
                #expect((0...160).contains(shot["score"].number ?? -1) && (0...2).contains(shot["samples"].int ?? -1))
            }
            let audio = root["audio"].items
            #expect(audio.map { $0["language"].string } == ["eng", "deu"])
            for (track, limits) in zip(audio, [-30.0 ... -15, -15.0 ... -5]) {
                #expect(track.keys == ["stream", "language", "channels", "integrated", "range", "true_peak"])
                #expect(limits.contains(track["integrated"].number ?? 0))
            }
        }
    }

    @Test("the table ends with the title and the sound, the CSV has a line a shot")
    func text() async throws {
        try await TestFolder.with { folder in
            try await SixShots.make(in: folder)
            let program = try MezzProgram(in: folder)
            let table = try await program.run(["analyze", SixShots.file])
            #expect(table.status == 0 && table.text.contains("144 frames, 24/1 frames/s: complexity "))
            #expect(table.text.contains("audio stream 1 (eng): "))
            let csv = try await program.run(["analyze", "--csv", SixShots.file])
            let lines = csv.text.split(separator: "\n")
            #expect(csv.status == 0 && lines.count >= 7, "\(csv.text)")
            #expect(lines.dropFirst().enumerated().allSatisfy { $1.hasPrefix("\($0 + 1),") })
            #expect(lines.first == "shot,frames,seconds,spatial,temporal,si,ti,grain,luma,colour,score,flags,samples")
            #expect(lines.allSatisfy { $0.count(where: { $0 == "," }) == 12 })
        }
    }

    @Test("silence is null, and a file without sound has no tracks")
    func silence() async throws {
        try await TestFolder.with { folder in
            let maker = try MediaMaker(in: folder)
            try await maker.make(
                "silent.mkv", MediaRecipe.picture() + MediaRecipe.tone(level: 0) + MediaRecipe.avc + ["-c:a", "flac"])
            try await maker.make(.plain)
            let program = try MezzProgram(in: folder)
            let silent = try JSONValue(try await program.run(["analyze", "--json", "silent.mkv"]).output)
            #expect(silent["audio"][0]["integrated"] == .null && silent["audio"].items.count == 1)
            let plain = try JSONValue(try await program.run(["analyze", "--json", "plain.mp4"]).output)
            #expect(plain["audio"].items.isEmpty && plain["shots"].items.count == 1)
        }
    }

    @Test("two forms at once are a usage error")
    func usage() async throws {
        try await TestFolder.with { folder in
            let end = try await MezzProgram(in: folder).run(["analyze", "--json", "--csv", "plain.mp4"])
            #expect(end.status == 64)
        }
    }
}
