import Foundation
import MezzFormats
import MezzTestKit
import Testing

@Suite(
    "Headers of real clips", .serialized, .enabled("no ../shared/media beside the checkout") { RealStreams.areHere },
    .timeLimit(.minutes(5)))
struct RealStreamTests {
    @Test("every syntax element agrees with FFmpeg's reading", arguments: RealStreams.byteStreams)
    func headers(_ clip: String) async throws {
        try await TestFolder.with { folder in
            let maker = try MediaMaker(in: folder)
            let path = RealStreams.root + clip
            if clip.hasSuffix("264") {
                try await AVCComparison.run(path, maker)
            } else {
                try await HEVCComparison.run(path, maker)
            }
        }
    }

    @Test("order counts put samples into the order of their times", arguments: RealStreams.files)
    func order(_ clip: String) async throws {
        try await TestFolder.with { folder in
            let file = try await OracleSamples(RealStreams.root + clip, try MediaMaker(in: folder))
            var order = PresentationCheck()
            for (pictures, time) in try file.pictures(isHEVC: clip.contains("hevc")) {
                #expect(pictures.count == 1)
                for picture in pictures { order.add(picture, time) }
            }
            #expect(order.pictures == file.samples.count && order.pictures > 20)
            order.check()
        }
    }

    @Test("HDR10+ is found, and every message is read")
    func hdr10Plus() throws {
        let path = RealStreams.root + "hdr/hdr10plus_tears_of_steel_1920x800_6frames.h265"
        var reader = try HEVCStreamReader()
        let pictures = try reader.read([UInt8](try Data(contentsOf: URL(fileURLWithPath: path))), .startCodes)
        #expect(pictures.count == 6)
        // This stream says it once, with its IDR picture.
        #expect(pictures.map(\.messages.registeredData) == [[.hdr10Plus]] + Array(repeating: [], count: 5))
        #expect(pictures.allSatisfy { $0.damage.isEmpty && $0.messages.timing != nil })
    }
}

enum RealStreams {
    static let root =
        (ProcessInfo.processInfo.environment["MEZZ_TEST_MEDIA"] ?? TestTools.root + "/../shared/media") + "/"

    static var areHere: Bool { FileManager.default.fileExists(atPath: root + byteStreams[0]) }

    static let byteStreams = [
        "clips/epiphyllum_flower_720p30.264", "clips/screen_pdf_scroll_1024x768.264",
        "clips/videoconf_kristen_sara_720p60.hevc", "hdr/hdr10plus_tears_of_steel_1920x800_6frames.h265",
    ]

    static let files = [
        "clips/sintel_trailer_720p24.mp4", "clips/red_barn_pan_1080p25_422p10.mp4", "clips/motorway_540p60.mp4",
        "clips/highway_dashcam_540p25.mp4", "clips/screen_nle_timeline_3026x1386_vfr.mp4",
        "hdr/hdr10_pq_london_roof_1080p30_hevc.mp4", "hdr/hlg_london_arch_1080p30_hevc_multigop.mp4",
    ]
}

extension OracleSamples {
    /// What each sample holds, with its time.
    func pictures(isHEVC: Bool) throws -> [(pictures: [CodedPicture], time: Int)] {
        if isHEVC {
            var reader = try HEVCStreamReader(parameterSets: parameterSets)
            return try samples.map { (try reader.read(bytes, $0.range, .lengths(lengthSize)), $0.presentation) }
        }
        var reader = try AVCStreamReader(parameterSets: parameterSets)
        return try samples.map { (try reader.read(bytes, $0.range, .lengths(lengthSize)), $0.presentation) }
    }
}
