import MezzPixels
import Testing

/// A picture for PSNR and SSIM: samples by plane, column and row.
struct SimilarityScene: Sendable, CustomTestStringConvertible {
    enum Content: String, Sendable, CaseIterable {
        case black, white, impulse, checkerboard, noise, smooth
    }

    let format: PictureFormat
    let reference: Content
    let distorted: Content
    let seed: UInt64

    var testDescription: String {
        "\(format.width)x\(format.height) \(format.pixelFormat) \(reference) against \(distorted)"
    }

    func sample(_ content: Content, _ plane: Int, _ x: Int, _ y: Int, salt: UInt64 = 0) -> Int {
        let largest = (1 << format.bitDepth) - 1
        switch content {
        case .black: return 0
        case .white: return largest
        case .impulse: return x == format.width / 3 && y == format.height / 3 ? largest : 0
        case .checkerboard: return (x + y + Int(salt)) & 1 == 0 ? largest : 0
        case .noise: return Int(Self.mixed(seed &+ salt, plane, x, y) % UInt64(largest + 1))
        case .smooth:
            let wave = (x * 7 + y * 5) % 512
            return (wave < 256 ? wave : 511 - wave) * largest / 255
        }
    }

    func picture(_ content: Content, salt: UInt64 = 0) -> Picture {
        let picture = Picture(format: format)
        for (number, plane) in picture.planes.enumerated() {
            for y in 0..<plane.height {
                for x in 0..<plane.width {
                    let value = sample(content, number, x, y, salt: salt)
                    let row = plane.base + y * plane.strideBytes
                    if format.bitDepth > 8 {
                        row.storeBytes(of: UInt16(value), toByteOffset: 2 * x, as: UInt16.self)
                    } else {
                        row.storeBytes(of: UInt8(value), toByteOffset: x, as: UInt8.self)
                    }
                }
            }
        }
        return picture
    }

    private static func mixed(_ seed: UInt64, _ plane: Int, _ x: Int, _ y: Int) -> UInt64 {
        var z = seed &+ UInt64(plane) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(y) &* 0xD6E8_FEB8_6659_FD93 &+ UInt64(x)
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Runs an extractor over one frame, the items of each phase backwards.
    static func values(
        _ extractor: any FeatureExtractor, _ reference: Picture, _ distorted: [Picture]
    ) -> [[Double]] {
        extractor.begin(reference: reference, distorted: distorted)
        for phase in 0..<extractor.phases {
            for item in (0..<extractor.items(in: phase)).reversed() { extractor.run(phase: phase, item: item) }
        }
        return extractor.finish()
    }
}
