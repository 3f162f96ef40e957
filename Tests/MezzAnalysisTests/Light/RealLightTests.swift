import Foundation
import MezzAnalysis
import MezzCore
import MezzIngest
import MezzMedia
import MezzTestKit
import Testing

@Suite("Light levels of real PQ clips", .enabled("no ../shared/media beside the checkout") { RealLight.areHere })
struct RealLightTests {
    @Test("What ZIMG makes linear is as bright", arguments: RealLight.clips)
    func clips(_ name: String) async throws {
        try await TestFolder.with { folder in
            let tools = try TestTools()
            let runner = ToolRunner(
                tools: ToolSet([
                    FoundTool(tool: .ffmpeg, path: tools.ffmpeg, version: "test", features: []),
                    FoundTool(tool: .ffprobe, path: tools.ffprobe, version: "test", features: []),
                ]))
            let path = RealLight.folder + name
            let video = try await Inspector(runner: runner).inspect(path).video
            let reader = SourceReader(path: path, video: video, seek: .beginning)
            let range = FrameRange(first: 0, end: 6)
            let measured = try await LightLevelMeter(runner: runner).measure(reader, range) { _ in }
            let other = try await Self.zimg(reader, range, runner)
            #expect(abs(measured.maxContentLevel - other.most) <= 0.003 * other.most)
            #expect(abs(measured.maxFrameAverage() - other.average) <= 0.003 * other.average)
        }
    }

    /// The same from FFmpeg's zscale, which makes linear light of 1 for 10000 cd/m²; with its chroma in the middle, a
    /// sample goes to the pixels that it covers.
    private static func zimg(
        _ reader: SourceReader, _ range: FrameRange, _ runner: ToolRunner
    ) async throws -> (most: Double, average: Double) {
        let size = reader.video.display
        let linear =
            "zscale=filter=point:rin=tv:r=pc:pin=2020:p=2020:tin=smpte2084:t=linear:npl=10000:min=2020_ncl:m=gbr:cin=center"
        let filters = reader.filters(for: range) + [linear, "format=gbrpf32le"]
        let arguments =
            FFmpegCommand.preamble + reader.input(for: range)
            + [
                "-filter_complex", reader.label(input: 0) + filters.joined(separator: ",") + "[o]", "-map", "[o]",
                "-fps_mode", "passthrough", "-f", "rawvideo", "pipe:1",
            ]
        var frames = FrameAssembler(frameBytes: 12 * size.pixels)
        var (most, average) = (0.0, 0.0)
        try await runner.run(ToolCommand(.ffmpeg, arguments, subject: "linear light")) { bytes in
            frames.append(bytes) { _, frame in
                let values = frame.bindMemory(to: Float.self)
                var sum = 0.0
                for place in 0..<size.pixels {
                    let brightest = max(values[place], values[place + size.pixels], values[place + 2 * size.pixels])
                    let light = 10_000 * Double(min(max(brightest, 0), 1))
                    most = max(most, light)
                    sum += light
                }
                average = max(average, sum / Double(size.pixels))
            }
        }
        return (most, average)
    }
}

enum RealLight {
    static let folder =
        (ProcessInfo.processInfo.environment["MEZZ_TEST_MEDIA"] ?? TestTools.root + "/../shared/media") + "/hdr/"
    static let clips = [
        "hdr10_pq_london_roof_1080p30_hevc.mp4", "hdr10_pq_forest_mist_1080p60_av1_mdcv_clli.mp4",
        "hdr10plus_tears_of_steel_1920x800_6frames.h265",
    ]
    static var areHere: Bool { clips.allSatisfy { FileManager.default.fileExists(atPath: folder + $0) } }
}
