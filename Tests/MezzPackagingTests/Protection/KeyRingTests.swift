import Foundation
import MezzCore
import MezzPackaging
import Testing

@Suite("Keys")
struct KeyRingTests {
    private static let key = "00112233445566778899aabbccddeeff"

    private static func ring(_ scheme: String = "cbcs", key: String = key, iv: String? = nil) throws -> KeyRing {
        let vector = iv.map { #","iv":"\#($0)""# } ?? ""
        let text =
            #"{"scheme":"\#(scheme)","systems":["widevine","widevine"],"keys":"#
            + #"[{"label":"HD","kid":"0123ABCD-0000-0000-0000-000000000001","key":"\#(key)"\#(vector)}]}"#
        return try KeysFile.parse(Data(text.utf8), place: "keys")
    }

    @Test("are read with their identifiers, as UUIDs too, and each system once")
    func read() throws {
        let protection = try Self.ring().protection
        #expect(protection.scheme == .cbcs && protection.systems == [.widevine] && protection.clearLead == 0)
        #expect(protection.keyIDs == [.hd: "0123abcd000000000000000000000001"])
    }

    @Test("are shown by nothing that prints or codes them")
    func hidden() throws {
        let ring = try Self.ring(iv: "0011223344556677")
        var dumped = ""
        dump(ring, to: &dumped)
        dump(try ring.key(.hd, for: "v"), to: &dumped)
        let coded = String(decoding: try JSONEncoder().encode(ring.protection), as: UTF8.self)
        let shown = ["\(ring)", "\(try ring.key(.hd, for: "v"))", String(reflecting: ring), dumped, coded].joined()
        #expect(!shown.contains("00112233445566") && !shown.contains("[0, 17, 34") && !shown.contains("17\n"))
    }

    @Test("make another fingerprint when anything of them changes")
    func fingerprint() throws {
        let rings = [
            try Self.ring(), try Self.ring(key: "10112233445566778899aabbccddeeff"),
            try Self.ring(iv: "0011223344556677"),
        ]
        #expect(Set(rings.map(\.protection.fingerprint)).count == 3)
        #expect(try Self.ring().protection == rings[0].protection)
    }

    @Test("count every track's blocks from a place of its own, title by title, whatever vector is given")
    func countedVectors() throws {
        for iv in [nil, "0011223344556677"] {
            let ring = try Self.ring("cenc", iv: iv)
            let key = try ring.key(.hd, for: "v")
            let contents = ["a", "b"].map { ContentHash.of(Data($0.utf8)) }
            let vectors = [contents, contents.reversed()].flatMap { contents in
                let keys = PackagerKeys(ring: ring, labels: [.hd, .hd], contents: contents)
                return [keys.vector(key, 0), keys.vector(key, 1)]
            }
            #expect(Set(vectors).count == 4 && vectors.allSatisfy { $0.count == 8 })
            let again = PackagerKeys(ring: ring, labels: [.hd, .hd], contents: contents)
            #expect(again.vector(key, 1) == vectors[1])
        }
    }

    @Test("have one vector each under cbcs: the one given, or their own")
    func constantVectors() throws {
        let content = ContentHash.of(Data())
        func vector(_ iv: String?, _ track: Int) throws -> [UInt8] {
            let ring = try Self.ring(iv: iv)
            let keys = PackagerKeys(ring: ring, labels: [.hd, .hd], contents: [content, content])
            return keys.vector(try ring.key(.hd, for: "v"), track)
        }
        #expect(try vector("00112233445566778899aabbccddeeff", 1) == (0..<16).map { UInt8($0 * 17) })
        #expect(try vector(nil, 0) == vector(nil, 1) && vector(nil, 0).count == 16)
    }

    @Test("are never read from the command line itself, nor quoted when they stand there")
    func onTheCommandLine() throws {
        for source in [#"{"keys":1}"#, #"env:{"key":"00112233"}"#, "a\nb"] {
            let failure = #expect(throws: Failure.self) { try KeysFile.read(source, environment: [:]) }
            #expect(failure?.place == "--drm" && failure?.status == .input)
        }
    }

    @Test("that are missing are named with the track that needs them")
    func missing() throws {
        let failure = #expect(throws: Failure.self) { try Self.ring().key(.uhd, for: "avc-2160p") }
        #expect(failure?.what.contains("UHD") == true && failure?.place == "avc-2160p")
    }

    @Test(
        "are chosen by the picture's samples",
        arguments: [
            (256, 144, KeyLabel.sd), (768, 576, .sd), (854, 480, .sd), (1024, 576, .hd), (1920, 1080, .hd),
            (1920, 1088, .hd), (2048, 1152, .uhd), (3840, 2160, .uhd),
        ])
    func labels(_ width: Int, _ height: Int, _ label: KeyLabel) {
        #expect(KeyLabel(Resolution(width: width, height: height)) == label)
    }

    @Test("of another length, in other digits or beyond any size are refused without being quoted")
    func refused() throws {
        for key in ["0011", Self.key + "00", "zz112233445566778899aabbccddeeff", "0011223344556677-8899aabbccddeef"] {
            let failure = #expect(throws: Failure.self) { try Self.ring(key: key) }
            #expect(failure?.status == .input)
            let said = [failure?.what, failure?.detail, failure?.remedy].compactMap(\.self).joined()
            #expect(said.range(of: key) == nil)
        }
        #expect(throws: Failure.self) { try Self.ring(iv: "00") }
        for text in ["", "[]", "{\"scheme\":\"cenc\"}", "{\"scheme\":1,\"keys\":[]}", "\u{0}"] {
            #expect(throws: Failure.self) { try KeysFile.parse(Data(text.utf8), place: "keys") }
        }
    }
}
