import Foundation

/// SSIM and MS-SSIM as the description puts them, one sample after the other.
struct PlainSSIM {
    struct Image {
        var width: Int
        var height: Int
        var samples: [Float]

        subscript(x: Int, y: Int) -> Float { samples[y * width + x] }

        init(width: Int, height: Int, _ sample: (Int, Int) -> Float) {
            self.width = width
            self.height = height
            samples = (0..<height).flatMap { y in (0..<width).map { sample($0, y) } }
        }
    }

    let reference: Image
    let distorted: Image

    /// - Parameter luma: Samples of both pictures by column and row.
    init(width: Int, height: Int, depth: Int, reference: (Int, Int) -> Int, distorted: (Int, Int) -> Int) {
        let scale = Float(1 << (depth - 8))
        self.reference = Image(width: width, height: height) { Float(reference($0, $1)) / scale }
        self.distorted = Image(width: width, height: height) { Float(distorted($0, $1)) / scale }
    }

    var ssim: Double {
        let factor = max(1, Int((Double(min(reference.width, reference.height)) / 256 + 0.5).rounded(.down)))
        guard factor > 1 else { return Double(Self.means(reference, distorted)[3]) }
        let weight = 1 / Float(factor * factor)
        let box = [[Float]](repeating: [Float](repeating: weight, count: factor), count: factor)
        return Double(
            Self.means(Self.reduced(reference, factor, box), Self.reduced(distorted, factor, box))[3])
    }

    var multiScale: Double {
        var (r, d) = (reference, distorted)
        var score = 1.0
        let exponents: [Float] = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333]
        for (level, exponent) in exponents.enumerated() {
            if level > 0 { (r, d) = (Self.reduced(r, 2, Self.lowPass), Self.reduced(d, 2, Self.lowPass)) }
            let mean = Self.means(r, d).map(Double.init)
            let power = Double(exponent)
            score *= (level == 4 ? pow(mean[0], power) : 1) * pow(mean[1], power) * pow(mean[2], power)
        }
        return score
    }

    private static let lowPass: [[Float]] = {
        let rows: [[Float]] = [
            [0.000714, -0.000450, -0.002090, 0.007132, 0.016114],
            [-0.000450, 0.000283, 0.001316, -0.004490, -0.010146],
            [-0.002090, 0.001316, 0.006115, -0.020867, -0.047149],
            [0.007132, -0.004490, -0.020867, 0.071207, 0.160885],
            [0.016114, -0.010146, -0.047149, 0.160885, 0.363505],
        ]
        let wide = rows.map { $0 + $0.dropLast().reversed() }
        return wide + wide.dropLast().reversed()
    }()

    private static func reduced(_ image: Image, _ factor: Int, _ weights: [[Float]]) -> Image {
        func mirror(_ index: Int, _ count: Int) -> Int {
            let low = index < 0 ? -1 - index : index
            return low >= count ? 2 * count - 1 - low : low
        }
        let side = weights.count
        return Image(
            width: image.width / factor + (image.width & 1), height: image.height / factor + (image.height & 1)
        ) { x, y in
            var sum = 0.0
            for row in 0..<side {
                for column in 0..<side {
                    let sample = image[
                        mirror(factor * x + column - side / 2, image.width),
                        mirror(factor * y + row - side / 2, image.height)]
                    let product: Float = sample * weights[row][column]
                    sum += Double(product)
                }
            }
            return Float(sum)
        }
    }

    private static let taps: [Float] = [
        0.001028, 0.007599, 0.036001, 0.109361, 0.213006, 0.266012, 0.213006, 0.109361, 0.036001, 0.007599, 0.001028,
    ]

    private static func filtered(_ image: Image) -> Image {
        func sum(_ sample: (Int) -> Float) -> Float {
            var sum = 0.0
            for (tap, weight) in taps.enumerated() {
                let product: Float = sample(tap) * weight
                sum += Double(product)
            }
            return Float(sum)
        }
        let rows = Image(width: image.width - 10, height: image.height) { x, y in sum { image[x + $0, y] } }
        return Image(width: rows.width, height: image.height - 10) { x, y in sum { rows[x, y + $0] } }
    }

    /// Means of luminance, contrast, structure and their product.
    private static func means(_ r: Image, _ d: Image) -> [Float] {
        let m1 = filtered(r).samples
        let m2 = filtered(d).samples
        let squares1 = filtered(Image(width: r.width, height: r.height) { r[$0, $1] * r[$0, $1] }).samples
        let squares2 = filtered(Image(width: r.width, height: r.height) { d[$0, $1] * d[$0, $1] }).samples
        let products = filtered(Image(width: r.width, height: r.height) { r[$0, $1] * d[$0, $1] }).samples
        let first: Float = 0.01 * 255
        let second: Float = 0.03 * 255
        let (c1, c2, c3) = (first * first, second * second, second * second / 2)
        var sums = [0.0, 0.0, 0.0, 0.0]
        for i in m1.indices {
            let v1 = max(0, squares1[i] - m1[i] * m1[i])
            let v2 = max(0, squares2[i] - m2[i] * m2[i])
            var v12 = products[i] - m1[i] * m2[i]
            let deviation = (v1 * v2).squareRoot()
            if v12 < 0, deviation <= 0 { v12 = 0 }
            let lower1: Float = m1[i] * m1[i] + m2[i] * m2[i] + c1
            let lower2: Float = v1 + v2 + c2
            let upper1: Double = 2 * Double(m1[i]) * Double(m2[i]) + Double(c1)
            let upper2: Double = 2 * Double(deviation) + Double(c2)
            let l = upper1 / Double(lower1)
            let c = upper2 / Double(lower2)
            let s = Double((v12 + c3) / (deviation + c3))
            for (place, term) in [l, c, s, l * c * s].enumerated() { sums[place] += term }
        }
        return sums.map { Float($0 / Double(m1.count)) }
    }
}
