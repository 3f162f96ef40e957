import MezzCore
import MezzEncode
import Testing

@Suite("Levels")
struct LevelTests {
    @Test(
        "AVC, High profile, by ITU-T H.264 table A-1",
        arguments: [
            ("176x144", 15, 64, "1.0"), ("352x288", 30, 768, "1.3"), ("640x360", 30, 1000, "3.0"),
            ("720x576", 25, 4000, "3.0"), ("1280x720", 30, 5000, "3.1"), ("1280x720", 60, 5000, "3.2"),
            ("1920x1080", 24, 8000, "4.0"), ("1920x1080", 30, 20000, "4.0"), ("1920x1080", 30, 26000, "4.1"),
            ("1920x1080", 60, 20000, "4.2"), ("2560x1440", 30, 20000, "5.0"), ("3840x2160", 30, 40000, "5.1"),
            ("3840x2160", 60, 40000, "5.2"), ("7680x4320", 30, 80000, "6.0"), ("7680x4320", 120, 80000, "6.2"),
        ])
    func avc(_ size: String, _ rate: Int64, _ kilobits: Int, _ level: String) throws {
        #expect(try Self.smallest(.avc, size, Rational(rate), kilobits) == level)
    }

    @Test(
        "HEVC, Main tier, by ITU-T H.265 tables A.8 and A.9",
        arguments: [
            ("176x144", 15, 100, "1.0"), ("640x360", 30, 1000, "2.1"), ("1280x720", 30, 5000, "3.1"),
            ("1280x720", 60, 5000, "4.0"), ("1920x1080", 30, 12000, "4.0"), ("1920x1080", 30, 12001, "4.1"),
            ("1920x1080", 60, 20000, "4.1"), ("3840x2160", 30, 25000, "5.0"), ("3840x2160", 60, 40000, "5.1"),
            ("3840x2160", 120, 60000, "5.2"), ("7680x4320", 60, 100_000, "6.1"),
        ])
    func hevc(_ size: String, _ rate: Int64, _ kilobits: Int, _ level: String) throws {
        #expect(try Self.smallest(.hevc, size, Rational(rate), kilobits) == level)
    }

    @Test("a narrow picture is bound by its long side")
    func longSide() throws {
        // 72 × 4096: few macroblocks, but a row of 256 of them needs √(8 × MaxFS) ≥ 256.
        #expect(try Self.smallest(.avc, "4096x72", Rational(24), 1000) == "4.0")
        #expect(try Self.smallest(.hevc, "4096x72", Rational(24), 1000) == "4.0")
        #expect(try Self.smallest(.avc, "72x4096", Rational(24), 1000) == "4.0")
    }

    @Test("no level is wide enough for what none allows", arguments: [CodecFamily.avc, .hevc])
    func none(_ codec: CodecFamily) throws {
        #expect(try Self.smallest(codec, "16384x16384", Rational(60), 1000) == nil)
        #expect(try Self.smallest(codec, "1920x1080", Rational(60), 2_000_000) == nil)
        #expect(try Self.smallest(codec, "1920x1080", Rational(100_000), 1000) == nil)
    }

    @Test(
        "AV1, Main tier, by annex A.3",
        arguments: [
            ("320x180", 30, 1000, "2.0"), ("1280x720", 30, 5000, "3.1"), ("1920x1080", 30, 5000, "4.0"),
            ("1920x1080", 60, 20000, "4.1"), ("1920x1080", 30, 12001, "4.1"), ("3840x2160", 60, 40000, "5.1"),
        ])
    func av1(_ size: String, _ rate: Int64, _ kilobits: Int, _ level: String) throws {
        #expect(try Self.smallest(.av1, size, Rational(rate), kilobits) == level)
    }

    @Test("the older AVC profiles have fewer bits a level than High, HEVC's High tier more than Main")
    func profiles() throws {
        #expect(try Self.smallest(.avc, "1280x720", Rational(30), 15000) == "3.1")
        #expect(try Self.smallest(.avc, "1280x720", Rational(30), 15000, profile: .main) == "3.2")
        #expect(try Self.smallest(.hevc, "1920x1080", Rational(30), 25000) == "5.0")
        #expect(try Self.smallest(.hevc, "1920x1080", Rational(30), 25000, tier: .high) == "4.0")
    }

    @Test("more of anything never needs a lower level", arguments: [CodecFamily.avc, .hevc])
    func monotone(_ codec: CodecFamily) throws {
        var last = 0.0
        for step in 1...60 {
            let level = try Self.smallest(codec, "\(64 * step)x\(36 * step)", Rational(30), 200 * step)
            let value = try #require(Double(level ?? ""))
            #expect(value >= last)
            last = value
        }
    }

    private static func smallest(
        _ codec: CodecFamily, _ size: String, _ rate: Rational, _ kilobits: Int, profile: BitstreamProfile? = nil,
        tier: Tier = .main
    ) throws -> String? {
        let sides = size.split(separator: "x").compactMap { Int($0) }
        try #require(sides.count == 2)
        let recipe = VideoRecipe(
            codec: codec, preset: "", resolution: Resolution(width: sides[0], height: sides[1]), frameRate: rate,
            bitDepth: 8, color: ColorDescription(), profile: profile, tier: tier, maximumBps: kilobits * 1000,
            bufferBits: kilobits * 1000)
        return Levels.smallest(for: Levels.Demand(recipe))
    }
}

@Suite("The clock of encoded tracks")
struct TimeScaleTests {
    @Test(
        "has whole ticks a frame and is fine enough to seek by",
        arguments: [
            (24000, 1001, 24000, 1001), (25, 1, 25000, 1000), (60, 1, 60000, 1000), (2997, 100, 2997, 100),
            (15, 2, 15000, 2000),
        ])
    func ticks(_ top: Int64, _ bottom: Int64, _ perSecond: Int, _ perFrame: Int) throws {
        let scale = TimeScale(frameRate: try #require(Rational(top, bottom)))
        #expect(scale.ticksPerSecond == perSecond && scale.ticksPerFrame == perFrame)
        #expect(scale.arguments == ["-video_track_timescale", "\(perSecond)", "-movie_timescale", "\(perSecond)"])
    }
}
