import Foundation
import MezzAudio
import MezzCore
import MezzTestKit
import Testing

/// Files of the EBU's renderer.
private enum RealADM {
    static let folder =
        ProcessInfo.processInfo.environment["MEZZ_TEST_MEDIA"] ?? TestTools.root + "/../shared/media"

    static let areHere = FileManager.default.fileExists(atPath: folder + "/audio3d/adm_test_bwf.wav")
}

@Suite("Real ADM files", .enabled("no ../shared/media beside the checkout") { RealADM.areHere })
struct RealADMTests {
    @Test("the EBU's test file is listed as its makers describe it")
    func testFile() throws {
        let adm = try ADMFile(RealADM.folder + "/audio3d/adm_test_bwf.wav")
        #expect(adm.listing.channels == 4 && adm.listing.seconds == 0.25)
        #expect(adm.listing.items.map(\.kind) == [.object, .object, .bed, .bed, .bed])
        // Its fourth channel carries two tracks.
        #expect(adm.findings.map(\.code) == ["adm.track.shared"])
    }

    @Test(
        "files with broken headers are refused as input",
        arguments: ["bw64_rect_24bit_noriff.wav", "bw64_rect_24bit_wrong_fmt_size.wav"])
    func malformed(_ name: String) {
        let failure = #expect(throws: Failure.self) { try ADMFile(RealADM.folder + "/malformed/" + name) }
        #expect(failure?.status == .input)
    }
}
