import Foundation
import MezzCore
import MezzEncode
import MezzMetrics
import MezzPipeline
import Testing

@Suite("Sizes of a ladder")
struct LadderSizesTests {
    @Test(
        "the standard ladder never lies above the source",
        arguments: [
            ("3840x2160", "426x240 640x360 854x480 1280x720 1920x1080 3840x2160"),
            ("1920x1080", "426x240 640x360 854x480 1280x720 1920x1080"),
            ("1280x720", "426x240 640x360 854x480 1280x720"), ("854x480", "428x240 640x360 854x480"),
            // Cinemascope counts by its width.
            ("1920x800", "428x178 640x266 854x356 1280x534 1920x800"),
            ("1080x1920", "240x426 360x640 480x854 720x1280 1080x1920"),
            ("720x576", "300x240 450x360 600x480"), ("320x180", "320x180"), ("64x64", "64x64"),
        ])
    func fixed(_ display: String, _ sizes: String) throws {
        let codec = try #require(try Self.preview(display, JobSpec(ladder: .fixed, codecs: [.avc])).codecs.first)
        #expect(codec.sizes.map(\.description).joined(separator: " ") == sizes)
        #expect(codec.targets?.count == codec.sizes.count)
        #expect(codec.targets == codec.targets?.sorted())
    }

    @Test("its bitrates are the codec's share of AVC's")
    func bitrates() throws {
        let preview = try Self.preview("1920x1080", JobSpec(ladder: .fixed, codecs: [.avc, .hevc, .av1]))
        #expect(preview.codecs.map { $0.targets?.last } == [5_000_000, 3_000_000, 2_500_000])
    }

    @Test("a picture under the smallest height gets bits by its area")
    func tiny() throws {
        let target = try #require(try Self.preview("160x90", JobSpec(ladder: .fixed, codecs: [.avc])).codecs[0].targets)
        #expect(target.count == 1 && abs(target[0] - 300_000 * 160 * 90 / (240 * 240 * 16 / 9)) < 1)
    }

    @Test("no rung is higher than what was asked for", arguments: [LadderKind.fixed, .perTitle, .perShot])
    func maximum(_ kind: LadderKind) throws {
        for height in [64, 144, 240, 500, 720] {
            let spec = JobSpec(ladder: kind, codecs: [.avc], maximumHeight: height)
            for display in ["1920x1080", "1080x1920", "1920x800"] {
                let sizes = try Self.preview(display, spec).codecs[0].sizes
                #expect(!sizes.isEmpty)
                #expect(sizes.allSatisfy { min($0.width, $0.height) <= height }, "\(display) at \(height): \(sizes)")
            }
        }
    }

    @Test(
        "an optimised ladder chooses from the source's own size and usual ones below it",
        arguments: [
            ("1920x1080", Effort.exhaustive, "1920x1080 1280x720 960x540 640x360 426x240"),
            ("1920x1080", .standard, "1920x1080 1280x720 960x540 640x360"),
            ("1920x1080", .quick, "1920x1080 1280x720 960x540"),
            ("1920x800", .quick, "1920x800 1280x534 960x400"), ("1080x1920", .quick, "1080x1920 720x1280 540x960"),
            // Sizes closer than a tenth are one.
            ("1366x768", .quick, "1366x768 960x540 640x360"), ("160x90", .exhaustive, "160x90"),
        ])
    func candidates(_ display: String, _ effort: Effort, _ sizes: String) throws {
        let codec = try Self.preview(display, JobSpec(codecs: [.avc], effort: effort)).codecs[0]
        #expect(codec.sizes.map(\.description).joined(separator: " ") == sizes)
        #expect(codec.targets == nil)
    }

    @Test(
        "every size is tried, one small one twice; exhaustive tries each at every CRF", arguments: CodecFamily.allCases)
    func trials(_ codec: CodecFamily) throws {
        let trials = try Effort.allCases.map { effort in
            let plan = try Self.preview("1280x720", JobSpec(codecs: [codec], effort: effort)).codecs[0]
            #expect(Set(plan.trials.map(\.resolution)) == Set(plan.sizes))
            #expect(Set(plan.trials).count == plan.trials.count)
            return plan.sizes.map { size in plan.trials.count { $0.resolution == size } }
        }
        #expect(trials == [[1, 1, 2], [1, 1, 2, 1], [7, 7, 7, 7]])
    }

    @Test(
        "of an HDR master 8-bit AVC gets a tone-mapped picture, the others the master's",
        arguments: ["smpte2084", "arib-std-b67"])
    func highDynamicRange(_ transfer: String) throws {
        let codecs = try Self.preview(
            "1280x720", JobSpec(codecs: [.avc, .hevc, .av1]), transfer: transfer, bitDepth: 10
        ).codecs
        #expect(codecs.map(\.isToneMapped) == [true, false, false])
        #expect(codecs.map(\.bitDepth) == [8, 10, 10])
    }

    @Test("HDR that a profile would carry with 8 bit is refused")
    func shallow() throws {
        var profile = ProfileCatalog.standard
        profile.codecs[0].dynamicRange = .source
        let spec = JobSpec(codecs: [.avc], profile: profile)
        let failure = #expect(throws: Failure.self) { try Self.preview("1280x720", spec, transfer: "smpte2084") }
        #expect(failure?.status == .input)
        #expect(failure?.remedy.contains("dynamic_range: sdr") == true)
    }

    @Test(
        "a level that the largest size does not fit is refused with the smallest that does",
        arguments: [
            (CodecFamily.avc, "3840x2160", "3.1", "level 5.1 "), (.hevc, "3840x2160", "3.1", "level 5.0 "),
            (.av1, "3840x2160", "3.1", "level 5.0 "), (.avc, "1280x720", "3.0", "level 3.1 "),
        ])
    func level(_ codec: CodecFamily, _ display: String, _ level: String, _ fitting: String) throws {
        var profile = ProfileCatalog.standard
        for part in profile.codecs.indices { profile.codecs[part].maximumLevel = level }
        let failure = #expect(throws: Failure.self) {
            try Self.preview(display, JobSpec(codecs: [codec], profile: profile))
        }
        #expect(failure?.status == .input)
        #expect(
            failure?.what.contains("\(display) at 24/1 frames/s does not fit \(codec.rawValue) level \(level)") == true)
        #expect(failure?.remedy.contains(fitting) == true, "\(failure?.remedy ?? "")")
        let small = JobSpec(codecs: [codec], maximumHeight: 480, profile: profile)
        #expect(try Self.preview(display, small).codecs[0].sizes.allSatisfy { $0.height <= 480 })
    }

    @Test("a codec that the profile does not use is refused")
    func unused() throws {
        let profile = try #require(ProfileCatalog.named("hevc-production"))
        let failure = #expect(throws: Failure.self) {
            try Self.preview("1280x720", JobSpec(codecs: [.avc], profile: profile))
        }
        #expect(failure?.status == .usage)
    }

    @Test("profiles go by the height of the 16:9 picture")
    func rows() throws {
        let profile = try #require(ProfileCatalog.named("devices"))
        let spec = JobSpec(ladder: .fixed, codecs: [.avc], profile: profile)
        let expected = ["constrained-baseline", "constrained-baseline", "main", "high", "high"]
        for display in ["1920x1080", "1920x800", "1080x1920"] {
            #expect(try Self.preview(display, spec).codecs[0].profiles.map(\.rawValue) == expected, "\(display)")
        }
    }

    private static func preview(
        _ display: String, _ spec: JobSpec, transfer: String? = nil, bitDepth: Int = 8
    ) throws -> PlanPreview {
        let sides = display.split(separator: "x").compactMap { Int($0) }
        try #require(sides.count == 2)
        let size = Resolution(width: sides[0], height: sides[1])
        return try PlanPreview(
            spec: spec,
            source: SourceInfo(
                container: "mov", bytes: 1, durationSeconds: 10,
                video: VideoStreamInfo(
                    stream: 0, codec: "h264", coded: size, display: size, frameRate: Rational(24),
                    pixelFormat: "yuv420p",
                    bitDepth: bitDepth, color: ColorDescription(transfer: transfer), filters: [],
                    filtersLookBack: false,
                    isVariableRate: false, firstFrameSeconds: 0, expectedFrames: 240),
                audio: [], findings: []))
    }
}

@Suite("Trials")
struct ProbePlanTests {
    @Test("a unit is tried for a few seconds at most; exhaustive tries it whole")
    func window() throws {
        #expect(ProbePlan(effort: .standard).windowFrames(Rational(24)) == 72)
        #expect(ProbePlan(effort: .quick).windowFrames(try #require(Rational(60000, 1001))) == 60)
        #expect(ProbePlan(effort: .quick).windowFrames(try #require(Rational(1, 10))) == 1)
        #expect(ProbePlan(effort: .exhaustive).windowFrames(Rational(24)) == .max)
    }

    @Test("cells are put together in order, within a budget of pixels, none left out")
    func groups() {
        let sizes = [3840 * 2160, 1920 * 1080, 1920 * 1080, 1920 * 1080, 1280 * 720, 640 * 360, 3840 * 2160]
        let groups = ProbePlan.groups(sizes, pixels: \.self)
        #expect(groups.flatMap(\.self) == sizes)
        #expect(groups.allSatisfy { $0.count == 1 || $0.reduce(0, +) <= 8 * 1280 * 720 })
        #expect(groups.allSatisfy { !$0.isEmpty })
        #expect(ProbePlan.groups([Int](), pixels: \.self).isEmpty)
    }
}

@Suite("What was asked for")
struct JobSpecTests {
    @Test("survives its JSON, whole and with nothing but defaults")
    func roundTrip() throws {
        let full = JobSpec(
            ladder: .perTitle, codecs: [.av1, .avc], effort: .exhaustive, presets: [.av1: "6", .avc: "slow"],
            maximumHeight: 720, model: .vmafNeg, segmentSeconds: 2.002, segmented: true, gate: true, topVMAF: 93.5)
        for spec in [JobSpec(), full] {
            #expect(try JSONDecoder().decode(JobSpec.self, from: JSONEncoder().encode(spec)) == spec)
        }
    }

    @Test("equal specs give equal bytes: tasks are known by them")
    func stable() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let texts = try Set(
            (0..<20).map { _ in
                try encoder.encode(JobSpec(presets: [.av1: "6", .avc: "slow", .hevc: "fast"]))
            })
        #expect(texts.count == 1)
        // By name, not as a list in the order of chance.
        let text = try String(decoding: #require(texts.first), as: UTF8.self)
        #expect(text.contains(#""presets":{"av1":"6","avc":"slow","hevc":"fast"}"#))
    }

    @Test("the defaults are the documented ones")
    func defaults() {
        let spec = JobSpec()
        #expect(spec.ladder == .perShot && spec.codecs == [.avc, .hevc] && spec.effort == .standard)
        #expect(spec.segmentSeconds == 4 && !spec.segmented && !spec.gate && spec.maximumHeight == nil)
    }

    @Test("names are the command line's")
    func names() {
        #expect(LadderKind.allCases.map(\.rawValue) == ["fixed", "category", "per-title", "per-shot"])
        #expect(Effort.allCases.map(\.rawValue) == ["quick", "standard", "exhaustive"])
    }
}
