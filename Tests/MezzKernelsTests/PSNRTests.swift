import Foundation
import MezzKernels
import MezzKernelsAVX2
import MezzPixels
import Testing

@Suite("PSNR")
struct PSNRTests {
    @Test(
        "both builds give what the plain arithmetic gives, for every kind of picture", arguments: [8, 10, 12, 16],
        ChromaSubsampling.allCases)
    func content(_ depth: Int, _ chroma: ChromaSubsampling) {
        for (at, content) in SimilarityScene.Content.allCases.enumerated() {
            let format = PictureFormat(width: 70 + 3 * at, height: 9 + at, bitDepth: depth, chroma: chroma)
            Self.check(
                SimilarityScene(format: format, reference: content, distorted: .noise, seed: 3), bands: 1 + at % 3)
        }
    }

    @Test("every width, odd heights, bands never change a bit", arguments: [8, 10])
    func sizes(_ depth: Int) {
        for width in 1...80 {
            let format = PictureFormat(width: width, height: 1 + width % 5, bitDepth: depth, chroma: .half)
            for bands in [1, 2, 7] {
                Self.check(
                    SimilarityScene(format: format, reference: .noise, distorted: .white, seed: UInt64(width)),
                    bands: bands)
            }
        }
    }

    @Test("the largest difference on a long row", arguments: [8, 16])
    func extreme(_ depth: Int) {
        let format = PictureFormat(width: 140_000, height: 2, bitDepth: depth, chroma: .monochrome)
        Self.check(SimilarityScene(format: format, reference: .white, distorted: .black, seed: 1), bands: 2)
    }

    @Test("an encode equal to its reference reaches the cap", arguments: [(8, 60.0), (10, 72), (12, 84), (16, 108)])
    func identity(_ depth: Int, _ cap: Double) {
        let format = PictureFormat(width: 33, height: 17, bitDepth: depth, chroma: .half)
        let scene = SimilarityScene(format: format, reference: .noise, distorted: .noise, seed: 4)
        let picture = scene.picture(.noise)
        let extractor = MezzKernels.PSNRExtractor(format: format, distorted: 1, bands: 1)
        #expect(SimilarityScene.values(extractor, picture, [picture]) == [[cap, cap, cap]])
    }

    static func check(_ scene: SimilarityScene, bands: Int) {
        let format = scene.format
        let reference = scene.picture(scene.reference)
        let distorted = (0..<2).map { scene.picture(scene.distorted, salt: $0) }
        let expected = (0..<2).map { salt in
            (0..<format.chroma.planes).compactMap { plain(scene, plane: $0, salt: UInt64(salt)) }
        }
        let both: [any FeatureExtractor] = [
            MezzKernels.PSNRExtractor(format: format, distorted: 2, bands: bands),
            MezzKernelsAVX2.PSNRExtractor(format: format, distorted: 2, bands: bands),
        ]
        for extractor in both {
            #expect(SimilarityScene.values(extractor, reference, distorted) == expected, "\(scene.testDescription)")
            #expect(extractor.names.count == expected[0].count)
        }
    }

    /// `nil` for a plane without whole samples.
    private static func plain(_ scene: SimilarityScene, plane: Int, salt: UInt64) -> Double? {
        let format = scene.format
        let width = plane == 0 ? format.width : format.width >> format.chroma.horizontalShift
        let height = plane == 0 ? format.height : format.height >> format.chroma.verticalShift
        guard width > 0, height > 0 else { return nil }
        var squares = 0
        for y in 0..<height {
            for x in 0..<width {
                let difference =
                    scene.sample(scene.reference, plane, x, y) - scene.sample(scene.distorted, plane, x, y, salt: salt)
                squares += difference * difference
            }
        }
        let mse = Double(squares) / Double(width * height)
        let peak = Double((1 << format.bitDepth) - 1)
        return min(10 * log10(peak * peak / max(mse, 1e-16)), Double(6 * format.bitDepth + 12))
    }
}
