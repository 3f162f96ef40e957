import Foundation
import MezzAudio
import MezzCore
import MezzTestKit
import Testing

@Suite("Reading ADM")
struct ADMReadingTests {
    static let second = Make.silence(1)

    static func read(_ fixture: BW64Fixture) async throws -> ADMFile {
        try await TestFolder.with { folder in try ADMFile(try fixture.write(in: folder)) }
    }

    @Test("a bed of common loudspeakers and a moving object are listed with names, labels and channels")
    func bedAndObject() async throws {
        let path = [
            ("rtime=\"00:00:00.0\" duration=\"00:00:00.5\"", ADMFixture.polar(30)),
            ("rtime=\"00:00:00.5\" duration=\"00:00:00.5\"", ADMFixture.polar(-30, 45)),
        ]
        let fixture = ADMFixture.fiveOne(
            Array(repeating: Self.second, count: 6),
            objects: [
                ADMFixture.Object(name: "Fly", attributes: #"start="00:00:00.0""#, blocks: path, samples: Self.second)
            ])
        let adm = try await Self.read(fixture.file)
        #expect(adm.findings == [])
        #expect(adm.listing.programmes.map(\.name) == ["Main"] && adm.listing.programmes[0].language == "en")
        #expect(adm.listing.contents.map(\.dialogue) == [.mixed])
        let items = adm.listing.items
        try #require(items.count == 2)
        #expect(items[0].kind == .bed && items[0].layout == "5.1" && items[0].name == "Bed")
        #expect(items[0].channels.map(\.number) == [1, 2, 3, 4, 5, 6])
        #expect(items[0].channels.flatMap(\.speakers) == ["M+030", "M-030", "M+000", "LFE", "M+110", "M-110"])
        #expect(items[1].kind == .object && items[1].name == "Fly" && items[1].layout == "Fly")
        #expect(items[1].channels.map(\.blocks) == [2] && items[1].channels.map(\.number) == [7])
    }

    @Test("a file without XML is listed from its chna chunk")
    func withoutXML() async throws {
        var fixture = BW64Fixture(channels: [Self.second, Self.second], xml: nil)
        fixture.rows = [
            (1, "ATU_00000001", "AT_00010001_01", "AP_00010002"), (2, "ATU_00000002", "AT_00010002_01", "AP_00010002"),
        ]
        let adm = try await Self.read(fixture)
        #expect(adm.findings.map(\.code) == ["adm.axml.missing"])
        #expect(adm.listing.items.map(\.layout) == ["2.0"])
        #expect(adm.listing.items[0].channels.flatMap(\.speakers) == ["M+030", "M-030"])
    }

    @Test("loudness that the file claims is listed")
    func loudness() async throws {
        var fixture = ADMFixture.fiveOne(Array(repeating: Self.second, count: 6))
        fixture.inContent =
            "<loudnessMetadata><integratedLoudness>-23.5</integratedLoudness><maxTruePeak>-1.0</maxTruePeak>"
            + "<dialogueLoudness>nonsense</dialogueLoudness></loudnessMetadata><dialogue>1</dialogue>"
        let content = try await Self.read(fixture.file).listing.contents[0]
        #expect(content.loudness?.integrated == -23.5 && content.loudness?.truePeak == -1)
        #expect(content.loudness?.dialogue == nil)
        #expect(content.dialogue == .dialogue)
    }

    @Test("elements are found whatever prefix their names have")
    func prefixes() async throws {
        var file = ADMFixture.fiveOne(Array(repeating: Self.second, count: 6)).file
        file.xml = file.xml?.replacingOccurrences(of: "<audio", with: "<adm:audio")
            .replacingOccurrences(of: "</audio", with: "</adm:audio")
        #expect(try await Self.read(file).listing.items.map(\.layout) == ["5.1"])
    }

    @Test("an ambisonic pack and a binaural one are named")
    func otherTypes() async throws {
        var fixture = BW64Fixture(channels: Array(repeating: Self.second, count: 6), xml: nil)
        var rows: [(Int, String, String, String)] = []
        for number in 1...4 { rows.append((number, ADMFixture.uid(number), "AC_0004000\(number)", "AP_00040001")) }
        for number in 1...2 {
            rows.append((number + 4, ADMFixture.uid(number + 4), "AC_0005000\(number)", "AP_00050001"))
        }
        fixture.rows = rows
        let items = try await Self.read(fixture).listing.items
        #expect(items.map(\.kind) == [.scene, .binaural])
        #expect(items.map(\.layout) == ["ambisonics order 1 SN3D", "binaural"])
    }

    @Test(
        "files without ADM, and with something else for it, are refused as input",
        arguments: [
            nil, "", "<audioFormatExtended>", "<other/>", "not XML",
            "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><audioFormatExtended>&b;</audioFormatExtended>",
            String(repeating: "<a>", count: 5000), "<?xml version=\"1.0\" encoding=\"UTF-16\"?><audioFormatExtended/>",
        ])
    func refused(_ xml: String?) async throws {
        var fixture = BW64Fixture(channels: [Self.second], xml: xml)
        fixture.rows = nil
        await #expect {
            _ = try await Self.read(fixture)
        } throws: {
            ($0 as? Failure)?.status == .input
        }
    }

    @Test("the common definitions hold together: every channel of every pack exists")
    func commonDefinitions() async throws {
        let index = ADMIndex(ADMDocument())
        var channels = 0
        for type in ["0001", "0004", "0005"] {
            for number in 1..<0x1000 {
                let id = "AP_" + type + ADMFixture.hex(number).uppercased()
                guard index.pack(id) != nil else { continue }
                let ids = index.channelIDs(ofPack: id)
                let known = ids.compactMap { index.channel($0) }
                #expect(!ids.isEmpty && known.count == ids.count && Set(ids).count == ids.count, "\(id)")
                channels += ids.count
            }
        }
        // 43 packs of BS.2094, those of ambisonics with all channels below them counted.
        #expect(channels == 541)
    }

    @Test("a common track leads to its channel, an unknown one nowhere")
    func trackFormats() {
        let index = ADMIndex(ADMDocument())
        #expect(index.channelID(through: "AT_0001000A_01") == "AC_0001000A")
        #expect(index.channelID(through: "AC_00010028") == "AC_00010028")
        for id in ["AT_00010029_01", "AT_00011001_01", "AT_0001000A", "AC_00010000", "AC_00080001", "", "AT_", "AC_É"] {
            #expect(index.channelID(through: id) == nil, "\(id)")
        }
    }
}
