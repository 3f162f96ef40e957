import Foundation
import MezzAudio
import MezzCore
import MezzMedia
import MezzTestKit
import Testing

/// The tools with the renderer, where it is installed.
enum EAR {
    static let path: String? = {
        guard let folder = try? TestTools().folder else { return nil }
        let path = folder + "/ear-render"
        return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }()

    static let absence: Comment = "no ear-render: run make adm"

    static func runner() throws -> ToolRunner {
        let tools = try TestTools()
        return ToolRunner(
            tools: ToolSet([
                FoundTool(tool: .ffmpeg, path: tools.ffmpeg, version: "test", features: []),
                FoundTool(tool: .ffprobe, path: tools.ffprobe, version: "test", features: []),
                FoundTool(tool: .ear, path: path ?? "/nonexistent/ear-render", version: "test", features: []),
            ]))
    }
}

@Suite("Rendering ADM by BS.2127", .serialized, .enabled(EAR.absence) { EAR.path != nil }, .timeLimit(.minutes(10)))
struct ADMRendererTests {
    private static let tone = Make.tone(-20, seconds: 0.5)
    private static let silence = Make.silence(0.5)
    /// RMS of a sine whose peak is −20 dBFS.
    private static let level = -23.01

    private static func render(
        _ file: BW64Fixture, _ layout: ImmersiveLayout, from start: Double = 0, to end: Double = 1e6
    ) async throws -> (levels: LoudspeakerLevels, rendering: ADMRendering) {
        try await TestFolder.with { folder in
            let path = try file.write(in: folder)
            let output = folder("out.wav")
            let rendering = try await ADMRenderer(runner: EAR.runner())
                .render(path, to: layout, into: output, in: folder.path)
            #expect(folder.names() == ["adm.wav", "out.wav"])
            return (try await LoudspeakerLevels.of(output, from: start, to: end), rendering)
        }
    }

    @Test(
        "each loudspeaker of a layout is the one that the file names",
        arguments: [
            (
                .sevenOneFour, "AP_00010017", [1, 2, 3, 4, 10, 11, 28, 29, 34, 35, 30, 31],
                ["FL", "FR", "FC", "LFE", "SL", "SR", "BL", "BR", "TFL", "TFR", "TBL", "TBR"]
            ),
            (
                .fiveOneFour, "AP_00010005", [1, 2, 3, 4, 5, 6, 13, 15, 16, 18],
                ["FL", "FR", "FC", "LFE", "SL", "SR", "TFL", "TFR", "TBL", "TBR"]
            ),
            (.fiveOne, "AP_00010003", [1, 2, 3, 4, 5, 6], ["FL", "FR", "FC", "LFE", "BL", "BR"]),
            (.stereo, "AP_00010002", [1, 2], ["FL", "FR"]),
        ] as [(ImmersiveLayout, String, [Int], [String])])
    func loudspeakers(_ layout: ImmersiveLayout, _ pack: String, _ channels: [Int], _ names: [String]) async throws {
        // Each channel 3 dB under the one before: one rendering tells all of them apart.
        let sound = names.indices.map { Make.tone(-10 - 3 * Double($0), seconds: 0.5) }
        let file = ADMFixture(bed: (pack, sound), bedChannels: channels).file
        let (levels, rendering) = try await Self.render(file, layout)
        #expect(Set(levels.names) == Set(names))
        #expect(levels.frames == 24_000 && rendering.findings == [] && rendering.overload == nil)
        for (number, name) in names.enumerated() {
            #expect(abs(levels.level(name) - (-13.01 - 3 * Double(number))) < 0.02, "\(name)")
        }
    }

    @Test(
        "an object sounds from the loudspeakers around its place, with constant power",
        arguments: [
            (.fiveOne, 30.0, 0.0, ["FL"]), (.fiveOne, 0, 0, ["FC"]), (.fiveOne, -110, 0, ["BR"]),
            (.fiveOne, 15, 0, ["FC", "FL"]), (.fiveOne, 180, 0, ["BL", "BR"]), (.stereo, 30, 0, ["FL"]),
            (.sevenOneFour, 90, 0, ["SL"]), (.sevenOneFour, -135, 30, ["TBR"]), (.sevenOneFour, 45, 30, ["TFL"]),
            (.fiveOneFour, 30, 30, ["TFL"]),
        ] as [(ImmersiveLayout, Double, Double, [String])])
    func objects(_ layout: ImmersiveLayout, _ azimuth: Double, _ elevation: Double, _ sounding: [String]) async throws {
        let file = ADMFixture(objects: [.still(azimuth, elevation, samples: Self.tone)]).file
        let (levels, _) = try await Self.render(file, layout)
        #expect(levels.sounding.sorted() == sounding)
        let power = levels.levels.map { pow(10, $0 / 10) }.reduce(0, +)
        #expect(abs(10 * log10(power) - Self.level) < 0.05)
    }

    @Test("in stereo what is in the middle sounds from both, and what is behind no louder than 3 dB less")
    func stereo() async throws {
        let (middle, _) = try await Self.render(
            ADMFixture(objects: [.still(0, samples: Self.tone)]).file, .stereo)
        #expect(abs(middle.level("FL") - (Self.level - 3.01)) < 0.05)
        #expect(abs(middle.level("FL") - middle.level("FR")) < 0.01)
        let (behind, _) = try await Self.render(ADMFixture(objects: [.still(180, samples: Self.tone)]).file, .stereo)
        // BS.2127 section 6.1.2.4 mixes the surrounds in at −3 dB.
        let power = behind.levels.map { pow(10, $0 / 10) }.reduce(0, +)
        #expect(abs(10 * log10(power) - (Self.level - 3.01)) < 0.05)
    }

    @Test("an object that jumps is first in one place and then in the other", arguments: ["%.5f", "samples"])
    func moving(_ form: String) async throws {
        func block(_ start: Int, _ azimuth: Double) -> (attributes: String, inner: String) {
            let (begin, length) = form == "samples" ? ("\(start).0S48000", "1.0S48000") : ("\(start).00000", "1.00000")
            return (
                "rtime=\"00:00:0\(begin)\" duration=\"00:00:0\(length)\"",
                "<jumpPosition>1</jumpPosition>" + ADMFixture.polar(azimuth)
            )
        }
        let object = ADMFixture.Object(
            blocks: [block(0, 30), block(1, -30)], samples: Make.tone(-20, seconds: 2))
        let file = ADMFixture.fiveOne(Array(repeating: Make.silence(2), count: 6), objects: [object]).file
        let (first, _) = try await Self.render(file, .fiveOne, from: 0.1, to: 0.9)
        let (second, _) = try await Self.render(file, .fiveOne, from: 1.1, to: 1.9)
        #expect(first.sounding == ["FL"] && second.sounding == ["FR"])
    }

    @Test("a mix that is louder than full scale keeps its peaks, and a finding says so")
    func overload() async throws {
        let loud = Make.tone(-1, seconds: 0.5)
        let file = ADMFixture(objects: (0..<4).map { _ in .still(30, samples: loud) }).file
        let (levels, rendering) = try await Self.render(file, .stereo)
        // Four times the sine of −1 dBFS: +11.04 dBFS at its peak.
        #expect(abs(levels.level("FL") - (-1 + 12.04 - 3.01)) < 0.02)
        #expect(abs(try #require(rendering.overload) - 11.04) < 0.11)
        #expect(rendering.findings.map(\.code) == ["adm.render.overload"])
    }

    @Test("a document that cannot be rendered is refused as input, with the renderer's words")
    func refused() async throws {
        var file = ADMFixture(objects: [.still(30, samples: Self.tone)]).file
        file.xml = file.xml?.replacingOccurrences(
            of: ">AC_00031001</audioChannelFormatIDRef></audioPack",
            with: ">AC_00039999</audioChannelFormatIDRef></audioPack")
        let broken = file
        let failure = await #expect(throws: Failure.self) { try await Self.render(broken, .stereo) }
        #expect(failure?.status == .input)
        #expect(failure?.detail.contains("AC_00039999") == true)
    }
}

@Suite("Rendering ADM without its tool")
struct ADMRendererAbsenceTests {
    @Test("without the renderer the failure names what installs it")
    func missing() async throws {
        try await TestFolder.with { folder in
            let path = try ADMFixture(objects: [.still(30, samples: [0])]).file.write(in: folder)
            let runner = try Signal.runner()
            let failure = await #expect(throws: Failure.self) {
                try await ADMRenderer(runner: runner).render(path, to: .stereo, into: folder("o.wav"), in: folder.path)
            }
            #expect(failure?.status == .unavailable && failure?.remedy.contains("make adm") == true)
        }
    }

    @Test("a renderer that dies is no fault of the file")
    func dies() async throws {
        try await TestFolder.with { folder in
            let path = try ADMFixture(objects: [.still(30, samples: [0])]).file.write(in: folder)
            let program = try folder.write(Data("#!/bin/sh\necho no memory >&2\nexit 134\n".utf8), to: "ear-render")
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
            let runner = ToolRunner(
                tools: ToolSet([FoundTool(tool: .ear, path: program, version: "0", features: [])]))
            let failure = await #expect(throws: Failure.self) {
                try await ADMRenderer(runner: runner).render(path, to: .stereo, into: folder("o.wav"), in: folder.path)
            }
            #expect(failure?.status == .failed && failure?.detail.contains("no memory") == true)
        }
    }
}
