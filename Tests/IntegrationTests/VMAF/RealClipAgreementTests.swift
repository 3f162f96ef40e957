import Foundation
import MezzTestKit
import Testing

/// A real clip in one form.
struct RealForm: Sendable, CustomTestStringConvertible {
    let clip: String
    /// Where the frames are taken from.
    let seconds: Double
    let size: String
    let format: String
    let frames: Int
    /// Features besides the models', by libvmaf's names and by ours.
    let features: [(libvmaf: String, ours: String)]

    var testDescription: String { "\(clip) \(size) \(format)" }

    /// What takes minutes at every quality is compared at one.
    var isLarge: Bool { ["1280x720", "1920x1080", "3840x2160"].contains(size) }

    static let all: [RealForm] = [
        RealForm("carphone_qcif_pristine.mp4", 1, "176x144", "yuv420p", 4, [("psnr", "psnr"), ("float_ssim", "ssim")]),
        RealForm("coffee_720p30.mp4", 2, "1280x720", "yuv420p", 3, similar + [("cambi", "cambi")]),
        RealForm("sintel_trailer_720p24.mp4", 14, "640x360", "yuv420p10le", 4, similar + [("cambi", "cambi")]),
        RealForm("tears_of_steel_battle_800x332_vp8.webm", 3, "643x363", "yuv444p", 4, similar),
        RealForm("red_barn_pan_1080p25_422p10.mp4", 1, "1920x1080", "yuv422p10le", 2, [("psnr", "psnr")]),
        RealForm("dog_play_720p30.mp4", 1, "854x480", "yuv444p10le", 3, similar),
        RealForm("bbb_1080p60_vp8.webm", 0.2, "3840x2160", "yuv420p", 2, [("psnr", "psnr")]),
    ]

    private static let similar = [("psnr", "psnr"), ("float_ssim", "ssim"), ("float_ms_ssim", "ms_ssim")]

    private init(
        _ clip: String, _ seconds: Double, _ size: String, _ format: String, _ frames: Int,
        _ features: [(String, String)]
    ) {
        (self.clip, self.seconds, self.size, self.format, self.frames) = (clip, seconds, size, format, frames)
        self.features = features.map { (libvmaf: $0.0, ours: $0.1) }
    }
}

/// Every value of every frame, against the libvmaf inside FFmpeg. No size here is one on which libvmaf's AVX2 code is
/// wrong: bands of a width that leaves 1 when divided by 4, in pictures up to some 520 wide. There the golden values
/// of its plain code decide (`GoldenEngineTests`; the pair `odd` is one).
@Suite(
    "mezz vmaf and libvmaf on real clips", .serialized,
    .enabled("no ../shared/media beside the checkout") { RealClips.areHere }, .timeLimit(.minutes(10)))
struct RealClipAgreementTests {
    private static let encoders = ["libx264", "libx265"]
    private static let crfs = [18, 40]

    @Test("agree on two codecs, small pictures at two qualities", .tags(.slow), arguments: RealForm.all)
    func agree(_ form: RealForm) async throws {
        try await TestFolder.with { folder in
            let maker = try MediaMaker(in: folder)
            let encodes = try await Self.encodes(of: form, maker, folder)
            let models = ["vmaf_v0.6.1", "vmaf_v0.6.1neg"] + (form.size == "176x144" ? [] : ["vmaf_v1.0.16_3d0h"])
            let raw = ["--size", form.size, "--pixel-format", form.format, "--json"]
            let end = try await MezzProgram(in: folder).run(
                ["vmaf", "-r", "ref.yuv"] + encodes.flatMap { ["-d", $0] } + models.flatMap { ["--model", $0] }
                    + form.features.flatMap { ["--feature", $0.ours] } + raw)
            try #require(end.status == 0, "\(end.errorText)")
            let logs = try JSONValue(end.output)["encodes"].items
            try #require(logs.count == encodes.count)
            for (encode, log) in zip(encodes, logs) {
                let peer = try await Self.peer(encode, form, models, maker, folder)
                Self.expectAlike(log, peer, frames: form.frames, models: models, "\(form.clip) \(encode)")
            }
        }
    }

    private static func encodes(
        of form: RealForm, _ maker: MediaMaker, _ folder: TestFolder
    ) async throws -> [String] {
        let planes = ["-pix_fmt", form.format, "-frames:v", String(form.frames), "-f", "rawvideo"]
        let size = form.size.replacingOccurrences(of: "x", with: ":")
        try await maker.make(
            "ref.yuv",
            ["-ss", String(form.seconds), "-i", RealClips.path("clips/" + form.clip), "-map", "0:v:0"]
                + ["-vf", "scale=\(size):flags=bicubic", "-fps_mode", "passthrough"] + planes)
        var names: [String] = []
        for encoder in encoders {
            for crf in form.isLarge ? [30] : crfs {
                let name = "\(encoder)-\(crf)"
                try await maker.make(
                    name + ".mkv",
                    input(form, folder("ref.yuv")) + ["-c:v", encoder, "-preset", "veryfast", "-crf", String(crf)]
                        + (encoder == "libx265" ? ["-x265-params", "log-level=none"] : []))
                try await maker.make(name + ".yuv", ["-i", folder(name + ".mkv")] + planes)
                names.append(name + ".yuv")
            }
        }
        return names
    }

    private static func input(_ form: RealForm, _ path: String) -> [String] {
        ["-f", "rawvideo", "-pix_fmt", form.format, "-s", form.size, "-r", "25", "-i", path]
    }

    private static func peer(
        _ encode: String, _ form: RealForm, _ models: [String], _ maker: MediaMaker, _ folder: TestFolder
    ) async throws -> JSONValue {
        let versions = models.enumerated().map { "version=\($1)\\:name=model\($0)" }.joined(separator: "|")
        let features = form.features.map { "name=" + $0.libvmaf }.joined(separator: "|")
        let filter =
            "libvmaf=model='\(versions)':feature='\(features)':n_threads=2:log_fmt=json:log_path=\(folder("peer.json"))"
        let end = try await maker.ffmpeg(
            input(form, folder(encode)) + input(form, folder("ref.yuv")) + ["-lavfi", filter, "-f", "null", "-"])
        try #require(end.status == 0, "\(end.errorText)")
        return try JSONValue(folder.data("peer.json"))
    }

    private static func expectAlike(
        _ log: JSONValue, _ peer: JSONValue, frames: Int, models: [String], _ what: String
    ) {
        var compared = 0
        for frame in 0..<frames {
            let metrics = peer["frames"][frame]["metrics"]
            for name in metrics.keys.sorted() {
                guard let theirs = metrics[name].number else { continue }
                let own = models.indices.first { name == "model\($0)" }.map { models[$0] } ?? name
                // Our log leaves out what no model asked for reads: AIM beside v0.6.1.
                guard let ours = log.value(own, frame: frame) else { continue }
                let allowed = name.hasPrefix("integer") ? 1e-6 : 1e-4
                #expect(abs(ours - theirs) <= allowed, "\(what) frame \(frame) \(name): \(ours), libvmaf \(theirs)")
                compared += 1
            }
        }
        let wanted = frames * (models.count + 14)
        #expect(compared >= wanted, "\(what): \(compared) values compared of at least \(wanted)")
    }
}
