import Foundation
import MezzCore
import MezzEncode
import Testing

@Suite("Profiles")
struct ProfileTests {
    @Test("every built-in one has its own name, whole rows, and reads back from what it prints")
    func catalog() throws {
        #expect(Set(ProfileCatalog.all.map(\.name)).count == ProfileCatalog.all.count)
        for profile in ProfileCatalog.all {
            #expect(ProfileCatalog.named(profile.name) == profile)
            #expect(try EncodingProfile(yaml: profile.yaml) == profile, "\(profile.yaml)")
            for part in profile.codecs {
                let driver = EncoderCatalog.driver(for: part.codec)
                #expect(part.rows.last?.upTo == nil)
                #expect(part.rows.allSatisfy { BitstreamProfile.all(of: part.codec).contains($0.profile) })
                #expect(Set(part.options.keys).isSubset(of: driver.freeOptions))
                #expect(part.preset.map(driver.presets.contains) ?? true)
            }
        }
    }

    @Test("a file says everything that a profile can be")
    func file() throws {
        let profile = try EncodingProfile(
            yaml: """
                # ours
                name: living-room
                segment_seconds: 2
                codecs:
                  avc:
                    preset: slow
                    profiles: [{up_to: 360, profile: constrained-baseline}, {profile: high}]
                    dynamic_range: sdr
                    level: 4.1
                    rate_control: two-pass
                    vbv: {max_rate: 1.5, buffer: 1}
                    options: {deblock: "-1:-1", ref: 3}
                  hevc: {tier: high, bit_depth: 10}
                """)
        let avc = try #require(profile[.avc])
        #expect(profile.name == "living-room" && profile.segmentSeconds == 2 && profile[.av1] == nil)
        #expect(avc.preset == "slow" && avc.maximumLevel == "4.1" && avc.dynamicRange == .standard)
        #expect(avc.rows == [.init(upTo: 360, .constrainedBaseline), .init(.high)])
        #expect(avc.rateControl == .twoPass)
        #expect(avc.rate == RateRule(maximum: 1.5, buffer: 1, followsHardestShot: false))
        #expect(avc.options == ["deblock": "-1:-1", "ref": "3"])
        #expect(profile[.hevc]?.tier == .high && profile[.hevc]?.bitDepth == 10)
        #expect(try EncodingProfile(yaml: profile.yaml) == profile)
    }

    @Test(
        "what is wrong is said with its line",
        arguments: [
            ("name: x\ncodecs:\n  vp9: {}\n", 3, "codecs knows no “vp9”"),
            ("name: x\ncodec:\n  avc: {}\n", 2, "a profile knows no “codec”"),
            ("name: x\ncodecs:\n  avc:\n    profile: main10\n", 4, "takes constrained-baseline, main, high"),
            ("name: x\ncodecs:\n  avc:\n    level: 3.3\n", 4, "avc has the levels 1.0"),
            ("name: x\ncodecs:\n  avc:\n    preset: ludicrous\n", 4, "libx264 has no preset"),
            ("name: x\ncodecs:\n  avc:\n    options:\n      keyint: 50\n", 5, "knows no “keyint”"),
            ("name: x\ncodecs:\n  hevc:\n    options:\n      me: \"star:keyint=1 -y\"\n", 5, "letters, digits"),
            ("name: x\ncodecs:\n  avc:\n    vbv:\n      max_rate: 0.5\n", 5, "max_rate takes a number from 1.0"),
            ("name: x\ncodecs:\n  avc:\n    vbv:\n      buffer: nan\n", 5, "buffer takes a number"),
            ("name: x\ncodecs:\n  av1:\n    rate_control: two-pass\n", 4, "one pass only"),
            ("name: x\ncodecs:\n  av1:\n    bit_depth: 8\n", 4, "always encoded with 10 bit"),
            ("name: x\ncodecs:\n  avc:\n    bit_depth: 10\n", 4, "carries 8 bit at most"),
            ("name: x\ncodecs:\n  avc:\n    tier: high\n", 4, "no tiers"),
            ("name: x\ncodecs:\n  av1:\n    tier: high\n", 4, "Main tier alone"),
            (
                "name: x\ncodecs:\n  avc:\n    profiles:\n      - {up_to: 480, profile: main}\n", 5,
                "must hold for all heights"
            ),
            (
                "name: x\ncodecs:\n  avc:\n    profiles:\n      - {up_to: 480}\n      - {up_to: 360}\n      - {}\n", 6,
                "heights must rise"
            ),
            ("codecs:\n  avc: {}\n", 1, "the name is missing"),
            ("name: x\ncodecs: {}\n", 2, "no codec is given"),
        ])
    func refuses(_ yaml: String, _ line: Int, _ what: String) {
        let error = #expect(throws: ProfileError.self) { try EncodingProfile(yaml: yaml) }
        #expect(error?.what.contains(what) == true, "\(String(describing: error))")
        // Yams counts a block's line from its first entry or its key.
        #expect(error?.line.map { abs($0 - line) <= 1 } == true, "\(String(describing: error))")
    }

    @Test(
        "hostile text is refused in good time",
        arguments: [
            "", "\0", "name: x\nname: y\ncodecs: {avc: {}}\n", "\u{FEFF}", "- a\n", "{", "name: [",
            String(repeating: "[", count: 60_000),
            String(repeating: "- ", count: 30_000), String(repeating: "? ", count: 30_000),
            String(repeating: " ", count: 70_000), "name: x\ncodecs: &a\n  avc: *a\n",
            "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nname: *c\n", "!!binary x",
            "name: x\ncodecs:\n  avc:\n    options: {ref: \"\(String(repeating: "9", count: 100))\"}\n",
        ])
    func hostile(_ yaml: String) {
        #expect(throws: ProfileError.self) { try EncodingProfile(yaml: yaml) }
    }

    @Test("HEVC of 8 bit is Main, of 10 bit Main 10, whatever the source, where a depth is asked for")
    func depths() throws {
        for (source, asked, profile, depth) in [
            (8, nil, BitstreamProfile.main, 8), (10, nil, .main10, 10), (12, nil, .main10, 10), (8, 10, .main10, 10),
            (10, 8, .main, 8),
        ] as [(Int, Int?, BitstreamProfile, Int)] {
            let part = CodecProfile(.hevc, rows: [.init(.main10)], bitDepth: asked)
            let recipe = part.recipe(for: Self.video(bitDepth: source), preset: nil)
            #expect(recipe.profile == profile && recipe.bitDepth == depth)
        }
    }

    @Test("options of a profile replace the driver's own and follow in order")
    func options() throws {
        let profile = try #require(ProfileCatalog.named("hevc-production")?[.hevc])
        let recipe = profile.recipe(for: Self.video(bitDepth: 10), preset: nil)
        let text = X265().arguments(recipe, crf: 20).joined(separator: " ")
        #expect(text.contains("-preset slow -profile:v main10 -crf 20 "))
        #expect(text.components(separatedBy: "bframes=").count == 2)
        #expect(text.contains(":deblock=-1,-1:me=star:merange=57:"))
    }

    @Test("the production recipe's buffer is 1.2 and 1.5 times the mean")
    func buffer() throws {
        let rule = try #require(ProfileCatalog.named("hevc-production")?[.hevc]?.rate)
        #expect(rule.limits(mean: 2_000_000, hardest: 9_000_000) == (2_400_000, 3_000_000))
        #expect(RateRule.roomy.limits(mean: 2_000_000, hardest: 9_000_000) == (11_250_000, 11_250_000))
        #expect(RateRule.roomy.limits(mean: 10, hardest: 10) == (64_000, 64_000))
    }

    @Test("bits above the highest level that is allowed are capped")
    func capped() throws {
        let part = CodecProfile(.avc, rows: [.init(.high)], maximumLevel: "3.1")
        var recipe = part.recipe(for: Self.video(bitDepth: 8), preset: nil)
        recipe.maximumBps = 90_000_000
        recipe.bufferBits = 90_000_000
        let leveled = part.leveled(recipe)
        #expect(leveled.level == "3.1" && leveled.maximumBps == 17_500_000 && leveled.bufferBits == 17_500_000)
    }

    private static func video(bitDepth: Int) -> VideoStreamInfo {
        let size = Resolution(width: 1280, height: 720)
        return VideoStreamInfo(
            stream: 0, codec: "prores", coded: size, display: size, frameRate: Rational(24),
            pixelFormat: bitDepth > 8 ? "yuv422p10le" : "yuv420p", bitDepth: bitDepth, color: ColorDescription(),
            filters: [], filtersLookBack: false, isVariableRate: false, firstFrameSeconds: 0, expectedFrames: 24)
    }
}
