import Foundation
import MezzCore
import MezzMetrics
import MezzPixels
import MezzTestKit
import Testing

/// Whole logs against the libvmaf inside the FFmpeg that is here.
@Suite("Logs of libvmaf, made on the spot", .timeLimit(.minutes(3)))
struct LibvmafOnTheSpotTests {
    private static let format = PictureFormat(width: 640, height: 360, bitDepth: 8, chroma: .half)
    private static let frames = 8

    @Test("the default log has the same names in the same order, and the same values", arguments: [1, 3])
    func defaults(_ every: Int) async throws {
        try await Self.compare(
            options: "", models: [("vmaf_v0.6.1", "vmaf")], features: [.adm(Self.wide())], every: every)
    }

    @Test("two models share what they can")
    func neg() async throws {
        try await Self.compare(
            options: "model='version=vmaf_v0.6.1|version=vmaf_v0.6.1neg\\:name=neg':",
            models: [("vmaf_v0.6.1", "vmaf"), ("vmaf_v0.6.1neg", "neg")],
            features: [.adm(Self.wide()), .adm(Self.wide(gainLimit: 1))])
    }

    @Test("a v1 model, the phone transform, PSNR")
    func v1() async throws {
        try await Self.compare(
            options: "model='version=vmaf_v1.0.16_hfr_3d0h\\:name=hfr|version=vmaf_v0.6.1\\:name=phone"
                + "\\:enable_transform=true':feature='name=psnr':",
            models: [("vmaf_v1.0.16_hfr_3d0h", "hfr"), ("vmaf_v0.6.1:phone", "phone")],
            features: [.adm(Self.wide()), .psnr])
    }

    private static func wide(gainLimit: Double = 100) -> ADMOptions {
        var options = ADMOptions()
        options.measuresAdditions = true
        options.gainLimit = gainLimit
        return options
    }

    private static func compare(
        options: String, models: [(name: String, score: String)], features: [FeatureRequest], every: Int = 1
    ) async throws {
        try await TestFolder.with { folder in
            let maker = try MediaMaker(in: folder)
            let raw = ["-frames:v", String(frames), "-pix_fmt", "yuv420p", "-f", "rawvideo"]
            let picture = ["-f", "lavfi", "-i", "mandelbrot=size=640x360:rate=25"]
            try await maker.make("reference.yuv", picture + raw)
            try await maker.make(
                "distorted.yuv", picture + ["-vf", "scale=320:180,noise=alls=12:all_seed=3,scale=640:360"] + raw)
            let input = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", "640x360", "-r", "25", "-i"]
            for form in LibvmafLogWriter.Form.allCases {
                let filter =
                    "libvmaf=\(options)n_subsample=\(every):log_fmt=\(form.rawValue):log_path=\(folder(form.rawValue))"
                let end = try await maker.ffmpeg(
                    input + [folder("distorted.yuv")] + input + [folder("reference.yuv"), "-lavfi", filter]
                        + ["-f", "null", "-"])
                try #require(end.status == 0, "\(end.errorText)")
            }
            let scores = try score(folder, models, features, every)
            let writer = LibvmafLogWriter(version: "", speed: 0)
            for form in LibvmafLogWriter.Form.allCases {
                try expectAlike(writer.text(scores, form), folder.text(form.rawValue))
            }
        }
    }

    private static func score(
        _ folder: TestFolder, _ models: [(name: String, score: String)], _ features: [FeatureRequest], _ every: Int
    ) throws -> FrameScores {
        let models = try models.map { name, score in
            var model = try Model(named: name)
            model.scoreName = score
            return model
        }
        let engine = try ScoringEngine(models: models, features: features, format: format, threads: 2, every: every)
        let reference = try RawFrames(folder("reference.yuv"), format)
        let distorted = try RawFrames(folder("distorted.yuv"), format)
        for _ in 0..<frames { engine.push(reference: try reference.next(), distorted: [try distorted.next()]) }
        return engine.finish()[0]
    }

    /// The same lines, numbers equal to the last digit but one; what is versions and speed apart.
    private static func expectAlike(_ ours: String, _ theirs: String) throws {
        let apart = { (line: Substring) in line.contains("\"version\"") || line.contains("\"fps\"") }
        let ours = ours.split(separator: "\n").filter { !apart($0) }
        let theirs = theirs.split(separator: "\n").filter { !apart($0) }
        try #require(ours.count == theirs.count)
        for (our, their) in zip(ours, theirs) {
            let (mine, other) = (words(our), words(their))
            #expect(mine.count == other.count, "\(our)\n\(their)")
            for (word, expected) in zip(mine, other) where word != expected {
                let difference = abs((Double(word) ?? .infinity) - (Double(expected) ?? 0))
                #expect(difference < 2.1e-6, "\(our)\n\(their)")
            }
        }
    }

    private static func words(_ line: Substring) -> [Substring] {
        line.split { $0 == "," || $0 == " " }
    }
}
