import Foundation
import MezzAnalysis
import MezzCore
import MezzMedia
import MezzPixels
import MezzTestKit
import Testing

/// Clips that were labelled by eye.
private enum LabelledClips {
    static let folder =
        ProcessInfo.processInfo.environment["MEZZ_TEST_MEDIA"] ?? TestTools.root + "/../shared/media"
    static var areHere: Bool { FileManager.default.fileExists(atPath: folder + "/truth/README.md") }

    /// Animation with cuts, dissolves and fades; battle scenes with flashes; clips of one shot that move.
    static let names = [
        "sintel_trailer_720p24", "tears_of_steel_battle_800x332_vp8", "bbb_opening_480p24_aac51",
        "seeking_dance_480p25", "carphone_qcif_distorted", "city_night_405p25_mpeg2",
    ]

    struct Truth: Decodable {
        struct Transition: Decodable {
            let type: String
            let firstFrame: Int
            let endFrame: Int?
            let sure: Bool
        }

        let file: String
        let transitions: [Transition]
    }

    static func truth(_ name: String) throws -> Truth {
        let data = try Data(contentsOf: URL(filePath: "\(folder)/truth/\(name).json"))
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Truth.self, from: data)
    }
}

@Suite(
    "Shots of labelled clips", .enabled("no ../shared/media beside the checkout") { LabelledClips.areHere },
    .timeLimit(.minutes(3)))
struct ShotTruthTests {
    @Test("cuts are found on their very frames: F1 above 0.96")
    func cuts() async throws {
        var (hit, missed, wrong) = (0, 0, 0)
        for name in LabelledClips.names {
            let truth = try LabelledClips.truth(name)
            let found = try await Self.firstFrames(LabelledClips.folder + "/clips/" + truth.file)
            let cuts = Set(truth.transitions.filter { $0.type == "cut" && $0.sure }.map(\.firstFrame))
            hit += cuts.intersection(found).count
            missed += cuts.subtracting(found).count
            wrong += found.subtracting(cuts).count { frame in !truth.transitions.contains { Self.covers($0, frame) } }
        }
        let f1 = Double(2 * hit) / Double(2 * hit + missed + wrong)
        #expect(f1 > 0.96, "\(hit) hit, \(missed) missed, \(wrong) wrong")
    }

    /// Whether a boundary belongs to what is gradual or not sure, two frames more or less.
    private static func covers(_ transition: LabelledClips.Truth.Transition, _ frame: Int) -> Bool {
        guard transition.type != "cut" || !transition.sure else { return false }
        let end = transition.endFrame ?? transition.firstFrame
        return (transition.firstFrame - 2...end + 2).contains(frame)
    }

    @Test("the cards that end a trailer are its closing credits, those inside it are none")
    func credits() async throws {
        let truth = try LabelledClips.truth("sintel_trailer_720p24")
        let credits = try await Self.index(LabelledClips.folder + "/clips/" + truth.file).credits
        #expect(credits.map(\.kind) == [.closing])
        let frames = try #require(credits.first).frames
        // The last picture fades out before frame 1000; the last card goes to black after 1210.
        #expect((990...1030).contains(frames.first) && (1205...1253).contains(frames.end), "\(frames)")
    }

    private static func firstFrames(_ path: String) async throws -> Set<Int> {
        Set(try await index(path).shots.dropFirst().map(\.frames.first))
    }

    private static func index(_ path: String) async throws -> Indexer.Result {
        let ffmpeg = FoundTool(tool: .ffmpeg, path: try TestTools().ffmpeg, version: "test", features: [])
        let size = Resolution(width: 1280, height: 720)
        let video = VideoStreamInfo(
            stream: 0, codec: "h264", coded: size, display: size, frameRate: Rational(24), pixelFormat: "yuv420p",
            bitDepth: 8, color: ColorDescription(), filters: [], filtersLookBack: false, isVariableRate: false,
            firstFrameSeconds: 0, expectedFrames: 1)
        return try await Indexer(runner: ToolRunner(tools: ToolSet([ffmpeg])))
            .index(path, video: video, checksSeek: false) { _ in }
    }
}
