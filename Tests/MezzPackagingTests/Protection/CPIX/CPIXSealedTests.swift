import Foundation
import MezzCore
import MezzPackaging
import MezzTestKit
import Testing

@Suite(
    "Encrypted keys in CPIX", .timeLimit(.minutes(5)),
    .enabled(if: Recipients.isPossible, "no openssl here, so this is not tested"))
struct CPIXSealedTests {
    private static func ring() throws -> KeyRing {
        try NewKeys.ring(scheme: .cbcs, systems: [.fairplay, .widevine], labels: [.audio, .hd, .uhd])
    }

    @Test("are opened by each recipient's private key, and by no other")
    func roundTrip() async throws {
        try await TestFolder.with { folder in
            let recipients = Recipients(folder: folder)
            let certificates = [
                try await recipients.certificate("one"), try await recipients.certificate("two", algorithm: "rsa:3072"),
            ]
            let ring = try Self.ring()
            let document = try CPIXWriter.document(ring, contentID: "a <b> & \"c\" ü", recipients: certificates)
            for name in ["one", "two"] {
                let reading = try CPIXSample.read(document, with: try recipients.key(name))
                #expect(reading.ring.protection == ring.protection && reading.isSealed)
                #expect(reading.contentID == "a <b> & \"c\" ü")
            }
            try await recipients.certificate("three")
            let stranger = #expect(throws: Failure.self) {
                try CPIXSample.read(document, with: try recipients.key("three"))
            }
            #expect(stranger?.what.contains("none of the 2 recipients") == true)
            #expect(throws: Failure.self) { try CPIXSample.read(document) }
            // Random keys of its own in each document, and no content key in any.
            let again = try CPIXWriter.document(ring, contentID: nil, recipients: certificates)
            #expect(document != again)
            let json = String(decoding: NewKeys.json(ring), as: UTF8.self)
            for match in json.matches(of: #/"key": "([0-9a-f]{32})"/#) {
                let key = try #require(Self.bytes(String(match.1)))
                let text = String(decoding: document, as: UTF8.self)
                #expect(!text.contains(key.base64EncodedString()) && !text.contains(match.1))
            }
        }
    }

    @Test("are refused before and after their recipient's certificate is good, with the dates")
    func dates() async throws {
        try await TestFolder.with { folder in
            let recipients = Recipients(folder: folder)
            let certificate = try await recipients.certificate("one")
            let document = try CPIXWriter.document(try Self.ring(), contentID: nil, recipients: [certificate])
            let key = try recipients.key("one")
            for (now, word) in [
                (certificate.notBefore.addingTimeInterval(-1), "not good yet"),
                (certificate.notAfter.addingTimeInterval(1), "expired"),
            ] {
                let failure = #expect(throws: Failure.self) { try CPIXSample.read(document, with: key, at: now) }
                #expect(failure?.what.contains(word) == true && failure?.place.contains("CN=one") == true)
                #expect(failure?.what.contains(certificate.notAfter.formatted(.iso8601)) == true)
            }
            #expect(try CPIXSample.read(document, with: key, at: certificate.notAfter).isSealed)
        }
    }

    @Test("that were changed on the way are refused before anything is decrypted")
    func changed() async throws {
        try await TestFolder.with { folder in
            let recipients = Recipients(folder: folder)
            let certificate = try await recipients.certificate("one")
            let text = String(
                decoding: try CPIXWriter.document(try Self.ring(), contentID: nil, recipients: [certificate]),
                as: UTF8.self)
            let key = try recipients.key("one")
            for element in ["</pskc:ValueMAC>", "</enc:CipherValue>"] {
                let end = try #require(text.range(of: element, options: .backwards))
                let place = text.index(end.lowerBound, offsetBy: -10)
                let other = text[place] == "A" ? "B" : "A"
                let changed = text.replacingCharacters(in: place...place, with: other)
                let failure = #expect(throws: Failure.self) { try CPIXSample.read(Data(changed.utf8), with: key) }
                #expect(failure?.what.contains("ValueMAC") == true && failure?.place.contains("ContentKey 3") == true)
            }
            for (from, to, what) in [
                ("xmldsig-more#hmac-sha512", "xmldsig-more#hmac-sha256", "MACMethod"),
                ("xmlenc#rsa-oaep-mgf1p", "xmlenc#rsa-1_5", "rsa-1_5"), ("cpix:Key>", "cpix:Other>", "MACMethod"),
            ] {
                let changed = text.replacing(from, with: to)
                let failure = #expect(throws: Failure.self) { try CPIXSample.read(Data(changed.utf8), with: key) }
                #expect(failure?.what.contains(what) == true && failure?.place.contains("DeliveryData 1") == true)
            }
        }
    }

    @Test("need a private key that is RSA, large enough and without a passphrase")
    func privateKeys() async throws {
        try await TestFolder.with { folder in
            let recipients = Recipients(folder: folder)
            try await recipients.shell(
                """
                openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -out small.key 2>>log
                openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out curve.key 2>>log
                openssl genpkey -algorithm RSA -aes256 -pass pass:secret -out locked.key 2>>log
                openssl req -x509 -newkey rsa:1024 -nodes -keyout k -out small.pem -days 2 -subj /CN=s 2>>log
                echo text >text.key; : >empty.key
                """)
            for (name, what) in [
                ("small", "2048 bits"), ("curve", "not RSA"), ("locked", "passphrase"), ("text", "no private key"),
                ("empty", "no private key"), ("absent", "cannot be read"),
            ] {
                let failure = #expect(throws: Failure.self) { try recipients.key(name) }
                #expect(failure?.what.contains(what) == true && failure?.status == .input, "\(failure?.what ?? "")")
            }
            #expect(throws: Failure.self) { try RecipientCertificate(file: folder("small.pem")) }
            #expect(throws: Failure.self) { try RecipientCertificate(file: folder("text.key")) }
            let line = KeySource("-----BEGIN PRIVATE KEY-----", option: "--drm-private-key", content: "the private key")
            let failure = #expect(throws: Failure.self) { try PrivateKey(line, environment: [:]) }
            #expect(failure?.place == "--drm-private-key")
        }
    }

    @Test("are opened with a private key that no text shows")
    func hidden() async throws {
        try await TestFolder.with { folder in
            let recipients = Recipients(folder: folder)
            try await recipients.certificate("one")
            let pem = try folder.text("one.key")
            let key = try PrivateKey(KeySource("env:KEY"), environment: ["KEY": pem])
            var dumped = ""
            dump(key, to: &dumped)
            #expect("\(key)" == "a private key" && !dumped.contains("0x"))
        }
    }

    private static func bytes(_ digits: String) -> Data? {
        let values = Array(digits).map(\.hexDigitValue)
        guard values.count % 2 == 0 else { return nil }
        return Data(
            stride(from: 0, to: values.count, by: 2).map { UInt8((values[$0] ?? 0) << 4 | (values[$0 + 1] ?? 0)) })
    }
}
