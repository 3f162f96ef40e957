import Foundation
import Glibc
import MezzCore
import MezzMedia
import MezzPackaging
import MezzTestKit
import Testing

/// A benchmark, run when `MEZZ_BENCH` names it: a title of two hours and thirty tracks into a package. What Shaka Packager
/// takes is told apart from what mezz takes around it. `MEZZ_PACKAGE_MINUTES` is its length (default 120).
@Suite(
    "The pace of packaging", .serialized,
    .enabled(if: ProcessInfo.processInfo.environment["MEZZ_BENCH"] == "package", "set MEZZ_BENCH=package"))
struct PackagingPaceTests {
    private static let minutes =
        ProcessInfo.processInfo.environment["MEZZ_PACKAGE_MINUTES"].flatMap { Int($0) } ?? 120

    @Test("200 MB/s beside the packager, in memory that does not grow with the title")
    func pace() async throws {
        let temporary = try TemporaryFolder("pace")
        let tracks = try await Self.tracks(in: try temporary.folder("media"))
        let bytes = try tracks.reduce(0) { total, track in
            total + ((try FileManager.default.attributesOfItem(atPath: track.file)[.size] as? NSNumber)?.intValue ?? 0)
        }
        let meter = UsageMeter()
        let runner = try await PackagingTools.runner().metered(by: meter)
        // "5" sets the peak back to what is held now (proc(5)).
        try? Data("5".utf8).write(to: URL(fileURLWithPath: "/proc/self/clear_refs"))
        let (before, started) = (Self.own(), ContinuousClock.now)
        let listing = try await Packager(runner: runner).package(
            tracks, segmentSeconds: 4, layout: .onDemand, into: try temporary.folder("out"))
        let wall = started.duration(to: .now) / .seconds(1)
        let own = Self.own() - before
        let megabytes = Double(bytes) / 1e6
        let peak = Self.peak()
        print(
            "\(tracks.count) tracks, \(Self.minutes) min, \(Int(megabytes)) MB, \(listing.files.count) files: packager "
                + "\(meter.cpuSeconds) CPU s, mezz \(own) CPU s (\(Int(megabytes / own)) MB/s), \(wall) s in all, "
                + "peak \(peak >> 20) MB")
        // Everything beside the packager, with 5% of its own time allowed.
        #expect(own <= megabytes / 200 + 0.05 * meter.cpuSeconds)
        #expect(peak < 400 << 20)
    }

    /// Three rungs, nineteen sound tracks, eight texts: a minute of each, over and over.
    private static func tracks(in folder: String) async throws -> [PackageTrack] {
        let runner = try await PackagingTools.runner()
        func ffmpeg(_ arguments: [String]) async throws {
            try await runner.run(
                ToolCommand(.ffmpeg, FFmpegCommand.preamble + arguments, workingDirectory: folder, subject: "media"))
        }
        var tracks: [PackageTrack] = []
        let loop = ["-stream_loop", String(minutes - 1)]
        for (number, kilobits) in [600, 1500, 3000].enumerated() {
            let size = ["320x180", "480x270", "640x360"][number]
            try await ffmpeg(
                [
                    "-f", "lavfi", "-i", "testsrc2=s=\(size):r=24:d=60,noise=alls=40:allf=t", "-c:v", "libx264",
                    "-preset",
                ]
                    + [
                        "ultrafast", "-pix_fmt", "yuv420p", "-b:v", "\(kilobits)k", "-maxrate", "\(kilobits)k",
                        "-bufsize",
                    ]
                    + ["\(kilobits)k", "-x264-params", "keyint=96:min-keyint=96:scenecut=0:bframes=0", "m.mp4"])
            try await ffmpeg(loop + ["-i", "m.mp4", "-c", "copy", "-video_track_timescale", "24000", "v\(number).mp4"])
            tracks.append(PackageTrack(id: "v\(number)", kind: .video, file: folder + "/v\(number).mp4"))
        }
        try await ffmpeg(["-f", "lavfi", "-i", "sine=d=60:r=48000", "-ac", "2", "-c:a", "aac", "-b:a", "128k", "a.mp4"])
        try await ffmpeg(loop + ["-i", "a.mp4", "-c", "copy", "-t", String(minutes * 60), "long.mp4"])
        let languages = [
            "en", "fr", "de", "es", "it", "pt", "nl", "sv", "da", "fi", "pl", "cs", "hu", "ro", "el", "tr",
        ]
        for number in 0..<19 {
            tracks.append(
                PackageTrack(
                    id: "a\(number)", kind: .audio, file: folder + "/long.mp4",
                    language: languages[number % languages.count], isDefault: number == 0, name: "Track \(number)"))
        }
        for number in 0..<8 {
            let path = folder + "/t\(number).vtt"
            try Data(text().utf8).write(to: URL(fileURLWithPath: path))
            tracks.append(
                PackageTrack(
                    id: "t\(number)", kind: .text, file: path, language: languages[number], name: "Text \(number)",
                    keyLabel: nil, purpose: .subtitles, sidecar: path))
        }
        return tracks
    }

    private static func text() -> String {
        (0..<minutes * 15).reduce(into: "WEBVTT\n") { text, number in
            let second = number * 4
            let stamp = String(format: "%02d:%02d:%02d", second / 3600, second / 60 % 60, second % 60)
            text += "\n\(stamp).000 --> \(stamp).900\nLine \(number)\n"
        }
    }

    /// CPU seconds of this process alone.
    private static func own() -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    /// The most memory that was resident.
    private static func peak() -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return (line?.split(separator: " ").compactMap { Int($0) }.first ?? 0) << 10
    }
}
