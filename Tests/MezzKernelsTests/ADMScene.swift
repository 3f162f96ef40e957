import Foundation
import MezzKernels
import MezzKernelsAVX2
import MezzPixels
import MezzTestKit
import Testing

/// Options with the weights the plain arithmetic takes for them.
struct ADMVariant {
    let options: ADMOptions
    let weights: PlainADMWeights

    static let all = [
        ADMVariant(options: plain(gain: 100), weights: .watson),
        ADMVariant(options: plain(gain: 1), weights: .watson),
        ADMVariant(options: plain(gain: 1.7), weights: .watson),
        ADMVariant(options: plain(gain: 100, height: 2160), weights: .watsonFar),
        ADMVariant(options: blended(distance: 3, height: 1080), weights: .blended),
        ADMVariant(options: blended(distance: 5, height: 2160), weights: .blendedFar),
    ]

    private static func plain(gain: Double, height: Int = 1080) -> ADMOptions {
        var options = ADMOptions()
        options.gainLimit = gain
        options.displayHeight = height
        options.measuresAdditions = true
        return options
    }

    /// Those of the v1 models.
    static func blended(distance: Double, height: Int) -> ADMOptions {
        var options = plain(gain: 1, height: height)
        options.viewingDistance = distance
        options.sensitivity = .blended
        options.noiseWeight = 0.02
        options.detailLossWeight = 0.7
        options.minimum = 0.5
        return options
    }
}

/// A reference and an encode of it, made from a seed.
struct ADMScene: CustomStringConvertible {
    enum Kind: CaseIterable {
        case black, white, impulse, checkerboard, swing, random, smooth, noisy, blurred, contrast
    }

    let width: Int
    let height: Int
    let depth: Int
    let kind: Kind
    let seed: UInt64

    var format: PictureFormat { PictureFormat(width: width, height: height, bitDepth: depth, chroma: .monochrome) }
    var description: String { "\(kind) \(width)x\(height) \(depth) bit, seed \(seed)" }

    private var planes: (PlainADMPlane, PlainADMPlane) {
        var source = SeededDice(seed: seed &* 2 &+ 1)
        let most = (1 << depth) - 1
        let make = { (value: (Int, Int) -> Int) in
            let samples = (0..<(width * height)).map { min(max(value($0 / width, $0 % width), 0), most) }
            return PlainADMPlane(width: width, height: height, samples: samples)
        }
        let wave = { (row: Int, column: Int) in
            Int(Double(most) * (0.5 + 0.4 * sin(Double(row) / 3) * cos(Double(column) / 5)))
        }
        let any = make { _, _ in source.below(most + 1) }
        switch kind {
        case .black: return (make { _, _ in 0 }, make { _, _ in 0 })
        case .white: return (make { _, _ in most }, any)
        case .impulse: return (make { $0 == height / 2 && $1 == width / 2 ? most : 0 }, make { _, _ in most / 2 })
        case .checkerboard: return (make { ($0 ^ $1) & 1 == 0 ? most : 0 }, make { ($0 ^ $1) & 2 == 0 ? most : 0 })
        case .swing: return (make { _, _ in source.below(2) * most }, make { _, _ in source.below(2) * most })
        case .random: return (any, make { _, _ in source.below(most + 1) })
        case .smooth: return (make(wave), make { wave($0 + 1, $1) })
        case .noisy: return (make(wave), make { wave($0, $1) + source.below(most / 16 + 1) - most / 32 })
        case .blurred: return (any, make { any[$0, $1] / 2 + any[max(0, $0 - 1), max(0, $1 - 1)] / 2 })
        case .contrast: return (any, make { (any[$0, $1] - most / 2) * 101 / 100 + most / 2 })
        }
    }

    var pictures: (reference: Picture, distorted: Picture) {
        (Self.picture(planes.0, format), Self.picture(planes.1, format))
    }

    private static func picture(_ plane: PlainADMPlane, _ format: PictureFormat) -> Picture {
        let picture = Picture(format: format)
        let bytes = plane.samples.flatMap { sample in
            format.sampleBytes == 1 ? [UInt8(sample)] : [UInt8(sample & 255), UInt8(sample >> 8)]
        }
        bytes.withUnsafeBytes { picture.fill(from: $0) }
        return picture
    }

    /// Compares both builds with the plain arithmetic.
    func check(_ variants: [ADMVariant], bands: Int) {
        let (reference, distorted) = planes
        let expected = variants.flatMap {
            PlainADM(options: $0.options, weights: $0.weights)
                .values(reference: reference, distorted: distorted, depth: depth)
        }
        let options = variants.map(\.options)
        var builds: [any FeatureExtractor] = [
            MezzKernels.ADMExtractor(variants: options, format: format, distorted: 1, bands: bands)
        ]
        if Self.hasAVX2 {
            builds.append(
                MezzKernelsAVX2.ADMExtractor(variants: options, format: format, distorted: 1, bands: bands))
        }
        let pictures = (Self.picture(reference, format), Self.picture(distorted, format))
        for build in builds {
            // Twice, to see that nothing is left over from the frame before.
            for _ in 0..<2 {
                let values = Self.run(build, pictures.0, [pictures.1])[0]
                #expect(values == expected, "\(type(of: build)): \(self)")
            }
        }
    }

    /// Items of a phase in reverse order.
    static func run(_ extractor: any FeatureExtractor, _ reference: Picture, _ distorted: [Picture]) -> [[Double]] {
        extractor.begin(reference: reference, distorted: distorted)
        for phase in 0..<extractor.phases {
            for item in (0..<extractor.items(in: phase)).reversed() { extractor.run(phase: phase, item: item) }
        }
        return extractor.finish()
    }

    private static let hasAVX2: Bool = {
        #if arch(x86_64)
        (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.contains("avx2") ?? false
        #else
        true
        #endif
    }()
}
