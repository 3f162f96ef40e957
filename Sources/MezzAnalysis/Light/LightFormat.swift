import MezzCore

/// How pictures are laid out for the measurement of light: as the source has them, in 10 or 12 bits, so that nothing is
/// scaled or converted twice.
struct LightFormat: Sendable {
    /// How often chroma is halved across and down; RGB has no chroma.
    enum Planes: String {
        case rgb
        case quarter = "420"
        case half = "422"
        case full = "444"
    }

    let planes: Planes
    /// 10 or 12.
    let bits: Int
    let size: Resolution
    let isFullRange: Bool
    /// Weights of red and blue in luma; unused of RGB.
    let weights: (red: Double, blue: Double)

    /// - Returns: `nil` for colours that cannot be turned into red, green and blue one pixel at a time (constant
    ///   luminance, ICtCp, XYZ).
    init?(_ video: VideoStreamInfo) {
        let name = video.pixelFormat
        let isRGB = ["gbr", "rgb", "bgr", "argb", "abgr", "x2"].contains { name.hasPrefix($0) }
        guard !name.hasPrefix("xyz"), let weights = Self.weights(video.color.matrix), isRGB || weights.isUsual else {
            return nil
        }
        planes = isRGB ? .rgb : Self.planes(name)
        bits = video.bitDepth > 10 ? 12 : 10
        size = video.display
        isFullRange = video.color.range == "pc" || isRGB && video.color.range == nil
        self.weights = (weights.red, weights.blue)
    }

    /// FFmpeg's name.
    var pixelFormat: String { planes == .rgb ? "gbrp\(bits)le" : "yuv\(planes.rawValue)p\(bits)le" }
    var chromaWidth: Int { planes == .quarter || planes == .half ? (size.width + 1) / 2 : size.width }
    var chromaHeight: Int { planes == .quarter ? (size.height + 1) / 2 : size.height }
    var frameBytes: Int { 2 * (size.width * size.height + 2 * chromaWidth * chromaHeight) }

    private static func planes(_ name: String) -> Planes {
        // Planar and interleaved names of FFmpeg; grey has no chroma and gets it.
        if name.contains("444") || name.hasPrefix("p4") { return .full }
        return name.contains("422") || name.hasPrefix("p21") || name.hasPrefix("y21") ? .half : .quarter
    }

    /// Kr and Kb of H.273's MatrixCoefficients, by FFmpeg's names. PQ without a name is BT.2020.
    private static func weights(_ matrix: String?) -> (red: Double, blue: Double, isUsual: Bool)? {
        switch matrix {
        case "bt2020nc", "unknown", nil: (0.2627, 0.0593, true)
        case "bt709": (0.2126, 0.0722, true)
        case "smpte170m", "bt470bg": (0.299, 0.114, true)
        case "gbr": (0, 0, false)
        default: nil
        }
    }
}
