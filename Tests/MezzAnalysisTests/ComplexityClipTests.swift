import MezzAnalysis
import MezzCore
import MezzMedia
import MezzPixels
import MezzTestKit
import Testing

@Suite("Complexity of real clips", .timeLimit(.minutes(2)))
struct ComplexityClipTests {
    @Test("black is black and still, a still picture is still, a moving one is neither")
    func flags() async throws {
        let black = try await Self.only("color=c=black:s=320x180:r=24:d=1")
        #expect(black.isBlack && black.isStatic && black.score == 0 && black.bars == nil && black.samples == 2)
        let still = try await Self.only("testsrc2=s=320x180:r=24:d=1,select=eq(n\\,0),loop=23:1,setpts=N/24/TB")
        #expect(still.isStatic && !still.isBlack && still.temporal < 0.01 && still.spatial > 100)
        let moving = try await Self.only("mandelbrot=s=320x180:r=24:end_pts=100,trim=duration=1")
        #expect(!moving.isStatic && !moving.isBlack && moving.temporal > 0.2 && moving.score > still.score)
    }

    @Test("bars are told in the source's rows and columns")
    func bars() async throws {
        let picture = "mandelbrot=s=320x180:r=24:end_pts=100,trim=duration=1,lutyuv=y='max(val,60)'"
        let letterbox = try await Self.only(picture + ",scale=640:272,setsar=1,pad=640:360:0:44:black")
        #expect(letterbox.bars.map { abs($0.top - 44) <= 2 && abs($0.bottom - 44) <= 2 && $0.left == 0 } == true)
        let pillarbox = try await Self.only(picture + ",scale=480:360,setsar=1,pad=640:360:80:0:black")
        #expect(pillarbox.bars.map { abs($0.left - 80) <= 2 && abs($0.right - 80) <= 2 && $0.top == 0 } == true)
        #expect(try await Self.only(picture).bars == nil)
    }

    @Test("grain is measured at the source's size, 8 and 10 bit alike", arguments: ["yuv420p", "yuv422p10le"])
    func grain(_ format: String) async throws {
        let noise = "color=c=0x808080:s=1280x720:r=24:d=1,format=gray,geq=lum='120+8*(random(1)-0.5)*3.4641'"
        let grain = try await Self.only(noise + ",format=\(format)").grain
        #expect(abs(grain - 8) < 1.6, "\(grain)")
    }

    @Test("clips of a few frames", arguments: [1, 2, 3])
    func short(_ frames: Int) async throws {
        let result = try await Self.result("testsrc2=s=320x180:r=24:d=1,trim=end_frame=\(frames)")
        #expect(result.index.count == frames && result.complexity.count == result.shots.count)
        #expect(result.complexity[0].samples == 1 && result.complexity[0].spatial > 100)
        if frames == 1 { #expect(result.complexity[0].temporal == 0 && result.complexity[0].isStatic) }
    }

    @Test("the last pair is left out when the clip ends inside it", arguments: [(16, 1), (17, 1), (18, 2), (33, 2)])
    func ends(_ frames: Int, _ samples: Int) async throws {
        let result = try await Self.result("mandelbrot=s=320x180:r=24:end_pts=100,trim=end_frame=\(frames)")
        #expect(result.complexity.map(\.samples).reduce(0, +) == samples)
    }

    @Test("odd, wide, high and tiny pictures", arguments: ["322x182", "1024x64", "64x1024", "64x64", "1922x130"])
    func sizes(_ size: String) async throws {
        let complexity = try await Self.only("testsrc2=s=\(size):r=24:d=0.5")
        #expect(complexity.samples == 1 && complexity.spatial > 0 && complexity.score.isFinite)
    }

    @Test("a shot shorter than the distance of two pairs borrows, and the pairs keep their numbers")
    func shortShot() async throws {
        try await TestFolder.with { folder in
            let path = try await MediaMaker(in: folder).make(
                "three.mkv",
                [
                    "-f", "lavfi", "-i", "testsrc2=s=320x180:r=24,trim=end_frame=36", "-f", "lavfi", "-i",
                    "smptebars=s=320x180:r=24,trim=end_frame=8", "-f", "lavfi", "-i",
                    "mandelbrot=s=320x180:r=24,trim=end_frame=40", "-filter_complex",
                    "[0]format=yuv420p[a];[1]format=yuv420p[b];[2]format=yuv420p[c];[a][b][c]concat=n=3",
                ] + MediaRecipe.lossless)
            let result = try await Self.index(path)
            #expect(result.shots.map(\.frames.first) == [0, 36, 44])
            #expect(result.complexity.map(\.samples) == [3, 0, 3])
            #expect(result.findings.isEmpty)
        }
    }

    @Test("two passes agree")
    func repeatable() async throws {
        let source = "mandelbrot=s=640x360:r=24:end_pts=100,trim=end_frame=40"
        #expect(try await Self.result(source).complexity == Self.result(source).complexity)
    }

    private static func only(_ source: String) async throws -> ShotComplexity {
        let complexity = try await result(source).complexity
        #expect(complexity.count == 1)
        return try #require(complexity.first)
    }

    private static func result(_ source: String) async throws -> Indexer.Result {
        try await TestFolder.with { folder in
            let path = try await MediaMaker(in: folder).make(
                "clip.mkv", MediaRecipe.picture(source) + MediaRecipe.lossless)
            let result = try await index(path)
            #expect(result.findings.isEmpty)
            return result
        }
    }

    private static func index(_ path: String) async throws -> Indexer.Result {
        try await AnalyzedClip(path).result()
    }
}
