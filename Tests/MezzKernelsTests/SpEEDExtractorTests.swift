import Foundation
import MezzKernels
import MezzPixels
import MezzTestKit
import Testing

#if arch(x86_64)
import MezzKernelsAVX2
#endif

struct SpEEDExtractorTests {
    private static func model(prescale: Double, weighting: Int = 5) -> SpEEDOptions {
        var options = SpEEDOptions()
        options.noiseFloor = 0.1
        options.noiseSigma = 0.19
        options.weighting = weighting
        options.maximum = 45
        options.prescale = prescale
        return options
    }

    @Test func namesAreThoseOfLibvmaf() {
        let format = PictureFormat(width: 640, height: 360, bitDepth: 8, chroma: .half)
        let extractor = MezzKernels.SpEEDExtractor(
            variants: [SpEEDOptions(), Self.model(prescale: 1), Self.model(prescale: 0.6)], format: format,
            distorted: 1, bands: 1)
        let suffixes = ["", "_mxv_45_nnf_0.1_snn_0.19_wvm_5", "_mxv_45_nnf_0.1_ps_0.6_psm_bilinear_snn_0.19_wvm_5"]
        #expect(
            extractor.names == suffixes.flatMap { suffix in ["u", "v", "uv"].map { "speed_chroma_\($0)\(suffix)" } })
    }

    @Test func refusesWhatHasNoChromaOrTooLittle() {
        func accepts(_ width: Int, _ height: Int, _ chroma: ChromaSubsampling, _ prescale: Double = 1) -> Bool {
            let format = PictureFormat(width: width, height: height, bitDepth: 8, chroma: chroma)
            return MezzKernels.SpEEDExtractor.accepts(format, Self.model(prescale: prescale))
        }
        #expect(accepts(160, 160, .half) && accepts(161, 160, .half) && accepts(160, 80, .halfWidth))
        #expect(accepts(80, 80, .full) && accepts(266, 266, .half, 0.6) && accepts(318, 318, .half, 0.5))
        #expect(!accepts(159, 160, .half) && !accepts(160, 79, .halfWidth) && !accepts(317, 318, .half, 0.5))
        #expect(!accepts(640, 640, .monochrome) && !accepts(.max, .max, .full))
        #expect(!accepts(640, 640, .full, .infinity) && !accepts(640, 640, .full, .nan))
    }

    @Test(arguments: CAMBIPattern.allCases)
    func equalsThePlainForm(_ pattern: CAMBIPattern) {
        for depth in [8, 9, 10, 12, 16] {
            let format = PictureFormat(width: 235, height: 190 + depth, bitDepth: depth, chroma: .full)
            check(pattern, format, [Self.model(prescale: 1), Self.model(prescale: 0.6)], seed: 1)
        }
    }

    @Test(arguments: [ChromaSubsampling.half, .halfWidth, .full])
    func equalsThePlainFormAtManySizes(_ chroma: ChromaSubsampling) {
        for (width, height) in [(160, 160), (161, 163), (333, 281), (490, 340)] {
            let format = PictureFormat(width: width, height: height, bitDepth: 8, chroma: chroma)
            check(.random, format, [SpEEDOptions(), Self.model(prescale: 1.5)], seed: 2)
        }
    }

    @Test(arguments: 0...6)
    func weighsAsThePlainForm(_ weighting: Int) {
        let format = PictureFormat(width: 300, height: 240, bitDepth: 8, chroma: .full)
        check(.random, format, [Self.model(prescale: 1, weighting: weighting)], seed: 3)
    }

    @Test func aFuzzFindsNothing() {
        let seconds = ProcessInfo.processInfo.environment["MEZZ_FUZZ_SECONDS"].flatMap(Double.init) ?? 0.5
        let end = Date(timeIntervalSinceNow: seconds)
        var random = SeededDice(seed: seconds > 1 ? UInt64(end.timeIntervalSince1970) : 5)
        while Date() < end {
            let format = PictureFormat(
                width: 160 + random.below(300), height: 160 + random.below(300),
                bitDepth: random.one(of: [8, 9, 10, 12, 16]), chroma: random.one(of: [.half, .halfWidth, .full]))
            let wanted = [1, 0.5, 0.6, 1.3].map { Self.model(prescale: $0, weighting: random.below(7)) }
            check(
                random.one(of: CAMBIPattern.allCases), format,
                wanted.filter { MezzKernels.SpEEDExtractor.accepts(format, $0) }, seed: UInt64(random.below(1 << 30)))
        }
    }

    private func check(_ pattern: CAMBIPattern, _ format: PictureFormat, _ variants: [SpEEDOptions], seed: UInt64) {
        let reference = CAMBIPattern.random.picture(format, seed: seed + 1)
        let distorted = [pattern.picture(format, seed: seed), mixed(reference, pattern.picture(format, seed: seed))]
        let plain = distorted.map { picture in
            variants.flatMap { PlainSpEED(options: $0).scores(reference: reference, distorted: picture) }
        }
        let place: Comment = "\(pattern) \(format), seed \(seed)"
        let base = MezzKernels.SpEEDExtractor(variants: variants, format: format, distorted: 3, bands: 2)
        #expect(values(of: base, reference, distorted) == plain, place)
        #if arch(x86_64)
        let wide = MezzKernelsAVX2.SpEEDExtractor(variants: variants, format: format, distorted: 2, bands: 1)
        #expect(values(of: wide, reference, distorted) == plain, place)
        #endif
    }

    /// Rows of two pictures in turn: related to both, and rarely singular.
    private func mixed(_ a: Picture, _ b: Picture) -> Picture {
        let out = Picture(format: a.format)
        for (plane, to) in out.planes.enumerated() {
            for row in 0..<to.height {
                let source = (row % 3 == 0 ? b : a).planes[plane]
                (to.base + row * to.strideBytes).copyMemory(
                    from: source.base + row * source.strideBytes, byteCount: to.width * a.format.sampleBytes)
            }
        }
        return out
    }

    private func values(
        of extractor: some FeatureExtractor, _ reference: Picture, _ distorted: [Picture]
    ) -> [[Double]] {
        extractor.begin(reference: reference, distorted: distorted)
        for item in (0..<extractor.items(in: 0)).reversed() { extractor.run(phase: 0, item: item) }
        return extractor.finish()
    }
}
