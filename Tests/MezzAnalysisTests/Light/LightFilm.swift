import Foundation
import MezzAnalysis
import MezzCore
import MezzMedia
import MezzTestKit

/// Frames of chosen samples, coded without loss.
struct LightFilm {
    let frames: [[[UInt16]]]
    let shape: PlainLight

    /// Layouts of planes, of odd and even sizes.
    static let shapes = [
        PlainLight(width: 50, height: 30), PlainLight(width: 64, height: 32, isFullRange: true),
        PlainLight(width: 38, height: 22, halved: (true, false)),
        PlainLight(width: 18, height: 14, bits: 12, halved: (true, false)),
        PlainLight(width: 66, height: 10, bits: 12, halved: (false, false), isFullRange: true),
        PlainLight(width: 41, height: 17, halved: (false, false)), PlainLight(width: 5, height: 3, isRGB: true),
        PlainLight(width: 40, height: 20, bits: 12, isFullRange: true, isRGB: true),
        PlainLight(width: 40, height: 20, weights: (0.2126, 0.0722)),
    ]

    /// One luma code everywhere; colourless.
    static func gray(_ shape: PlainLight, _ code: Int) -> [[UInt16]] {
        let chroma = [UInt16](
            repeating: UInt16(shape.isRGB ? code : 1 << (shape.bits - 1)),
            count: shape.chromaWidth * shape.chromaHeight)
        return [[UInt16](repeating: UInt16(code), count: shape.width * shape.height), chroma, chroma]
    }

    /// Any sample at any place.
    static func noise(_ shape: PlainLight, _ dice: inout SeededDice) -> [[UInt16]] {
        gray(shape, 0).map { plane in plane.map { _ in UInt16(dice.below(1 << shape.bits)) } }
    }

    private var pixelFormat: String {
        if shape.isRGB { return "gbrp\(shape.bits)le" }
        let chroma = shape.halved.across ? shape.halved.down ? "420" : "422" : "444"
        return "yuv\(chroma)p\(shape.bits)le"
    }

    func video(transfer: String? = "smpte2084", matrix: String? = "") -> VideoStreamInfo {
        let size = Resolution(width: shape.width, height: shape.height)
        let matrix = matrix == "" ? shape.isRGB ? "gbr" : shape.weights.red == 0.2126 ? "bt709" : "bt2020nc" : matrix
        return VideoStreamInfo(
            stream: 0, codec: "ffv1", coded: size, display: size, frameRate: Rational(25), pixelFormat: pixelFormat,
            bitDepth: shape.bits,
            color: ColorDescription(
                primaries: "bt2020", transfer: transfer, matrix: matrix, range: shape.isFullRange ? "pc" : "tv"),
            filters: [], filtersLookBack: false, isVariableRate: false, firstFrameSeconds: 0,
            expectedFrames: frames.count)
    }

    /// Writes the film, its colours unsaid so that nothing converts them, and measures it or some of its frames.
    func measure(
        _ folder: TestFolder, _ range: FrameRange? = nil, video: VideoStreamInfo? = nil
    ) async throws -> LightMeasurement {
        let raw = try folder.write(Data(frames.flatMap(shape.bytes)), to: "film.yuv")
        let path = try await MediaMaker(in: folder).make(
            "film.mkv",
            [
                "-f", "rawvideo", "-pix_fmt", pixelFormat, "-s", "\(shape.width)x\(shape.height)", "-r", "25", "-i",
                "file:" + raw, "-c:v", "ffv1", "-level", "3", "-g", "1",
            ])
        let ffmpeg = FoundTool(tool: .ffmpeg, path: try TestTools().ffmpeg, version: "test", features: [])
        let reader = SourceReader(path: path, video: video ?? self.video(), seek: .container)
        return try await LightLevelMeter(runner: ToolRunner(tools: ToolSet([ffmpeg]))).measure(
            reader, range ?? FrameRange(first: 0, end: frames.count)
        ) { _ in }
    }
}
