import Foundation

/// Integer VIF sample by sample, as the description of libvmaf 3.2's arithmetic reads.
struct PlainVIF {
    typealias Image = [[Int]]

    static let kernels = [
        [489, 935, 1640, 2640, 3896, 5274, 6547, 7455, 7784, 7455, 6547, 5274, 3896, 2640, 1640, 935, 489],
        [1244, 3663, 7925, 12590, 14692, 12590, 7925, 3663, 1244],
        [3571, 16004, 26386, 16004, 3571],
        [10904, 43728, 10904],
    ]

    let depth: Int
    let gainLimit: Double

    /// The four scales' features.
    func values(_ reference: Image, _ distorted: Image) -> [Double] {
        var (r, d) = (reference, distorted)
        return (0..<4).map { scale in
            let value = value(r, d, scale: scale)
            if scale < 3 {
                r = decimated(r, scale: scale)
                d = decimated(d, scale: scale)
            }
            return value
        }
    }

    private func value(_ r: Image, _ d: Image, scale: Int) -> Double {
        let (numerator, denominator) = sums(moments(r, d, scale: scale))
        return Double(numerator / denominator)
    }

    // MARK: Filters

    private static func mirror(_ index: Int, _ count: Int) -> Int {
        index < 0 ? -index : index >= count ? 2 * count - 2 - index : index
    }

    private static func vertical(_ image: Image, _ taps: [Int]) -> Image {
        image.indices.map { row in
            image[0].indices.map { column in
                taps.indices.reduce(0) { sum, tap in
                    sum + taps[tap] * image[mirror(row + tap - taps.count / 2, image.count)][column]
                }
            }
        }
    }

    private static func horizontal(_ image: Image, _ taps: [Int]) -> Image {
        image.map { line in
            line.indices.map { column in
                taps.indices.reduce(0) { sum, tap in
                    sum + taps[tap] * line[mirror(column + tap - taps.count / 2, line.count)]
                }
            }
        }
    }

    private static func rounded(_ image: Image, _ shift: Int) -> Image {
        image.map { line in line.map { ($0 + (1 << shift) >> 1) >> shift } }
    }

    private func decimated(_ image: Image, scale: Int) -> Image {
        let taps = Self.kernels[scale + 1]
        let lines = Self.rounded(Self.vertical(image, taps), scale == 0 ? depth : 16)
        let full = Self.rounded(Self.horizontal(lines, taps), 16)
        return (0..<image.count / 2).map { row in (0..<image[0].count / 2).map { full[2 * row][2 * $0] } }
    }

    // MARK: Statistics

    private struct Moments {
        let sigma1: Image
        let sigma2: Image
        let sigma12: Image
    }

    private func moments(_ r: Image, _ d: Image, scale: Int) -> Moments {
        let taps = Self.kernels[scale]
        let shift = scale == 0 ? depth : 16
        let squareShift = scale == 0 ? 2 * (depth - 8) : 16
        let mean = { Self.horizontal(Self.rounded(Self.vertical($0, taps), shift), taps) }
        let (mean1, mean2) = (mean(r), mean(d))
        let spread = { (a: Image, b: Image, meanA: Image, meanB: Image) -> Image in
            let products = Self.combined(a, b) { $0 * $1 }
            let lines = Self.rounded(Self.vertical(products, taps), squareShift)
            let means = Self.combined(meanA, meanB) { Int((UInt64($0) * UInt64($1) + 1 << 31) >> 32) }
            return Self.combined(Self.rounded(Self.horizontal(lines, taps), 16), means) { $0 - $1 }
        }
        return Moments(
            sigma1: spread(r, r, mean1, mean1), sigma2: spread(d, d, mean2, mean2), sigma12: spread(r, d, mean1, mean2))
    }

    private static func combined(_ a: Image, _ b: Image, _ operation: (Int, Int) -> Int) -> Image {
        zip(a, b).map { zip($0, $1).map(operation) }
    }

    private func sums(_ moments: Moments) -> (Float, Float) {
        var (numeratorLog, denominatorLog, silentVariance, silent) = (0, 0, 0, 0)
        for (row, line) in moments.sigma1.enumerated() {
            for (column, sigma1) in line.enumerated() {
                let sigma2 = max(0, moments.sigma2[row][column])
                guard sigma1 >= 131_072 else {
                    silentVariance += sigma2
                    silent += 1
                    continue
                }
                denominatorLog += Self.log(131_072 + sigma1) - 2_048 * 17
                numeratorLog += gain(sigma1, sigma2, moments.sigma12[row][column])
            }
        }
        let silence = Double(silent) - (Double(silentVariance) / 16_384) / 65_025
        return (
            Float(Double(numeratorLog) / 2_048 + silence), Float(Double(denominatorLog) / 2_048 + Double(silent))
        )
    }

    private func gain(_ sigma1: Int, _ sigma2: Int, _ sigma12: Int) -> Int {
        guard sigma12 > 0, sigma2 > 0 else { return 0 }
        let g = Double(sigma12) / (Double(sigma1) + 65_536 * 1e-10)
        let residual = max(0, Int(Double(sigma2) - g * Double(sigma12)))
        let limited = min(g, gainLimit)
        let noise = residual + 131_072
        let total = Int(limited * limited * Double(sigma1)) + noise
        return Self.log(total) - Self.log(noise)
    }

    /// log2 in 1/2048 of x ≥ 2¹⁷ by its 16 leading bits.
    private static func log(_ x: Int) -> Int {
        let shift = 48 - x.leadingZeroBitCount
        return table[x >> shift - 32_768] + 2_048 * shift
    }

    private static let table: [Int] = (32_768...65_535).map {
        Int((log2(Float($0)) * 2_048).rounded(.toNearestOrAwayFromZero))
    }
}
