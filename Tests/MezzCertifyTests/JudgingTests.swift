import MezzCertify
import MezzCore
import Testing

/// What makes a stream pass.
@Suite struct JudgingTests {
    private static let both = [
        DecodedStream(.hevc, frames: 10, pictures: "a"), DecodedStream(.dec265, frames: 10, pictures: "a"),
    ]

    /// A stream that is what it was asked for, but for what `change` makes of it.
    private func entry(
        _ purpose: CertificationStream.Purpose = .peakBitrate, codes: [String] = [], level: String = "3.1",
        frames: Int = 10, peak: Int = 9_500_000, sizes: [Resolution]? = nil, decoders: [DecodedStream] = both,
        change: (inout StreamVerdict) -> Void = { _ in }
    ) throws -> CertificationIndex.Entry {
        var asked = CertificationStream(
            purpose: purpose, size: Resolution(width: 640, height: 360), frameRate: 30, frames: 10)
        asked.bitRate = purpose == .peakBitrate ? 10_000_000 : nil
        asked.hdr = purpose == .hdr10 ? .certified : nil
        var verdict = StreamVerdict(
            codecs: "hvc1", level: level, frames: frames, seconds: 1, peakBPS: peak, sizes: sizes ?? asked.sizes,
            findings: codes.map { Finding($0, .error, "m", remedy: "r") })
        verdict.hdr = asked.hdr
        verdict.grainFrames = purpose == .filmGrain ? 10 : 0
        change(&verdict)
        return CertificationIndex.Entry(
            CertificationEncoder.Built(stream: asked, encoder: "e", quantizer: 20, verdict: verdict), asked: asked,
            level: try CertificationLevel.named("3.1", of: .hevc), decoders: decoders)
    }

    @Test func aCleanStreamPasses() throws {
        for purpose in CertificationStream.Purpose.allCases where purpose != .resolutionSwitch {
            #expect(try entry(purpose).problems == [], "\(purpose)")
        }
        #expect(try entry().bitratePercent == 95)
        #expect(try entry().remarks == ["near the limit"])
    }

    @Test func whateverIsWrongIsAProblem() throws {
        #expect(try !entry(codes: ["stream.level.tiles"]).passed)
        #expect(try !entry(level: "4").passed)
        #expect(try !entry(frames: 9).passed)
        #expect(try !entry(sizes: [Resolution(width: 640, height: 352)]).passed)
        #expect(try !entry(.tiles) { $0.tileColumns = 2 }.passed)
        #expect(try !entry(.tiles) { $0.tileRows = 2 }.passed)
        #expect(try !entry { $0.tileRows = 0 }.passed)
        #expect(try !entry { $0.slices = 2 }.passed)
        #expect(try !entry { $0.keyFrames = 2 }.passed)
        #expect(try !entry { $0.bufferedPictures = 0 }.passed)
        #expect(try !entry { $0.grainFrames = 1 }.passed)
        #expect(try !entry(decoders: []).passed)
    }

    @Test func moreTilesThanNeededDoNotMatterWhereTheyAreNotThePurpose() throws {
        #expect(try entry(.widest) { $0.tileColumns = 4 }.passed)
    }

    @Test func grainMustBeInEveryPicture() throws {
        #expect(try !entry(.filmGrain) { $0.grainFrames = 9 }.passed)
    }

    @Test func hdrMustBeWhatWasGiven() throws {
        let given = try #require(HDRMetadata.certified)
        let display = try #require(given.display)
        func told(_ shift: Int, light: HDRMetadata.Light? = given.light) throws -> Bool {
            try entry(.hdr10) {
                $0.hdr = HDRMetadata(
                    display: HDRMetadata.Display(
                        points: display.points.map { $0 + shift }, maxLuminance: display.maxLuminance,
                        minLuminance: display.minLuminance), light: light)
            }.passed
        }
        // AV1 counts in other fractions: the last digit may differ.
        #expect(try told(0) && told(1) && !told(2))
        #expect(try !told(0, light: nil) && !told(0, light: HDRMetadata.Light(max: 1000, average: 399)))
        #expect(try !entry(.hdr10) { $0.hdr = nil }.passed)
    }

    @Test func decodersMustAgree() throws {
        func decoded(_ second: DecodedStream) throws -> Bool {
            try entry(decoders: [DecodedStream(.libdav1d, frames: 10, pictures: "a"), second]).passed
        }
        #expect(try decoded(DecodedStream(.libaom, frames: 10, pictures: "a")))
        #expect(try !decoded(DecodedStream(.libaom, frames: 10, pictures: "b")))
        #expect(try !decoded(DecodedStream(.libaom, frames: 9, pictures: "a")))
        #expect(try !decoded(DecodedStream(.libaom, failure: "corrupt")))
    }

    @Test func aKnownLimitOfOneDecoderIsToldAndPasses() throws {
        let refused = DecodedStream(.dec265, failure: "no", limit: "it holds less")
        let entry = try entry(decoders: [DecodedStream(.hevc, frames: 10, pictures: "a"), refused])
        #expect(entry.passed)
        #expect(entry.remarks.contains("dec265 refuses it: it holds less"))
        #expect(entry.remarks.contains("not decoded by a second decoder"))
        #expect(!entry.remarks.contains { $0.contains("install") })
        #expect(try !self.entry(decoders: [refused]).passed)
        // A limit excuses a refusal, not pictures that differ.
        let wrong = DecodedStream(.dec265, frames: 10, pictures: "b", limit: "it holds less")
        #expect(try !self.entry(decoders: [DecodedStream(.hevc, frames: 10, pictures: "a"), wrong]).passed)
    }

    @Test func twoDecodersOfOneMakeAreOne() throws {
        let entry = try entry(decoders: [
            DecodedStream(.libdav1d, frames: 10, pictures: "a"), DecodedStream(.dav1d, frames: 10, pictures: "a"),
        ])
        #expect(entry.passed && entry.remarks.contains("not decoded by a second decoder"))
    }

    @Test func aChangeOfSizeMustBeFound() throws {
        #expect(try !entry(.resolutionSwitch).passed)
        #expect(try entry(.resolutionSwitch, codes: ["stream.parameters.changed"]).passed)
        #expect(try !entry(.widest, codes: ["stream.parameters.changed"]).passed)
    }

    @Test func farFromTheLimitIsNotCalledNear() throws {
        #expect(try entry(peak: 7_900_000).remarks == ["no quantizer comes nearer to the limit"])
        let above = try entry(peak: 10_100_000).remarks
        #expect(!above.contains("near the limit") && above.contains { $0.hasPrefix("above the level's rate") })
    }
}
