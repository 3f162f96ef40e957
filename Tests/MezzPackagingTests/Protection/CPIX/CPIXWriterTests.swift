import Foundation
import MezzCore
import MezzPackaging
import MezzTestKit
import Testing

@Suite("CPIX that is written")
struct CPIXWriterTests {
    @Test("is read as the same keys, for every scheme, system and label", arguments: Protection.Scheme.allCases)
    func roundTrip(_ scheme: Protection.Scheme) throws {
        for labels in [[KeyLabel.audio], [.uhd, .sd], KeyLabel.allCases] {
            let ring = try NewKeys.ring(scheme: scheme, systems: Protection.System.allCases, labels: labels)
            let document = try CPIXWriter.document(ring, contentID: "title", recipients: [])
            let reading = try CPIXReader.read(document, place: "keys.xml", privateKey: nil, now: Date())
            #expect(reading.ring.protection == ring.protection)
            #expect(!reading.isSealed && reading.contentID == "title" && reading.notes.isEmpty)
        }
    }

    @Test("has one content key where labels share it")
    func shared() throws {
        let ring = try CPIXSample().read().ring
        let text = String(decoding: try CPIXWriter.document(ring, contentID: nil, recipients: []), as: UTF8.self)
        #expect(text.matches(of: #/<cpix:ContentKey /#).count == 2)
        #expect(text.matches(of: #/<cpix:ContentKeyUsageRule /#).count == 4)
        #expect(try CPIXSample.read(Data(text.utf8)).ring.protection == ring.protection)
    }

    @Test("is refused for what CPIX cannot say")
    func refused() throws {
        func ring(_ rest: String) throws -> KeyRing {
            let key = "00112233445566778899aabbccddeeff"
            let text = #"{"scheme":"cenc","keys":[{"label":"HD","kid":"\#(key)","key":"\#(key)"\#(rest)}"#
            return try KeysFile.parse(Data(text.utf8), place: "keys")
        }
        for rest in [#","iv":"0011223344556677"}]"#, #"}],"clear_lead_seconds":2"#] {
            let ring = try ring(rest)
            #expect(throws: Failure.self) { try CPIXWriter.document(ring, contentID: nil, recipients: []) }
        }
        let plain = try ring("}]")
        for id in ["", "a\u{0}b", "a\nb", String(repeating: "x", count: 1_001)] {
            let failure = #expect(throws: Failure.self) {
                try CPIXWriter.document(plain, contentID: id, recipients: [])
            }
            #expect(failure?.place == "--content-id")
        }
    }
}

@Suite("Keys that are made")
struct NewKeysTests {
    @Test("are random, have identifiers of their own and are read again")
    func made() throws {
        let rings = try (0..<2).map { _ in
            try NewKeys.ring(scheme: .cbcs, systems: [.widevine], labels: KeyLabel.allCases)
        }
        #expect(Set(rings.flatMap { $0.protection.keyIDs.values }).count == 8)
        let json = NewKeys.json(rings[0])
        #expect(try KeysFile.parse(json, place: "new").protection == rings[0].protection)
        let text = String(decoding: json, as: UTF8.self)
        let secrets = text.matches(of: #/"(?:key|iv)": "([0-9a-f]{32})"/#).map { $0.1 }
        #expect(Set(secrets).count == 8)
        for match in text.matches(of: #/"kid": "([0-9a-f]{32})"/#) {
            let digits = Array(match.1)
            #expect(digits[12] == "4" && "89ab".contains(digits[16]))
        }
        let counted = try NewKeys.ring(scheme: .cenc, systems: [], labels: [.sd])
        #expect(try KeysFile.parse(NewKeys.json(counted), place: "new").protection == counted.protection)
    }

    @Test("go to files that nobody else reads, and over no other file")
    func files() async throws {
        try await TestFolder.with { folder in
            try PrivateFile.create(Data("keys".utf8), at: folder("keys"))
            let attributes = try FileManager.default.attributesOfItem(atPath: folder("keys"))
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            #expect(try folder.text("keys") == "keys")
            try FileManager.default.createSymbolicLink(atPath: folder("link"), withDestinationPath: folder("target"))
            for name in ["keys", "link", "absent/keys"] {
                #expect(throws: Failure.self) { try PrivateFile.create(Data("x".utf8), at: folder(name)) }
            }
            #expect(try folder.text("keys") == "keys" && folder.names() == ["keys", "link"])
        }
    }
}
