import Foundation
import MezzKernels
import MezzKernelsAVX2
import MezzPixels
import MezzTestKit
import Testing

@Suite("VIF")
struct VIFTests {
    static let variants: [VIFOptions] = [100, 1, 1.5].map { limit in
        var options = VIFOptions()
        options.gainLimit = limit
        return options
    }

    @Test(
        "both builds give what the plain arithmetic gives, for every kind of picture",
        arguments: [8, 9, 10, 12, 14, 16])
    func content(_ depth: Int) {
        for (at, content) in VIFScene.Content.allCases.enumerated() {
            Self.check(
                VIFScene(width: 37 + 3 * at, height: 22 + at, depth: depth, content: content, seed: UInt64(at)),
                bands: 1 + at % 3)
        }
    }

    @Test("widths around vector sizes, odd heights", arguments: 16...80)
    func sizes(_ width: Int) {
        let heights = [16, 17, 21, 35]
        for depth in [8, 10] {
            let scene = VIFScene(
                width: width, height: heights[width % 4], depth: depth, content: .random, seed: UInt64(width))
            Self.check(scene, bands: [1, 2, 3, 7][width / 4 % 4])
        }
    }

    @Test("strips of columns meet without a trace", arguments: [383, 384, 385, 392, 400, 401, 769])
    func strips(_ width: Int) {
        for depth in [8, 16] {
            Self.check(
                VIFScene(width: width, height: 18, depth: depth, content: .smoothNoise, seed: UInt64(width)), bands: 2)
        }
    }

    @Test("bands never change a bit", arguments: [1, 2, 3, 7, 40])
    func bands(_ bands: Int) {
        Self.check(VIFScene(width: 50, height: 61, depth: 8, content: .smoothNoise, seed: 9), bands: bands)
    }

    @Test("fewer encodes than there is room for, none, and again all")
    func several() {
        let scene = VIFScene(width: 40, height: 40, depth: 8, content: .random, seed: 4)
        let pictures = (0..<4).map { scene.picture($0) }
        let extractor = MezzKernels.VIFExtractor(
            variants: Self.variants, format: scene.format, distorted: 3, bands: 2)
        let all = VIFScene.run(extractor, pictures[0], Array(pictures[1...]))
        #expect(all.count == 3)
        #expect(VIFScene.run(extractor, pictures[0], [pictures[2]]) == [all[1]])
        #expect(VIFScene.run(extractor, pictures[0], []).isEmpty)
        #expect(VIFScene.run(extractor, pictures[0], Array(pictures[1...])) == all)
    }

    @Test("an encode equal to its reference is perfect", arguments: [8, 10])
    func identity(_ depth: Int) {
        let scene = VIFScene(width: 64, height: 48, depth: depth, content: .random, seed: 3)
        let extractor = MezzKernels.VIFExtractor(
            variants: [VIFOptions()], format: scene.format, distorted: 1, bands: 1)
        let picture = scene.picture(0)
        let values = VIFScene.run(extractor, picture, [picture])[0]
        #expect(values.allSatisfy { abs($0 - 1) < 1e-4 })
    }

    @Test("names carry libvmaf's suffixes")
    func names() {
        let format = PictureFormat(width: 64, height: 64, bitDepth: 8, chroma: .monochrome)
        let extractor = MezzKernels.VIFExtractor(variants: Self.variants, format: format, distorted: 1, bands: 1)
        let features = (0..<4).map { "integer_vif_scale\($0)" }
        #expect(extractor.names == ["", "_egl_1", "_egl_1.5"].flatMap { suffix in features.map { $0 + suffix } })
    }

    /// `MEZZ_FUZZ_SECONDS=60` looks for differences that long.
    @Test("random pictures")
    func fuzz() {
        let seconds = ProcessInfo.processInfo.environment["MEZZ_FUZZ_SECONDS"].flatMap(Double.init) ?? 0.5
        let end = Date(timeIntervalSinceNow: seconds)
        var random = SeededDice(seed: seconds > 1 ? UInt64(end.timeIntervalSince1970) : 5)
        while Date() < end {
            let contents = VIFScene.Content.allCases
            let scene = VIFScene(
                width: 16 + random.below(random.below(8) == 0 ? 500 : 100), height: 16 + random.below(60),
                depth: 8 + random.below(9), content: contents[random.below(contents.count)],
                seed: UInt64(random.below(1 << 30)))
            Self.check(scene, bands: 1 + random.below(9))
        }
    }

    /// Compares both builds with the plain arithmetic, for two encodes and all variants.
    static func check(_ scene: VIFScene, bands: Int) {
        let expected = [1, 2].map { version in
            variants.flatMap {
                PlainVIF(depth: scene.depth, gainLimit: $0.gainLimit).values(scene.samples(0), scene.samples(version))
            }
        }
        let pictures = (0..<3).map { scene.picture($0) }
        let builds: [any FeatureExtractor] = [
            MezzKernels.VIFExtractor(variants: variants, format: scene.format, distorted: 2, bands: bands),
            MezzKernelsAVX2.VIFExtractor(variants: variants, format: scene.format, distorted: 2, bands: bands),
        ]
        for build in builds {
            let found = VIFScene.run(build, pictures[0], Array(pictures[1...]))
            #expect(found == expected, "\(scene), \(bands) bands, \(type(of: build))")
        }
    }
}
