import Foundation
import MezzAudio
import MezzCore
import Testing

@Suite("Checks of ADM")
struct ADMCheckTests {
    private static let second = Make.silence(1)

    /// A stereo bed and an object, changed.
    private static func codes(_ change: (inout ADMFixture, inout BW64Fixture) -> Void) async throws -> [String] {
        var fixture = ADMFixture(
            bed: ("AP_00010002", [second, second]), bedChannels: [1, 2], objects: [.still(0, samples: second)])
        var unused = fixture.file
        change(&fixture, &unused)
        var file = fixture.file
        change(&fixture, &file)
        return Array(Set(try await ADMReadingTests.read(file).findings.map(\.code))).sorted()
    }

    private static func replacing(_ old: String, _ new: String) async throws -> [String] {
        try await codes { _, file in file.xml = file.xml?.replacingOccurrences(of: old, with: new) }
    }

    private static func blocks(_ blocks: [(String, String)], object: String = "") async throws -> [String] {
        try await codes { fixture, _ in
            fixture.objects[0].blocks = blocks.map { (attributes: $0.0, inner: $0.1) }
            fixture.objects[0].attributes = object
        }
    }

    @Test("a document without faults has no findings")
    func sound() async throws {
        #expect(try await Self.codes { _, _ in } == [])
    }

    @Test(
        "what leads nowhere, twice, or in a circle is found",
        arguments: [
            ("<audioContentIDRef>ACO_1001<", "<audioContentIDRef>ACO_1002<", ["adm.reference"]),
            ("<audioObjectIDRef>AO_2001<", "<audioObjectIDRef>AO_2009<", ["adm.reference"]),
            (
                ">AP_00010002</audioPackFormatIDRef><audioTrackUIDRef>",
                ">AP_00010099</audioPackFormatIDRef><audioTrackUIDRef>",
                ["adm.object.tracks", "adm.reference"]
            ),
            ("<audioContentIDRef>ACO_1001</audioContentIDRef>", "", ["adm.programme.empty"]),
            ("audioObjectID=\"AO_2001\"", "audioObjectID=\"AO_1001\"", ["adm.duplicate", "adm.reference"]),
            ("typeDefinition=\"Objects\"", "typeDefinition=\"Matrix\"", ["adm.type"]),
            ("typeDefinition=\"Objects\"", "typeDefinition=\"Atmos\"", ["adm.type"]),
            (
                "audioObjectID=\"AO_2001\" audioObjectName=\"Object\" >",
                "audioObjectID=\"AO_2001\" audioObjectName=\"Object\" ><audioObjectIDRef>AO_2001</audioObjectIDRef>",
                ["adm.circle"]
            ),
            ("<audioTrackUIDRef>ATU_00000002</audioTrackUIDRef>", "", ["adm.object.tracks"]),
            ("<audioTrackUIDRef>ATU_00000002<", "<audioTrackUIDRef>ATU_00000000<", []),
            (
                "<audioTrackUIDRef>ATU_00000002<", "<audioTrackUIDRef>ATU_00000009<",
                ["adm.reference", "adm.track.channel"]
            ),
        ] as [(String, String, [String])])
    func references(_ old: String, _ new: String, _ expected: [String]) async throws {
        #expect(try await Self.replacing(old, new) == expected)
    }

    @Test("rows of the chna chunk are held against the file's channels")
    func rows() async throws {
        #expect(try await Self.codes { _, file in file.rows?[2].0 = 4 } == ["adm.channel.unused", "adm.track.range"])
        #expect(try await Self.codes { _, file in file.rows?[2].0 = 0 } == ["adm.channel.unused", "adm.track.range"])
        #expect(try await Self.codes { _, file in file.rows?[2].0 = 2 } == ["adm.channel.unused", "adm.track.shared"])
        #expect(
            try await Self.codes { _, file in file.rows?.removeLast() } == ["adm.channel.unused", "adm.track.channel"])
        #expect(
            try await Self.codes { _, file in file.rows?.append((1, "ATU_00000003", "", "")) } == ["adm.track.repeated"]
        )
    }

    @Test("times of blocks are held against each other, the object and the file")
    func blockTimes() async throws {
        let place = ADMFixture.polar(10)
        func block(_ start: String, _ duration: String) -> (String, String) {
            ("rtime=\"00:00:0\(start)\" duration=\"00:00:0\(duration)\"", place)
        }
        #expect(try await Self.blocks([block("0.0", "0.5"), block("0.5", "0.5")]) == [])
        #expect(try await Self.blocks([block("0.0", "0.33333"), block("0.33334", "0.66666")]) == [])
        #expect(try await Self.blocks([block("0.0", "0.4"), block("0.5", "0.5")]) == ["adm.block.gap"])
        #expect(try await Self.blocks([block("0.1", "0.4"), block("0.5", "0.5")]) == ["adm.block.gap"])
        #expect(try await Self.blocks([block("0.0", "0.6"), block("0.5", "0.5")]) == ["adm.block.overlap"])
        #expect(try await Self.blocks([block("0.0", "0.5"), block("0.5", "0.6")]) == ["adm.block.end"])
        #expect(try await Self.blocks([block("0.0", "0.5"), block("0.5", "0.2")]) == ["adm.block.end"])
        #expect(try await Self.blocks([block("0.0", "0.5"), ("", place)]) == ["adm.block.untimed"])
        #expect(try await Self.blocks([]) == ["adm.block.missing"])
        #expect(try await Self.blocks([("rtime=\"now\"", place)]) == ["adm.time"])
        #expect(
            try await Self.blocks([block("0.0S48000", "0.24000S48000"), block("0.24000S48000", "0.24000S48000")]) == [
                "adm.time.samples"
            ])
    }

    @Test("objects begin and end within the file")
    func objectTimes() async throws {
        let place = [("", ADMFixture.polar(10))]
        #expect(try await Self.blocks(place, object: "start=\"00:00:00.5\" duration=\"00:00:00.5\"") == [])
        #expect(
            try await Self.blocks(place, object: "start=\"00:00:00.5\" duration=\"00:00:00.6\"") == [
                "adm.object.outside"
            ])
        #expect(try await Self.blocks(place, object: "start=\"00:00:01.0\"") == ["adm.object.outside"])
        #expect(try await Self.blocks(place, object: "start=\"soon\"") == ["adm.time"])
    }

    @Test(
        "positions outside the room, and none, are found",
        arguments: [
            (180.0, 90.0, 1.0, true), (-180, -90, 0, true), (180.1, 0, 1, false), (0, 90.5, 1, false),
            (0, 0, 1.01, false),
            (0, 0, -0.1, false),
        ] as [(Double, Double, Double, Bool)])
    func positions(_ azimuth: Double, _ elevation: Double, _ distance: Double, _ isWithin: Bool) async throws {
        let inner = ADMFixture.polar(azimuth, elevation) + "<position coordinate=\"distance\">\(distance)</position>"
        #expect(try await Self.blocks([("", inner)]) == (isWithin ? [] : ["adm.position"]))
    }

    @Test("positions may be cartesian, and have to be numbers")
    func cartesian() async throws {
        func place(_ x: String) -> [(String, String)] {
            [
                (
                    "",
                    "<cartesian>1</cartesian><position coordinate=\"X\">\(x)</position><position coordinate=\"Y\">1</position>"
                )
            ]
        }
        #expect(try await Self.blocks(place("-1.0")) == [])
        #expect(try await Self.blocks(place("1.5")) == ["adm.position"])
        #expect(try await Self.blocks(place("left")) == ["adm.position", "adm.time"])
        #expect(try await Self.blocks(place("nan")) == ["adm.position", "adm.time"])
    }

    @Test("a namespace that renderers do not know is found")
    func namespace() async throws {
        #expect(try await Self.replacing("ebuCore_2016", "ebucore") == ["adm.namespace"])
        #expect(try await Self.replacing("urn:ebu:metadata-schema:ebuCore_2016", "urn:metadata-schema:adm") == [])
        #expect(try await Self.replacing("xmlns=\"urn:ebu:metadata-schema:ebuCore_2016\"", "") == [])
    }

    @Test("a profile that is claimed is told")
    func profile() async throws {
        let codes = try await Self.codes { fixture, _ in
            fixture.more = "<profileList><profile profileName=\"Production\">EBU Tech 3392</profile></profileList>"
        }
        #expect(codes == ["adm.profile"])
    }

    @Test("of many findings of one kind twenty are told and the others counted")
    func many() async throws {
        let file = ADMFixture(
            bed: nil, bedChannels: [],
            objects: (0..<30).map { _ in .still(200, samples: Array(repeating: 0, count: 480)) }
        ).file
        let findings = try await ADMReadingTests.read(file).findings
        #expect(findings.count == 21 && findings.last?.message == "and 10 more")
    }

    @Test("every code is stable, lower-case and of its own")
    func codes() {
        let codes = ADMRule.allCases.map(\.rawValue)
        #expect(Set(codes).count == codes.count)
        #expect(codes.allSatisfy { $0.hasPrefix("adm.") && $0 == $0.lowercased() })
        #expect(ADMRule.allCases.allSatisfy { !$0.remedy.isEmpty })
    }
}
