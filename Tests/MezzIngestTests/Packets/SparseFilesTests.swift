import Foundation
import MezzCore
import MezzIngest
import MezzMedia
import MezzTestKit
import Testing

/// The promise that reading in parts stands on.
@Suite("A file with only the bytes of some frames", .timeLimit(.minutes(5)))
struct SparseFilesTests {
    private static let reordered =
        ["-c:v", "libx264", "-preset", "ultrafast", "-qp", "22", "-bf", "3", "-g", "48", "-pix_fmt", "yuv420p"]
        + ["-x264-params", "b-adapt=0:scenecut=0:open-gop=1:b-pyramid=normal"]
    private static let source =
        MediaRecipe.picture("testsrc2=s=640x360:r=24:d=25,noise=alls=8:allf=t") + MediaRecipe.tone(seconds: 25)
    static let recipes = [
        MediaRecipe("with its index at the end", file: "film.mov", source + reordered + MediaRecipe.aac),
        MediaRecipe(
            "with key frames only", file: "intra.mov",
            source + ["-c:v", "mjpeg", "-q:v", "6", "-pix_fmt", "yuvj420p", "-c:a", "pcm_s16le"]),
        MediaRecipe(
            "as broadcasters use", file: "film.mxf",
            source + ["-c:v", "mpeg2video", "-b:v", "9M", "-g", "12", "-bf", "2", "-pix_fmt", "yuv420p"]
                + ["-c:a", "pcm_s16le"]),
        MediaRecipe("in clusters", file: "film.mkv", source + reordered + MediaRecipe.aac),
    ]

    @Test("gives the very frames of the whole file", arguments: recipes)
    func frames(_ recipe: MediaRecipe) async throws {
        try await TestFolder.with { folder in
            let maker = try MediaMaker(in: folder)
            let path = try await maker.make(recipe)
            let info = try await Inspector(runner: TestTools.runner()).inspect(path)
            let mapper = PacketMapper(runner: try TestTools.runner())
            let map = try #require(try await mapper.map(path, video: info.video, bytes: info.bytes))
            let last = info.video.expectedFrames
            for (first, end) in [(0, 4), (1, 3), (190, 200), (301, 302), (last - 3, last)] {
                let range = FrameRange(first: first, end: end)
                let bytes = map.bytes(
                    for: range, rate: info.video.frameRate, lookBack: SourceReader.lookBackSeconds, size: info.bytes)
                let share = Double(bytes.reduce(0) { $0 + $1.count }) / Double(info.bytes)
                #expect(share < 0.6, "\(share) of the file for \(range)")
                let sparse = try Self.sparse(path, bytes, at: folder("sparse-\(first)-" + recipe.file))
                let (whole, part) = (
                    try await Self.sums(maker, path, info.video, range),
                    try await Self.sums(maker, sparse, info.video, range)
                )
                #expect(whole.count == range.count)
                #expect(part == whole, "\(range)")
            }
        }
    }

    /// A file as long as the one at `path`, with these bytes of it and zeros for the others.
    private static func sparse(_ path: String, _ ranges: [Range<Int>], at other: String) throws -> String {
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        var part = Data(count: whole.count)
        for range in ranges { part[range] = whole[range] }
        try part.write(to: URL(fileURLWithPath: other))
        return other
    }

    /// Checksums of the frames of a range.
    private static func sums(
        _ maker: MediaMaker, _ path: String, _ video: VideoStreamInfo, _ range: FrameRange
    ) async throws -> [String] {
        let reader = SourceReader(path: path, video: video, seek: .container)
        let graph = reader.label(input: 0) + reader.filters(for: range).joined(separator: ",") + "[out]"
        let end = try await maker.ffmpeg(
            ["-v", "error"] + reader.input(for: range)
                + ["-filter_complex", graph, "-map", "[out]", "-fps_mode", "passthrough", "-f", "framemd5", "-"])
        return end.text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
    }
}
