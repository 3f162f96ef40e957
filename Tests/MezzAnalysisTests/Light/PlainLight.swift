import Foundation

/// MaxRGB in the plainest way: every pixel by itself, in double precision, after BT.2100 and H.273.
struct PlainLight {
    var width: Int
    var height: Int
    var bits = 10
    /// Chroma is halved across and down.
    var halved = (across: true, down: true)
    var isFullRange = false
    var isRGB = false
    var weights = (red: 0.2627, blue: 0.0593)

    /// PQ's curve and its inverse, for signals of 0...1 and cd/m².
    static func light(_ signal: Double) -> Double {
        let root = pow(min(max(signal, 0), 1), 32 / 2523.0)
        return 10_000 * pow(max(root - 0.8359375, 0) / (18.8515625 - 18.6875 * root), 16_384 / 2610.0)
    }

    static func signal(_ light: Double) -> Double {
        let root = pow(light / 10_000, 2610 / 16_384.0)
        return pow((0.8359375 + 18.8515625 * root) / (1 + 18.6875 * root), 2523 / 32.0)
    }

    var chromaWidth: Int { !isRGB && halved.across ? (width + 1) / 2 : width }
    var chromaHeight: Int { !isRGB && halved.down ? (height + 1) / 2 : height }

    /// Light of the brightest colour of a pixel, in cd/m².
    func light(_ planes: [[UInt16]], _ x: Int, _ y: Int) -> Double {
        let here = y * width + x
        guard !isRGB else { return Self.light(planes.map { luma(Double($0[here])) }.max() ?? 0) }
        let chroma = y / (halved.down ? 2 : 1) * chromaWidth + x / (halved.across ? 2 : 1)
        let (y, b, r) = (
            luma(Double(planes[0][here])), color(Double(planes[1][chroma])), color(Double(planes[2][chroma]))
        )
        let green = 1 - weights.red - weights.blue
        let red = y + 2 * (1 - weights.red) * r
        let blue = y + 2 * (1 - weights.blue) * b
        return Self.light(max(red, blue, (y - weights.red * red - weights.blue * blue) / green))
    }

    private func luma(_ code: Double) -> Double {
        let scale = Double(1 << (bits - 8))
        return isFullRange ? code / Double(1 << bits - 1) : (code - 16 * scale) / (219 * scale)
    }

    private func color(_ code: Double) -> Double {
        let scale = Double(1 << (bits - 8))
        return (code - 128 * scale) / (isFullRange ? Double(1 << bits - 1) : 224 * scale)
    }

    /// The brightest pixel and the mean of all, in cd/m².
    func levels(_ planes: [[UInt16]]) -> (most: Double, mean: Double) {
        let all = (0..<height).flatMap { y in (0..<width).map { x in light(planes, x, y) } }
        return (all.max() ?? 0, all.reduce(0, +) / Double(max(all.count, 1)))
    }

    /// Samples of a frame as a decoder hands them over.
    func bytes(_ planes: [[UInt16]]) -> [UInt8] {
        planes.flatMap { $0.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] } }
    }
}
