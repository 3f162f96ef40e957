import Foundation
import MezzKernels
import MezzKernelsAVX2
import MezzPixels
import MezzTestKit
import Testing

@Suite("Motion")
struct MotionTests {
    /// Both arithmetics, over one and over two frames.
    static let variants: [MotionOptions] = MotionOptions.Arithmetic.allCases.flatMap { arithmetic in
        [false, true].map { isWide in
            var options = MotionOptions()
            options.arithmetic = arithmetic
            options.fiveFrameWindow = isWide
            options.maximum = 1e9
            return options
        }
    }

    @Test(
        "both builds give what the plain arithmetic gives, for every kind of picture",
        arguments: [8, 9, 10, 12, 14, 16])
    func content(_ depth: Int) {
        for (at, content) in VIFScene.Content.allCases.enumerated() {
            Self.check(
                VIFScene(width: 37 + 3 * at, height: 20 + at, depth: depth, content: content, seed: UInt64(at)),
                bands: 1 + at % 3)
        }
    }

    @Test("every width, odd heights", arguments: 3...80)
    func sizes(_ width: Int) {
        for depth in [8, 10, 16] {
            let scene = VIFScene(
                width: width, height: 3 + width % 6, depth: depth, content: .random, seed: UInt64(width))
            Self.check(scene, bands: [1, 2, 3, 7][width % 4])
        }
    }

    @Test("bands never change a bit", arguments: [1, 2, 3, 7, 40])
    func bands(_ bands: Int) {
        Self.check(VIFScene(width: 50, height: 61, depth: 8, content: .smoothNoise, seed: 9), bands: bands)
    }

    @Test("one row of values, with or without encodes; limits and forced zeros")
    func options() {
        let scene = VIFScene(width: 32, height: 24, depth: 8, content: .random, seed: 2)
        var limited = MotionOptions()
        limited.maximum = 0.5
        var zero = MotionOptions()
        zero.forcesZero = true
        let extractor = MezzKernels.MotionExtractor(
            variants: [MotionOptions(), limited, zero], format: scene.format, distorted: 2, bands: 1)
        #expect(VIFScene.run(extractor, scene.picture(0), []) == [[0, 0, 0]])
        let values = VIFScene.run(extractor, scene.picture(1), [scene.picture(2), scene.picture(2)])
        #expect(values.count == 1)
        #expect(values[0][0] > 1)
        #expect(values[0][1...] == [0.5, 0])
    }

    @Test("names carry libvmaf's suffixes")
    func names() {
        let format = PictureFormat(width: 64, height: 64, bitDepth: 8, chroma: .monochrome)
        var wide = MotionOptions()
        wide.maximum = 18
        wide.fiveFrameWindow = true
        wide.movingAverage = true
        let extractor = MezzKernels.MotionExtractor(
            variants: [MotionOptions(), wide], format: format, distorted: 1, bands: 1)
        let base = "VMAF_integer_feature_motion_sad_score"
        #expect(extractor.names == [base, base + "_mffw_mmxv_18_mma"])
    }

    /// `MEZZ_FUZZ_SECONDS=60` looks for differences that long.
    @Test("random pictures")
    func fuzz() {
        let seconds = ProcessInfo.processInfo.environment["MEZZ_FUZZ_SECONDS"].flatMap(Double.init) ?? 0.3
        let end = Date(timeIntervalSinceNow: seconds)
        var random = SeededDice(seed: seconds > 1 ? UInt64(end.timeIntervalSince1970) : 7)
        while Date() < end {
            let contents = VIFScene.Content.allCases
            let scene = VIFScene(
                width: 3 + random.below(150), height: 3 + random.below(60), depth: 8 + random.below(9),
                content: contents[random.below(contents.count)], seed: UInt64(random.below(1 << 30)))
            Self.check(scene, bands: 1 + random.below(9))
        }
    }

    /// Compares both builds with the plain arithmetic over four frames.
    static func check(_ scene: VIFScene, bands: Int) {
        let frames = [0, 1, 2, 1]
        let samples = frames.map { scene.samples($0) }
        let expected = frames.indices.map { frame in
            variants.map { options in
                let before = frame - (options.fiveFrameWindow ? 2 : 1)
                guard before >= 0 else { return 0.0 }
                return PlainMotion(depth: scene.depth, isOld: options.arithmetic == .release31)
                    .score(samples[before], samples[frame])
            }
        }
        let builds: [any FeatureExtractor] = [
            MezzKernels.MotionExtractor(variants: variants, format: scene.format, distorted: 1, bands: bands),
            MezzKernelsAVX2.MotionExtractor(variants: variants, format: scene.format, distorted: 1, bands: bands),
        ]
        for build in builds {
            let found = frames.flatMap { VIFScene.run(build, scene.picture($0), []) }
            #expect(found == expected, "\(scene), \(bands) bands, \(type(of: build))")
        }
    }
}
