import ArgumentParser
import Foundation
import MezzCore
import MezzMedia
import MezzPipeline

/// `mezz demo`: a small clip, encoded whole, to look at.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Make a 12-second clip of six shots with sound, encode it, say what to open.")

    @Option(name: .shortAndLong, help: ArgumentHelp("Folder for the clip and the package.", valueName: "dir"))
    var output: String = "mezz-demo"

    func run() async throws {
        let tools = try await Tooling.find()
        let folder = URL(fileURLWithPath: output).standardizedFileURL.path
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw Failure(
                .failed, what: "the folder cannot be made", place: folder.printable, remedy: "choose another -o")
        }
        let clip = folder + "/demo.mkv"
        if !FileManager.default.fileExists(atPath: clip) {
            Output.error("making \(clip.printable)")
            try await DemoClip(runner: ToolRunner(tools: tools)).make(clip)
        }
        let package = folder + "/package"
        let session = EncodeSession(
            source: clip, output: package, spec: JobSpec(), tools: tools,
            slots: ProcessInfo.processInfo.activeProcessorCount, trials: nil)
        let result = try await session.run()
        Output.line(EncodeSummary(report: result.report, folder: package).text)
        Output.line(
            "\nopen \(package.printable)/report.html in a browser; any player takes manifest.mpd or master.m3u8")
        if !result.passed { throw ExitCode(ExitStatus.rejected.rawValue) }
    }
}

/// The demonstration's source: six generated shots of two seconds, from nearly still to nearly noise, with sound.
struct DemoClip {
    let runner: ToolRunner

    private static let shots = [
        "gradients=s=640x360:r=24:speed=0.01:seed=4:c0=0x103060:c1=0xe0a040:n=2",
        "mandelbrot=s=640x360:r=24:start_scale=1.2:end_scale=0.7:end_pts=60,gblur=sigma=0.8",
        "testsrc2=s=640x360:r=24",
        "life=s=80x45:r=24:ratio=0.15:seed=7:mold=6:life_color=0x60d0a0:death_color=0x203040:mold_color=0x406050,"
            + "scale=640:360:flags=bicubic,tmix=frames=6",
        "sierpinski=s=640x360:r=24:seed=3,gblur=sigma=1",
        "gradients=s=640x360:r=24:speed=0.04:type=circular:n=4:c0=0x204080:c1=0xc05030:c2=0x40a060:c3=0xd0c060:seed=9,"
            + "format=yuv420p,noise=alls=6:allf=t:all_seed=5,gblur=sigma=0.8",
    ]

    func make(_ path: String) async throws {
        var arguments = FFmpegCommand.preamble
        for shot in Self.shots { arguments += ["-f", "lavfi", "-t", "2", "-i", shot] }
        arguments += [
            "-f", "lavfi", "-t", "12", "-i",
            "aevalsrc=0.2*sin(2*PI*(220+40*floor(t/2))*t)*(0.6+0.4*sin(2*PI*t)):s=48000:c=stereo",
        ]
        let inputs = Self.shots.indices.map { "[\($0):v]format=yuv420p,setsar=1[v\($0)]" }.joined(separator: ";")
        let joined = Self.shots.indices.map { "[v\($0)]" }.joined() + "concat=n=\(Self.shots.count):v=1[v]"
        arguments += ["-filter_complex", inputs + ";" + joined, "-map", "[v]", "-map", "\(Self.shots.count):a"]
        arguments += ["-c:v", "ffv1", "-c:a", "flac", "-f", "matroska", path + ".part"]
        try await runner.run(ToolCommand(.ffmpeg, arguments, subject: "demo clip"))
        try FileManager.default.moveItem(atPath: path + ".part", toPath: path)
    }
}
