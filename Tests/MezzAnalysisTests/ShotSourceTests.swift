import MezzAnalysis
import MezzCore
import MezzMedia
import MezzTestKit
import Testing

/// What reaches the detector from sources whose frames are no single moments.
@Suite("Shots of interlaced and telecined sources", .timeLimit(.minutes(2)))
struct ShotSourceTests {
    /// Three moving pictures, 100 each, at `rate` a second; then `filter`.
    private static func source(rate: Int, then filter: String) -> [String] {
        let pictures = [
            "testsrc2=s=320x180:r=\(rate)", "mandelbrot=s=320x180:r=\(rate):start_scale=0.3",
            "testsrc=s=320x180:r=\(rate)",
        ]
        return pictures.flatMap { ["-f", "lavfi", "-i", $0] } + [
            "-filter_complex",
            "[0]trim=end_frame=101,format=yuv420p,setsar=1,setpts=N/\(rate)/TB[a];"
                + "[1]trim=end_frame=99,format=yuv420p,setsar=1,setpts=N/\(rate)/TB[b];"
                + "[2]trim=end_frame=100,format=yuv420p,setsar=1,setpts=N/\(rate)/TB[c];"
                + "[a][b][c]concat=n=3,\(filter)",
        ]
    }

    @Test("cuts of interlaced sources are found once, also between two fields", arguments: [true, false])
    func interlaced(_ isDeinterlaced: Bool) async throws {
        let fields = Self.source(rate: 50, then: "interlace=scan=tff:lowpass=0")
        let encoder = ["-c:v", "libx264", "-preset", "ultrafast", "-flags", "+ildct+ilme", "-x264-params", "tff=1"]
        let filters = isDeinterlaced ? ["bwdif=mode=send_frame:deint=interlaced"] : []
        let firsts = try await Self.firsts(fields + encoder, filters)
        // The first cut lies between the fields of frame 50.
        #expect(firsts.count == 3 && [50, 51].contains(firsts[1]) && firsts[2] == 100, "\(firsts)")
    }

    @Test("cuts of telecined sources are found once, with their mixed frames and without", arguments: ["23", "32"])
    func telecined(_ pattern: String) async throws {
        let film = Self.source(rate: 24, then: "telecine=pattern=\(pattern)")
        let encoder = ["-c:v", "libx264", "-preset", "ultrafast", "-flags", "+ildct+ilme", "-x264-params", "tff=1"]
        for filters in [[], ["bwdif=mode=send_frame:deint=interlaced"]] {
            let firsts = try await Self.firsts(film + encoder, filters)
            // Four film frames make five.
            #expect(firsts.count == 3, "\(firsts)")
            #expect(zip(firsts, [0, 101 * 5 / 4, 200 * 5 / 4]).allSatisfy { abs($0 - $1) <= 1 }, "\(firsts)")
        }
    }

    private static func firsts(_ arguments: [String], _ filters: [String]) async throws -> [Int] {
        try await TestFolder.with { folder in
            let path = try await MediaMaker(in: folder).make("source.mkv", arguments)
            let size = Resolution(width: 320, height: 180)
            let video = VideoStreamInfo(
                stream: 0, codec: "h264", coded: size, display: size, frameRate: Rational(25), pixelFormat: "yuv420p",
                bitDepth: 8, color: ColorDescription(), filters: filters, filtersLookBack: !filters.isEmpty,
                isVariableRate: false, firstFrameSeconds: 0, expectedFrames: 150)
            let ffmpeg = FoundTool(tool: .ffmpeg, path: try TestTools().ffmpeg, version: "test", features: [])
            let result = try await Indexer(runner: ToolRunner(tools: ToolSet([ffmpeg])))
                .index(path, video: video, checksSeek: false) { _ in }
            return result.shots.map(\.frames.first)
        }
    }
}
