import Foundation
import MezzKernels
import MezzKernelsAVX2
import MezzPixels
import MezzTestKit
import Testing

@Suite("ADM")
struct ADMTests {
    @Test("both builds give what the plain arithmetic gives, for every kind of picture", arguments: [8, 10, 12, 16])
    func content(_ depth: Int) {
        for (at, kind) in ADMScene.Kind.allCases.enumerated() {
            let scene = ADMScene(width: 53 + 3 * at, height: 40 + at, depth: depth, kind: kind, seed: UInt64(at))
            scene.check(ADMVariant.all, bands: 1 + at % 3)
        }
    }

    @Test("widths around vector sizes, odd heights", arguments: [17, 18, 24, 25, 31, 32, 33, 47, 48, 63, 64, 65, 80])
    func sizes(_ width: Int) {
        for (height, kind) in [(17, ADMScene.Kind.random), (29, .swing), (35, .blurred)] {
            let scene = ADMScene(width: width, height: height, depth: 8, kind: kind, seed: UInt64(width))
            scene.check([ADMVariant.all[0], ADMVariant.all[4]], bands: 2)
        }
    }

    @Test("bands never change a bit", arguments: [1, 2, 3, 7, 40])
    func bands(_ bands: Int) {
        let scene = ADMScene(width: 90, height: 71, depth: 10, kind: .noisy, seed: 9)
        scene.check([ADMVariant.all[1]], bands: bands)
    }

    @Test("several encodes are scored as each alone")
    func several() {
        let format = PictureFormat(width: 70, height: 50, bitDepth: 8, chroma: .monochrome)
        let scenes = [ADMScene.Kind.noisy, .blurred, .random].map {
            ADMScene(width: 70, height: 50, depth: 8, kind: $0, seed: 4)
        }
        let reference = scenes[0].pictures.reference
        let options = ADMVariant.all.map(\.options)
        let together = MezzKernels.ADMExtractor(variants: options, format: format, distorted: 3, bands: 2)
        let alone = MezzKernels.ADMExtractor(variants: options, format: format, distorted: 1, bands: 1)
        let encodes = scenes.map(\.pictures.distorted)
        let each = encodes.flatMap { ADMScene.run(alone, reference, [$0]) }
        #expect(ADMScene.run(together, reference, encodes) == each)
        // Fewer encodes than there is room for.
        #expect(ADMScene.run(together, reference, Array(encodes.prefix(2))) == Array(each.prefix(2)))
    }

    @Test("an encode equal to its reference is perfect")
    func identity() {
        let scene = ADMScene(width: 64, height: 48, depth: 8, kind: .random, seed: 3)
        let extractor = MezzKernels.ADMExtractor(
            variants: [ADMOptions()], format: scene.format, distorted: 1, bands: 1)
        let picture = scene.pictures.reference
        let values = ADMScene.run(extractor, picture, [picture])[0]
        #expect(values.allSatisfy { abs($0 - 1) < 0.01 })
    }

    @Test("names carry libvmaf's suffixes")
    func names() {
        let format = PictureFormat(width: 64, height: 64, bitDepth: 8, chroma: .monochrome)
        var far = ADMVariant.blended(distance: 5, height: 2160)
        far.measuresAdditions = false
        let extractor = MezzKernels.ADMExtractor(
            variants: [ADMOptions(), far], format: format, distorted: 1, bands: 1)
        let suffix = "_csf_2_dlmw_0.7_egl_1_min_0.5_nw_0.02_nvd_5_rdh_2160"
        let features = ["adm2", "adm_scale0", "adm_scale1", "adm_scale2", "adm_scale3"].map { "integer_\($0)" }
        #expect(extractor.names == features + features.map { $0 + suffix })
    }

    @Test("what cannot be computed is refused")
    func refusal() {
        var close = ADMOptions()
        close.viewingDistance = 2.9
        var unknown = ADMVariant.blended(distance: 3.5, height: 1080)
        unknown.gainLimit = 1
        var weak = ADMOptions()
        weak.gainLimit = 0.5
        var lost = ADMOptions()
        lost.viewingDistance = .nan
        for options in [close, unknown, weak, lost] { #expect(MezzKernels.ADMExtractor.refusal(options) != nil) }
        for variant in ADMVariant.all { #expect(MezzKernels.ADMExtractor.refusal(variant.options) == nil) }
    }

    /// `MEZZ_FUZZ_SECONDS=60` looks for differences that long.
    @Test("random pictures")
    func fuzz() {
        let seconds = ProcessInfo.processInfo.environment["MEZZ_FUZZ_SECONDS"].flatMap(Double.init) ?? 0.5
        let end = Date(timeIntervalSinceNow: seconds)
        var source = SeededDice(seed: seconds > 1 ? UInt64(end.timeIntervalSince1970) : 5)
        while Date() < end {
            let scene = ADMScene(
                width: 17 + source.below(184), height: 17 + source.below(104),
                depth: [8, 9, 10, 12, 14, 16][source.below(6)],
                kind: ADMScene.Kind.allCases[source.below(ADMScene.Kind.allCases.count)],
                seed: UInt64(source.below(1 << 30)))
            scene.check(ADMVariant.all, bands: 1 + source.below(9))
        }
    }
}
