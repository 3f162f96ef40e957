import MezzCore
import MezzFormats
import MezzQC
import Testing

@Suite("Rules of colours and parameters")
struct ColorRuleTests {
    static let display = MasteringDisplay(
        red: Chromaticity(x: 34_000, y: 16_000), green: Chromaticity(x: 13_250, y: 34_500),
        blue: Chromaticity(x: 7500, y: 3000), white: Chromaticity(x: 15_635, y: 16_450), maxLuminance: 10_000_000,
        minLuminance: 1)

    /// HDR10 as it should be.
    private func hdr() throws -> StreamDescription {
        var description = try Synthetic.description(.hevc, "3", 256, 144)
        description.bitDepth = 10
        description.signal = VideoSignal(primaries: 9, transfer: 16, matrix: 9)
        description.masteringDisplay = Self.display
        description.contentLight = ContentLight(maxContentLevel: 1000, maxPictureAverage: 400)
        return description
    }

    @Test("HDR10, HLG and P3 are let through")
    func good() throws {
        var description = try hdr()
        #expect(Synthetic.stream(description).findings() == [])
        description.signal = VideoSignal(primaries: 12, transfer: 16, matrix: 9)
        #expect(Synthetic.stream(description).findings() == [])
        description.signal = VideoSignal(primaries: 9, transfer: 18, matrix: 9)
        (description.masteringDisplay, description.contentLight) = (nil, nil)
        #expect(Synthetic.stream(description).findings() == [])
    }

    @Test("PQ without its mastering display is a warning")
    func hdrMissing() throws {
        var description = try hdr()
        description.masteringDisplay = nil
        let findings = Synthetic.stream(description).findings()
        #expect(findings.codes == ["stream.hdr.missing"])
        #expect(findings.first?.severity == .warning)
    }

    @Test("Signals that cannot be true contradict themselves", arguments: Contradiction.all)
    func contradictions(_ one: Contradiction) throws {
        var description = try hdr()
        one.change(&description)
        let findings = Synthetic.stream(description).findings()
        #expect(findings.codes == ["stream.colour.contradiction"])
        #expect(findings.first?.message.contains(one.words) == true)
        #expect(findings.first?.place == Finding.Place(stream: "v"))
    }

    @Test("Light levels may be equal, unknown or alone")
    func lightLevels() throws {
        for (most, average) in [(400, 400), (0, 400), (0, 0), (1000, 0)] {
            var description = try hdr()
            description.contentLight = ContentLight(maxContentLevel: most, maxPictureAverage: average)
            #expect(Synthetic.stream(description).findings() == [])
        }
    }

    @Test("RGB is not subsampled")
    func identity() throws {
        var description = try Synthetic.description(.avc, "3", 320, 192)
        description.signal = VideoSignal(primaries: 1, transfer: 1, matrix: 0)
        description.chromaFormat = 3
        #expect(Synthetic.stream(description).findings() == [])
    }

    @Test("A description that changes is named where it changes", arguments: ChangedDescription.all)
    func changes(_ one: ChangedDescription) throws {
        var stream = Synthetic.stream(try hdr())
        stream.descriptions.append((from: 60, try hdr()))
        #expect(stream.findings() == [])
        one.change(&stream.descriptions[1].1)
        let findings = stream.findings()
        #expect(findings.codes == ["stream.parameters.changed"])
        #expect(findings.first?.message.contains(one.words) == true)
        #expect(findings.first?.place.frame == 60)
    }

    @Test("What is first told later is no change")
    func later() throws {
        var first = try hdr()
        (first.masteringDisplay, first.contentLight) = (nil, nil)
        var stream = Synthetic.stream(first)
        stream.descriptions.append((from: 1, try hdr()))
        #expect(stream.findings() == [])
    }
}

struct Contradiction: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let words: String
    let change: @Sendable (inout StreamDescription) -> Void

    static let all = [
        Contradiction(testDescription: "PQ in 8 bits", words: "PQ in 8 bits: it needs 10") { $0.bitDepth = 8 },
        Contradiction(testDescription: "HLG in 8 bits", words: "HLG in 8 bits: it needs 10") {
            $0.bitDepth = 8
            $0.signal = VideoSignal(primaries: 9, transfer: 18, matrix: 9)
        },
        Contradiction(testDescription: "PQ on BT.709 primaries", words: "PQ with primaries 1") {
            $0.signal = VideoSignal(primaries: 1, transfer: 16, matrix: 9)
        },
        Contradiction(testDescription: "RGB in 4:2:0", words: "matrix 0 (RGB) with subsampled chroma") {
            $0.signal = VideoSignal(primaries: 9, transfer: 16, matrix: 0)
        },
        Contradiction(testDescription: "HDR flagged as SDR", words: "HDR flagged as SDR") {
            $0.signal = VideoSignal(primaries: 1, transfer: 1, matrix: 1)
        },
        Contradiction(testDescription: "average above maximum", words: "MaxFALL 401 is above MaxCLL 400") {
            $0.contentLight = ContentLight(maxContentLevel: 400, maxPictureAverage: 401)
        },
        Contradiction(testDescription: "black as bright as white", words: "black is not darker") {
            let display = ColorRuleTests.display
            $0.masteringDisplay = MasteringDisplay(
                red: display.red, green: display.green, blue: display.blue, white: display.white, maxLuminance: 50,
                minLuminance: 50)
        },
    ]
}

struct ChangedDescription: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let words: String
    let change: @Sendable (inout StreamDescription) -> Void

    static let all = [
        ChangedDescription(testDescription: "size", words: "the picture is 240x144, not 256x144") {
            $0.size = Resolution(width: 240, height: 144)
        },
        ChangedDescription(testDescription: "codec", words: "the codec is hvc1.2.4.L93.90") {
            $0.codecString = "hvc1.2.4.L93.90"
        },
        ChangedDescription(testDescription: "depth", words: "samples have 12 bits, not 10") { $0.bitDepth = 12 },
        ChangedDescription(testDescription: "colours", words: "the colours are other ones") {
            $0.signal = VideoSignal(primaries: 9, transfer: 18, matrix: 9)
        },
        ChangedDescription(testDescription: "light", words: "the light levels are other ones") {
            $0.contentLight = ContentLight(maxContentLevel: 999, maxPictureAverage: 400)
        },
        ChangedDescription(testDescription: "mastering display", words: "the mastering display is another one") {
            let display = ColorRuleTests.display
            $0.masteringDisplay = MasteringDisplay(
                red: display.red, green: display.green, blue: display.blue, white: display.white,
                maxLuminance: 40_000_000, minLuminance: 50)
        },
    ]
}
