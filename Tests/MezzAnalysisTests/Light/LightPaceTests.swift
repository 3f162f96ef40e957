import Foundation
import MezzAnalysis
import MezzCore
import MezzIngest
import MezzMedia
import MezzTestKit
import Testing

/// A benchmark, run when `MEZZ_BENCH` names it: the measurement of light beside the bare decode of the same clip, one
/// thread each, in frames a second of processor time.
@Suite(
    "Pace of the measurement of light", .timeLimit(.minutes(20)),
    .enabled(if: ProcessInfo.processInfo.environment["MEZZ_BENCH"] == "light", "set MEZZ_BENCH=light"))
struct LightPaceTests {
    @Test("Frames a second", arguments: [(1920, 1080), (3840, 2160)])
    func pace(_ width: Int, _ height: Int) async throws {
        try await TestFolder.with { folder in
            let colors = "setparams=range=tv:color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc"
            let path = try await MediaMaker(in: folder).make(
                "clip.mp4",
                [
                    "-f", "lavfi", "-i", "testsrc2=s=\(width)x\(height):r=24", "-frames:v", "96", "-vf",
                    colors + ",format=yuv420p10le,noise=alls=6:allf=t", "-c:v", "libx265", "-preset", "ultrafast",
                    "-x265-params", "log-level=error:crf=22", "-tag:v", "hvc1",
                ])
            let tools = try TestTools()
            let found = ToolSet([
                FoundTool(tool: .ffmpeg, path: tools.ffmpeg, version: "test", features: []),
                FoundTool(tool: .ffprobe, path: tools.ffprobe, version: "test", features: []),
            ])
            let video = try await Inspector(runner: ToolRunner(tools: found)).inspect(path).video
            let (bare, whole) = (UsageMeter(), UsageMeter())
            let decode = ["-threads", "1"] + FFmpegCommand.input(path) + ["-map", "0:v", "-f", "null", "-"]
            try await ToolRunner(tools: found, meter: bare).run(
                ToolCommand(.ffmpeg, FFmpegCommand.preamble + decode, subject: "decode"))
            let start = ContinuousClock.now
            let measured = try await LightLevelMeter(runner: ToolRunner(tools: found, meter: whole)).measure(
                SourceReader(path: path, video: video, seek: .beginning), FrameRange(first: 0, end: 96), threads: 1
            ) { _ in }
            let wall = (ContinuousClock.now - start) / .seconds(1)
            let (decoding, all) = (96 / bare.cpuSeconds, 96 / whole.cpuSeconds)
            print(
                "\(width)x\(height): decode \(decoding) frames/s, decode and measure \(all) frames/s of one core; "
                    + "\(96 / wall) frames/s by the clock; \(measured.maxContentLevel) cd/m²")
            #expect(measured.frames == 96 && all > decoding / 4)
        }
    }
}
