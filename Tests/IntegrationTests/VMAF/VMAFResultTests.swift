import Foundation
import Glibc
import MezzTestKit
import Testing

@Suite("mezz vmaf results", .serialized, .timeLimit(.minutes(10)))
struct VMAFResultTests {
    @Test("a table for people, files for programs, a drawing")
    func files() async throws {
        try await VMAFClips.with { clips in
            try await clips.encode("a<&>.mp4")
            let end = try await clips.run(
                ["-r", "ref.mkv", "-d", "a<&>.mp4", "--json", "log.json", "--csv", "log.csv", "--plot", "plot.svg"])
            #expect(end.status == 0, "\(end.errorText)")
            for word in ["harmonic", "p5", "vmaf_v0.6.1", "worst frames", "00:00:00:"] {
                #expect(end.text.contains(word), "\(word) is not in: \(end.text)")
            }
            let log = try clips.folder.json("log.json")
            #expect(log.keys.isSuperset(of: ["version", "fps", "frames", "pooled_metrics", "aggregate_metrics"]))
            #expect(log["pooled_metrics"]["vmaf"].keys == ["min", "max", "mean", "harmonic_mean"])
            let lines = try clips.folder.text("log.csv").split(separator: "\n")
            #expect(lines.count == VMAFClips.frames + 1 && lines[0].hasPrefix("Frame,"))
            _ = try XMLDocumentCheck(clips.folder.data("plot.svg"))
            #expect(try clips.folder.text("plot.svg").contains("<polyline"))
            #expect(clips.folder.names().filter { $0.contains(".sb-") || $0.contains("tmp") }.isEmpty)
        }
    }

    @Test("shots are drawn")
    func shots() async throws {
        try await VMAFClips.with { clips in
            let cut = "testsrc2=s=192x128:r=24:d=2[a];mandelbrot=s=192x128:r=24,trim=duration=2[b];[a][b]concat"
            try await clips.make("cut.mkv", MediaRecipe.picture(cut) + ["-pix_fmt", "yuv420p"] + MediaRecipe.lossless)
            let end = try await clips.run(["-r", "cut.mkv", "-d", "cut.mkv", "--plot", "plot.svg"])
            #expect(end.status == 0, "\(end.errorText)")
            #expect(try clips.folder.text("plot.svg").components(separatedBy: "class=\"shot\"").count == 2)
        }
    }

    @Test("a log on standard output stands alone there")
    func standardOutput() async throws {
        try await VMAFClips.with { clips in
            let csv = try await clips.run(["-r", "ref.mkv", "-d", "ref.mkv", "-d", "ref.mkv", "--csv"])
            let lines = csv.text.split(separator: "\n")
            #expect(lines.count == 1 + 2 * VMAFClips.frames && lines[0].hasPrefix("Distorted,Frame,"))
        }
    }

    @Test("a named pipe is written to and stays one; through a link the file it leads to is written")
    func specialFiles() async throws {
        try await VMAFClips.with { clips in
            let pipe = clips.folder("log.pipe")
            #expect(mkfifo(pipe, 0o600) == 0)
            try FileManager.default.createSymbolicLink(
                atPath: clips.folder("link.csv"), withDestinationPath: "real.csv")
            try clips.folder.write(Data(), to: "real.csv")
            let reader = try Child("/bin/cat", [pipe], in: clips.folder)
            let end = try await clips.run(["-r", "ref.mkv", "-d", "ref.mkv", "--json", pipe, "--csv", "link.csv"])
            #expect(end.status == 0, "\(end.errorText)")
            #expect(try await reader.end(within: 30).text.contains("pooled_metrics"))
            var status = stat()
            #expect(lstat(pipe, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
            #expect(lstat(clips.folder("link.csv"), &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
            #expect(try clips.folder.text("real.csv").hasPrefix("Frame,"))
        }
    }

    @Test("a file that cannot be written is found before the work", arguments: ["none/log.json", "/proc/log.json"])
    func unwritable(_ path: String) async throws {
        try await VMAFClips.with { clips in
            let end = try await clips.run(["-r", "ref.mkv", "-d", "ref.mkv", "--csv", path])
            Refusal(status: 2, words: ["cannot be written"]).expect(end, of: path)
        }
    }

    @Test("a signal ends it with its children, nothing is left")
    func interruption() async throws {
        try await VMAFClips.with { clips in
            try await clips.make(
                "long.mkv", MediaRecipe.picture(MediaRecipe.pattern("640x360", seconds: 60)) + MediaRecipe.avc)
            let child = try clips.start(["-r", "long.mkv", "-d", "long.mkv", "-d", "long.mkv", "--plot", "plot.svg"])
            while clips.folder.names(in: "tmp").isEmpty, child.isRunning {
                try await Task.sleep(for: .milliseconds(20))
            }
            try await Task.sleep(for: .milliseconds(300))
            child.send(SIGINT)
            let end = try await child.end(within: 30)
            #expect(end.status == 130, "\(end.errorText)")
            #expect(try await child.familyEnds(within: 10))
            #expect(clips.folder.names(in: "tmp").isEmpty)
            #expect(!clips.folder.names().contains("plot.svg"))
        }
    }
}

/// Whether elements nest as they should and text is escaped: enough for a drawing of our own making.
private struct XMLDocumentCheck {
    struct Broken: Error {
        let place: Substring
    }

    init(_ data: Data) throws {
        var rest = String(decoding: data, as: UTF8.self)[...]
        var open: [Substring] = []
        while let start = rest.firstIndex(of: "<") {
            guard let end = rest[start...].firstIndex(of: ">") else { throw Broken(place: rest) }
            let tag = rest[rest.index(after: start)..<end]
            if tag.hasPrefix("/") {
                guard open.popLast() == tag.dropFirst() else { throw Broken(place: tag) }
            } else if !tag.hasSuffix("/") {
                guard let name = tag.split(separator: " ").first else { throw Broken(place: tag) }
                open.append(name)
            }
            rest = rest[rest.index(after: end)...]
        }
        guard open.isEmpty else { throw Broken(place: rest) }
    }
}
