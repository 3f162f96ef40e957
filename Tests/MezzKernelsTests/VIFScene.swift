import MezzPixels
import MezzTestKit

/// Reference and distorted pictures for VIF and motion.
struct VIFScene: Sendable, CustomStringConvertible {
    enum Content: String, Sendable, CaseIterable {
        case black, white, impulse, checkerboard, stripes, random, smooth, smoothNoise
    }

    let width: Int
    let height: Int
    let depth: Int
    let content: Content
    let seed: UInt64

    var description: String { "\(width)x\(height) \(depth) bit \(content) seed \(seed)" }
    var format: PictureFormat { PictureFormat(width: width, height: height, bitDepth: depth, chroma: .monochrome) }

    /// - Parameter version: 0 is the reference; each other one differs from it.
    func picture(_ version: Int) -> Picture {
        var random = SeededDice(seed: seed &* 31 &+ UInt64(version))
        let picture = Picture(format: format)
        let plane = picture.planes[0]
        let largest = (1 << depth) - 1
        for row in 0..<height {
            let line = plane.base + row * plane.strideBytes
            for column in 0..<width {
                let value = min(max(sample(row, column, version, largest, &random), 0), largest)
                if depth == 8 {
                    line.storeBytes(of: UInt8(value), toByteOffset: column, as: UInt8.self)
                } else {
                    line.storeBytes(of: UInt16(value), toByteOffset: column * 2, as: UInt16.self)
                }
            }
            // What lies behind a row must not matter.
            for byte in width * format.sampleBytes..<plane.strideBytes {
                line.storeBytes(of: UInt8(random.below(256)), toByteOffset: byte, as: UInt8.self)
            }
        }
        return picture
    }

    private func sample(_ row: Int, _ column: Int, _ version: Int, _ largest: Int, _ random: inout SeededDice) -> Int {
        switch content {
        case .black: return version == 2 ? largest : 0
        case .white: return version == 1 ? largest - 1 : largest
        case .impulse: return row == height / 2 && column == (width / 2 + version) % width ? largest : 0
        case .checkerboard: return (row + column + version) & 1 == 0 ? largest : 0
        case .stripes: return (column / (2 + version) + row / 5) & 1 == 0 ? largest : largest / 7
        case .random: return random.below(largest + 1)
        case .smooth: return largest * (row * 3 + column * 2 + version) / (height * 3 + width * 2 + 2)
        case .smoothNoise:
            let slope = largest * (row * 3 + column * 2) / (height * 3 + width * 2)
            return slope + (random.below(largest / 8 + 1) - largest / 16) * (version + 1) / 2
        }
    }

    /// The luma as rows of numbers.
    func samples(_ version: Int) -> [[Int]] {
        let picture = picture(version)
        let plane = picture.planes[0]
        return withExtendedLifetime(picture) {
            (0..<height).map { row in
                let line = plane.base + row * plane.strideBytes
                return (0..<width).map { column in
                    depth == 8
                        ? Int(line.load(fromByteOffset: column, as: UInt8.self))
                        : Int(line.load(fromByteOffset: column * 2, as: UInt16.self))
                }
            }
        }
    }

    /// Runs an extractor over one frame, the items of each phase backwards.
    static func run(_ extractor: any FeatureExtractor, _ reference: Picture, _ distorted: [Picture]) -> [[Double]] {
        extractor.begin(reference: reference, distorted: distorted)
        for phase in 0..<extractor.phases {
            for item in (0..<extractor.items(in: phase)).reversed() { extractor.run(phase: phase, item: item) }
        }
        return extractor.finish()
    }
}
