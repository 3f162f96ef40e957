import Foundation
import MezzKernels
import MezzPixels
import MezzTestKit
import Testing

#if arch(x86_64)
import MezzKernelsAVX2
#endif

struct CAMBIExtractorTests {
    private static let model: CAMBIOptions = {
        var options = CAMBIOptions()
        options.halfSizeFrom = 1080
        options.visibleLuminance = 0.06
        options.maximum = 17
        return options
    }()

    @Test func namesAreThoseOfLibvmaf() {
        let format = PictureFormat(width: 216, height: 1, bitDepth: 8, chroma: .monochrome)
        let extractor = MezzKernels.CAMBIExtractor(
            variants: [CAMBIOptions(), Self.model], format: format, distorted: 1, bands: 1)
        #expect(extractor.names == ["cambi", "cambi_hrs_1080_cmxv_17_vlt_0.06"])
    }

    @Test func refusesSizesOutsideTheLimits() {
        func accepts(_ width: Int, _ height: Int) -> Bool {
            let format = PictureFormat(width: width, height: height, bitDepth: 8, chroma: .half)
            return MezzKernels.CAMBIExtractor.accepts(format)
        }
        #expect(accepts(216, 1) && accepts(1, 216) && accepts(15_360, 8_192))
        #expect(!accepts(215, 215) && !accepts(23_000, 700) && !accepts(.max, .max))
    }

    @Test(arguments: CAMBIPattern.allCases)
    func equalsThePlainForm(_ pattern: CAMBIPattern) {
        for depth in [8, 9, 10, 12, 16] {
            check(pattern, width: 216 + depth, height: 37, depth: depth, bands: 3, seed: 1)
        }
        for (width, height) in [(216, 1), (1, 216), (2, 217), (231, 2), (640, 33), (240, 250)] {
            check(pattern, width: width, height: height, depth: 8, bands: 2, seed: 2)
        }
    }

    @Test func equalsThePlainFormAtManyWidths() {
        for width in 216...248 {
            check(.ramp, width: width, height: 19, depth: 8, bands: 1, seed: UInt64(width))
            check(.speckles, width: width, height: 18, depth: 10, bands: 1, seed: UInt64(width))
        }
    }

    @Test func equalsThePlainFormAtHalfSize() {
        check(.ramp, width: 1_920, height: 1_080, depth: 8, bands: 1, variants: [Self.model], seed: 3)
    }

    @Test func equalsThePlainFormWithTheLargestWindow() {
        check(.dark, width: 23_600, height: 12, depth: 10, bands: 1, variants: [CAMBIOptions()], seed: 4)
    }

    @Test func aFuzzFindsNothing() {
        let seconds = ProcessInfo.processInfo.environment["MEZZ_FUZZ_SECONDS"].flatMap(Double.init) ?? 0.5
        let end = Date(timeIntervalSinceNow: seconds)
        var random = SeededDice(seed: seconds > 1 ? UInt64(end.timeIntervalSince1970) : 5)
        while Date() < end {
            let sides = [216 + random.below(300), 1 + random.below(120)]
            let upright = random.below(2)
            check(
                random.one(of: CAMBIPattern.allCases), width: sides[upright], height: sides[1 - upright],
                depth: random.one(of: [8, 9, 10, 12, 16]), bands: random.one(of: [1, 2, 3, 7]),
                seed: UInt64(random.below(1 << 30)))
        }
    }

    private func check(
        _ pattern: CAMBIPattern, width: Int, height: Int, depth: Int, bands: Int,
        variants: [CAMBIOptions] = [CAMBIOptions(), Self.model], seed: UInt64
    ) {
        let format = PictureFormat(width: width, height: height, bitDepth: depth, chroma: .monochrome)
        let pictures = [pattern.picture(format, seed: seed), CAMBIPattern.steps.picture(format, seed: seed)]
        let plain = pictures.map { picture in variants.map { PlainCAMBI(options: $0).score(picture) } }
        let place: Comment = "\(pattern) \(width)x\(height) \(depth) bit, \(bands) bands, seed \(seed)"
        for bands in Set([1, bands]) {
            let base = MezzKernels.CAMBIExtractor(variants: variants, format: format, distorted: 2, bands: bands)
            #expect(values(of: base, pictures) == plain, place)
            // What a frame leaves behind must not change the next.
            #expect(values(of: base, pictures.reversed()) == plain.reversed(), place)
            #if arch(x86_64)
            let wide = MezzKernelsAVX2.CAMBIExtractor(variants: variants, format: format, distorted: 2, bands: bands)
            #expect(values(of: wide, pictures) == plain, place)
            #endif
        }
    }

    private func values(of extractor: some FeatureExtractor, _ pictures: [Picture]) -> [[Double]] {
        extractor.begin(reference: pictures[0], distorted: pictures)
        for phase in 0..<extractor.phases {
            // The order of a phase's items must not matter.
            for item in (0..<extractor.items(in: phase)).reversed() { extractor.run(phase: phase, item: item) }
        }
        return extractor.finish()
    }
}
