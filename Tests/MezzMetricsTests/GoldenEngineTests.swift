import Foundation
import MezzCore
import MezzMetrics
import MezzPixels
import MezzTestKit
import Testing

/// The whole engine against libvmaf's plain C path, on pairs that anyone can make.
@Suite(
    "Scores of the golden pairs", .serialized, .enabled("no golden tables beside the checkout") { GoldenTable.isHere })
struct GoldenEngineTests {
    /// Large pictures cost most of the time and tell little more: only `MEZZ_GOLDEN_ALL` brings them in.
    private static let isThorough = ProcessInfo.processInfo.environment["MEZZ_GOLDEN_ALL"] != nil

    @Test("all features and scores are libvmaf's", .timeLimit(.minutes(20)))
    func pairs() async throws {
        let table = try GoldenTable()
        let files = try GoldenPairs()
        var tally = GoldenTally()
        var used = 0
        for pair in table.pairs where Self.isThorough || pair.width <= 1280 {
            guard let paths = try await files.files(of: pair) else { continue }
            let scores = try Self.score(pair, paths)
            tally.add(scores, pair, table)
            used += 1
        }
        print("golden pairs: \(used) of \(table.pairs.count) pairs\n\(tally)")
        try #require(used > 0)
        #expect(tally.failures.isEmpty, "\(tally.failures.prefix(10))")
        #expect(tally.integers.largest <= 1e-6 && tally.floats.largest <= 1e-4 && tally.scores.largest <= 1e-4)
        #expect(tally.missing.subtracting(["float_psnr", "cambi_source", "cambi_full_reference"]).isEmpty)
    }

    private static func score(
        _ pair: GoldenPair, _ paths: (reference: String, distorted: String)
    ) throws -> FrameScores {
        let format = try #require(
            PictureFormat(pixelFormat: pair.pixelFormat, width: pair.width, height: pair.height))
        let engine = try ScoringEngine(
            models: models(for: format), features: features(for: format), format: format, threads: 2)
        let reference = try RawFrames(paths.reference, format)
        let distorted = try RawFrames(paths.distorted, format)
        for _ in 0..<pair.frames {
            engine.push(reference: try reference.next(), distorted: [try distorted.next()])
        }
        return engine.finish()[0]
    }

    /// Those that pictures of this size are large enough for.
    private static func models(for format: PictureFormat) throws -> [Model] {
        try Model.knownNames.compactMap { name in
            var model = try Model(named: name)
            if name == "vmaf_b_v0.6.3" { model.scoreName = "vmaf_b" }
            return model.requests.allSatisfy { $0.fits(format) } ? model : nil
        }
    }

    private static func features(for format: PictureFormat) -> [FeatureRequest] {
        var plain = ADMOptions()
        plain.measuresAdditions = true
        var limited = plain
        limited.gainLimit = 1
        let all: [FeatureRequest] = [
            .adm(plain), .adm(limited), .motion(MotionOptions()), .vif(VIFOptions()), .cambi(CAMBIOptions()),
            .speedChroma(SpEEDOptions()), .psnr, .ssim, .msSSIM,
        ]
        return all.filter { $0.fits(format) }
    }
}
