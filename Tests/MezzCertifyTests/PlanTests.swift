import MezzCertify
import MezzCore
import Testing

/// What a plan asks for, without building it.
@Suite struct PlanTests {
    static let levels = CodecFamily.allCases.flatMap(CertificationLevel.all(of:))

    @Test(arguments: levels) func everyStreamIsInsideItsLevel(_ level: CertificationLevel) {
        for stream in CertificationPlan(level).streams {
            for size in stream.sizes {
                #expect(size.pixels <= level.pictureSamples, "\(stream.purpose)")
                #expect(size.width <= level.longestSides.width && size.height <= level.longestSides.height)
                #expect(size.width % level.alignment == 0 && size.height % level.alignment == 0)
                #expect(size.width >= 16 && size.height >= 16)
                #expect(size.pixels * stream.frameRate <= level.sampleRate, "\(stream.purpose)")
                #expect(stream.references <= level.bufferedPictures(size))
            }
            #expect(stream.frameRate >= 1 && stream.frameRate <= level.pictureRate)
            #expect(stream.tileColumns <= level.tileColumns && stream.tileRows <= level.tileRows)
            #expect(stream.slices <= level.slices)
            #expect(stream.bitRate ?? 0 <= level.bitRate)
        }
    }

    @Test(arguments: levels) func extremesAreExtreme(_ level: CertificationLevel) throws {
        let streams = Dictionary(uniqueKeysWithValues: CertificationPlan(level).streams.map { ($0.purpose, $0) })
        let area = try #require(streams[.largestArea])
        #expect(Double(area.size.pixels) >= 0.89 * Double(level.pictureSamples))
        let ratio = Double(area.size.width) / Double(area.size.height)
        #expect(abs(ratio / (16.0 / 9) - 1) < 0.15)
        let widest = try #require(streams[.widest])
        #expect(widest.size.width > level.longestSides.width - level.alignment)
        let tallest = try #require(streams[.tallest])
        #expect(tallest.size.height > level.longestSides.height - level.alignment)
        #expect(streams[.peakBitrate]?.bitRate == level.bitRate)
    }

    @Test(arguments: levels) func workIsBounded(_ level: CertificationLevel) {
        let budget = CertificationPlan.Budget(frames: 30, samples: 10_000_000)
        for stream in CertificationPlan(level, budget: budget).streams {
            #expect(stream.frames <= 30)
            #expect(stream.frames <= max(2 * stream.frameRate, CertificationPlan.Budget.fewest))
            let samples = stream.frames * stream.size.pixels
            #expect(samples <= 10_000_000 || stream.frames == CertificationPlan.Budget.fewest)
        }
    }

    /// Noise takes three bits a sample, and down to one at the coarsest quantizers.
    @Test(arguments: levels) func noiseCanFillTheLevelAndStayWithin(_ level: CertificationLevel) throws {
        let peak = try #require(CertificationPlan(level).streams.first { $0.purpose == .peakBitrate })
        let bits = 3 * Double(peak.size.pixels * peak.frameRate) / Double(level.bitRate)
        #expect(bits <= 1.01 && bits > 0.8)
    }

    @Test func sizesChangeAndComeBack() throws {
        let level = try CertificationLevel.named("4.1", of: .hevc)
        let change = try #require(CertificationPlan(level).streams.first { $0.purpose == .resolutionSwitch })
        #expect(change.sizes.count == 3 && change.sizes.first == change.sizes.last)
        #expect(change.sizes[1].pixels < change.size.pixels)
        #expect(change.frames % change.sizes.count == 0)
    }

    @Test(arguments: levels) func hdrIsDescribed(_ level: CertificationLevel) {
        for stream in CertificationPlan(level).streams {
            #expect((stream.hdr?.display != nil && stream.hdr?.light != nil) == (stream.purpose == .hdr10))
        }
    }

    @Test func whatACodecLacksIsNotPlanned() throws {
        func purposes(_ codec: CodecFamily, _ level: String) throws -> Set<CertificationStream.Purpose> {
            Set(CertificationPlan(try CertificationLevel.named(level, of: codec)).streams.map(\.purpose))
        }
        #expect(try purposes(.avc, "4.1").isDisjoint(with: [.tiles, .slices, .filmGrain, .hdr10]))
        #expect(try purposes(.hevc, "2.1").isDisjoint(with: [.tiles, .filmGrain]))
        #expect(try purposes(.av1, "5.1") == Set(CertificationStream.Purpose.allCases).subtracting([.slices]))
        #expect(try purposes(.hevc, "5.1") == Set(CertificationStream.Purpose.allCases).subtracting([.filmGrain]))
    }

    @Test(arguments: ["", "7", "4.7", "five", "5.1 ", "-1", "1b\n"])
    func unknownLevelsAreRefusedWithTheList(_ name: String) {
        for codec in CodecFamily.allCases {
            let failure = #expect(throws: Failure.self) { try CertificationLevel.named(name, of: codec) }
            #expect(failure?.status == .usage)
            for known in CertificationLevel.names(of: codec) { #expect(failure?.remedy.contains(known) == true) }
        }
    }

    @Test func levelsAreNamedEitherWay() throws {
        #expect(try CertificationLevel.named("5.0", of: .av1) == CertificationLevel.named("5", of: .av1))
        #expect(try CertificationLevel.named("4.0", of: .avc).number == 40)
        #expect(try CertificationLevel.named("1b", of: .avc).number == 9)
    }
}
