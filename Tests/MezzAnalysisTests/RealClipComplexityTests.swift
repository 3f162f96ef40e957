import Foundation
import MezzAnalysis
import MezzCore
import MezzPixels
import MezzTestKit
import Testing

/// Clips that lie beside the checkout on machines that have them.
private enum RealClip {
    static let folder =
        (ProcessInfo.processInfo.environment["MEZZ_TEST_MEDIA"] ?? TestTools.root + "/../shared/media") + "/clips/"

    static var areHere: Bool { FileManager.default.fileExists(atPath: folder) }
}

@Suite(
    "Complexity of real titles", .serialized, .enabled("no ../shared/media beside the checkout") { RealClip.areHere },
    .timeLimit(.minutes(10)))
struct RealClipComplexityTests {
    @Test(
        "titles fall into the categories of docs/decisions/20261121-complexity-scale.md",
        arguments: [
            ("gnome_dual_monitors_flat2d_768p15.webm", ComplexityCategory.simpleAnimation),
            ("bbb_720p25_aac51.mp4", .moderateAnimation), ("videoconf_kristen_sara_720p60.hevc", .liveActionDialogue),
            ("chaplin_bw_film_360p25.mp4", .liveActionDialogue), ("seeking_dance_480p25.mp4", .actionMedium),
        ])
    func categories(_ clip: String, _ category: ComplexityCategory) async throws {
        let result = try await AnalyzedClip(RealClip.folder + clip).result()
        #expect(result.title.category == category, "\(result.title.average)")
        #expect(!result.findings.contains { $0.code == "source.decode-errors" })
    }

    @Test("Sintel's letterbox is found in its scenes")
    func letterbox() async throws {
        let result = try await AnalyzedClip(RealClip.folder + "sintel_trailer_720p24.mp4").result()
        let boxed = zip(result.shots, result.complexity).filter { $1.bars.map { (80...90).contains($0.top) } ?? false }
        let frames = boxed.reduce(0) { $0 + $1.0.frames.count }
        #expect(Double(frames) > 0.5 * Double(result.index.count))
    }
}
