import Foundation
import MezzCore
import MezzFormats
import MezzQC
import MezzTestKit
import Testing

/// A real file, and what is wrong with it.
struct RealClip: CustomTestStringConvertible, Sendable {
    let name: String
    /// Codes, each checked by hand against the headers as FFmpeg traces them and the sizes of the packets.
    var codes: Set<String> = []

    var testDescription: String { name }

    static let folder =
        (ProcessInfo.processInfo.environment["MEZZ_TEST_MEDIA"] ?? TestTools.root + "/../shared/media") + "/clips/"

    static var here: [RealClip] { all.filter { FileManager.default.fileExists(atPath: folder + $0.name) } }

    static let all = [
        RealClip(name: "bbb_720p25_aac51.mp4"), RealClip(name: "bbb_opening_480p24_aac51.mp4"),
        RealClip(name: "blocks_720p30.mp4"), RealClip(name: "carphone_qcif_distorted.mp4"),
        RealClip(name: "carphone_qcif_pristine.mp4", codes: ["stream.level.bitrate"]),
        RealClip(name: "chaplin_bw_film_360p25.mp4"), RealClip(name: "cockatoo_720p20.mp4"),
        RealClip(name: "coffee_720p30.mp4"), RealClip(name: "dog_play_720p30.mp4"),
        RealClip(name: "flower_timelapse_540p30.mp4"),
        RealClip(name: "highway_dashcam_540p25.mp4", codes: ["stream.buffer.underflow"]),
        RealClip(name: "motorway_540p60.mp4", codes: ["stream.buffer.underflow"]),
        RealClip(name: "red_barn_pan_1080p25_422p10.mp4"),
        RealClip(name: "screen_nle_timeline_3026x1386_vfr.mp4", codes: ["stream.rate.peak"]),
        RealClip(name: "seeking_dance_480p25.mp4"),
        RealClip(name: "sintel_trailer_720p24.mp4", codes: ["stream.rate.peak"]),
        RealClip(name: "steam_train_360p30.mp4"), RealClip(name: "svt_testcard_720p50_422p10_8xmono.mp4"),
        RealClip(name: "wave_croatia_1080p25_qr_overlay.mp4"),
    ]
}

@Suite(
    "Real clips", .enabled("no ../shared/media beside the checkout") { !RealClip.here.isEmpty }, .timeLimit(.minutes(5))
)
struct RealClipTests {
    @Test("What is wrong with real clips is found, and nothing else", arguments: RealClip.here)
    func clip(_ clip: RealClip) throws {
        let path = RealClip.folder + clip.name
        let findings = try StreamAnalyzer.analyze(try FileBytes(path, followsLinks: true), name: clip.name).findings
        let text = findings.map { "\($0.code) \($0.place.frame ?? -1): \($0.message)" }.joined(separator: "\n")
        #expect(Set(findings.codes) == clip.codes, "\(text)")
    }
}
