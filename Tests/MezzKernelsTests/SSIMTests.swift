import Foundation
import MezzKernels
import MezzKernelsAVX2
import MezzPixels
import Testing

@Suite("SSIM and MS-SSIM")
struct SSIMTests {
    @Test("SSIM of every kind of picture as the plain arithmetic gives it", arguments: [8, 10, 12, 16])
    func content(_ depth: Int) {
        for (at, content) in SimilarityScene.Content.allCases.enumerated() {
            Self.check(
                Self.scene(29 + 5 * at, 21 + at, depth, content, .noise), multiScale: false, bands: 1 + at % 3)
        }
    }

    @Test("SSIM of every width, odd heights, any number of bands")
    func sizes() {
        for width in 11...80 {
            Self.check(
                Self.scene(width, 11 + width % 4, 8, .noise, .smooth), multiScale: false,
                bands: [1, 2, 3, 7][width % 4])
        }
    }

    @Test("SSIM at its reduced size", arguments: [(384, 385), (641, 640), (700, 899)])
    func reduced(_ width: Int, _ height: Int) {
        Self.check(Self.scene(width, height, 8, .smooth, .noise), multiScale: false, bands: 3)
        Self.check(Self.scene(width, height, 10, .noise, .checkerboard), multiScale: false, bands: 2)
    }

    @Test(
        "MS-SSIM as the plain arithmetic gives it",
        arguments: [(176, 176, 8), (177, 179, 8), (203, 190, 10), (193, 176, 16)])
    func multiScale(_ width: Int, _ height: Int, _ depth: Int) {
        Self.check(Self.scene(width, height, depth, .smooth, .noise), multiScale: true, bands: 3)
        Self.check(Self.scene(width, height, depth, .smooth, .white), multiScale: true, bands: 7)
        Self.check(Self.scene(width, height, depth, .noise, .checkerboard), multiScale: true, bands: 1)
    }

    @Test("a picture is its own perfect encode; a flat one has no NaN")
    func identity() {
        let scene = Self.scene(180, 180, 8, .noise, .noise)
        for content in [SimilarityScene.Content.noise, .black, .white] {
            let picture = scene.picture(content)
            let extractor = MezzKernels.SSIMExtractor(
                wantsSSIM: true, wantsMultiScale: true, format: scene.format, distorted: 1, bands: 2)
            let values = SimilarityScene.values(extractor, picture, [picture])[0]
            #expect(extractor.names == ["float_ssim", "float_ms_ssim"])
            #expect(values.allSatisfy { abs($0 - 1) < 1e-6 })
        }
    }

    @Test("one extractor for both gives what two give")
    func shared() {
        let scene = Self.scene(400, 390, 8, .smooth, .noise)
        let (reference, distorted) = (scene.picture(.smooth), scene.picture(.noise))
        let values = [(true, true), (true, false), (false, true)].map { ssim, multiScale in
            SimilarityScene.values(
                MezzKernels.SSIMExtractor(
                    wantsSSIM: ssim, wantsMultiScale: multiScale, format: scene.format, distorted: 1, bands: 2),
                reference, [distorted])[0]
        }
        #expect(values[0] == values[1] + values[2])
    }

    /// Set MEZZ_FUZZ_SECONDS to compare random scenes for that long.
    @Test("random scenes", .enabled(if: ProcessInfo.processInfo.environment["MEZZ_FUZZ_SECONDS"] != nil))
    func fuzz() {
        let seconds = Double(ProcessInfo.processInfo.environment["MEZZ_FUZZ_SECONDS"] ?? "") ?? 0
        let end = Date(timeIntervalSinceNow: seconds)
        while Date() < end {
            let multiScale = Bool.random()
            let shortest = multiScale ? 176 : 11
            let scene = SimilarityScene(
                format: PictureFormat(
                    width: shortest + .random(in: 0..<300), height: shortest + .random(in: 0..<300),
                    bitDepth: [8, 10, 12, 16][.random(in: 0..<4)], chroma: .half),
                reference: SimilarityScene.Content.allCases[.random(in: 0..<6)],
                distorted: SimilarityScene.Content.allCases[.random(in: 0..<6)], seed: .random(in: 0...1 << 40))
            Self.check(scene, multiScale: multiScale, bands: .random(in: 1...9))
            PSNRTests.check(scene, bands: .random(in: 1...9))
        }
    }

    private static func scene(
        _ width: Int, _ height: Int, _ depth: Int, _ reference: SimilarityScene.Content,
        _ distorted: SimilarityScene.Content
    ) -> SimilarityScene {
        SimilarityScene(
            format: PictureFormat(width: width, height: height, bitDepth: depth, chroma: .monochrome),
            reference: reference, distorted: distorted, seed: UInt64(width * 31 + height))
    }

    static func check(_ scene: SimilarityScene, multiScale: Bool, bands: Int) {
        let format = scene.format
        let reference = scene.picture(scene.reference)
        let distorted = [scene.picture(scene.distorted), scene.picture(scene.distorted, salt: 1)]
        let expected = (0..<2).map { salt in
            let plain = PlainSSIM(
                width: format.width, height: format.height, depth: format.bitDepth,
                reference: { scene.sample(scene.reference, 0, $0, $1) },
                distorted: { scene.sample(scene.distorted, 0, $0, $1, salt: UInt64(salt)) })
            return [plain.ssim] + (multiScale ? [plain.multiScale] : [])
        }
        let both: [any FeatureExtractor] = [
            MezzKernels.SSIMExtractor(
                wantsSSIM: true, wantsMultiScale: multiScale, format: format, distorted: 2, bands: bands),
            MezzKernelsAVX2.SSIMExtractor(
                wantsSSIM: true, wantsMultiScale: multiScale, format: format, distorted: 2, bands: bands),
        ]
        for extractor in both {
            let values = SimilarityScene.values(extractor, reference, distorted)
            // A negative mean structure makes MS-SSIM no number, on both sides.
            let isEqual = zip(values.joined(), expected.joined()).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN }
            #expect(isEqual, "\(scene.testDescription), \(bands) bands: \(values), not \(expected)")
        }
    }
}
