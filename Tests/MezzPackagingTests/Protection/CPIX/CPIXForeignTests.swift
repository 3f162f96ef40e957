import Foundation
import MezzCore
import MezzPackaging
import MezzTestKit
import Testing

/// Our wrapping of keys against another program's.
@Suite(
    "Encrypted keys and openssl", .timeLimit(.minutes(3)),
    .enabled(
        if: Recipients.isPossible && ServerProcess.program("xxd") != nil,
        "no openssl or no xxd here, so this is not tested"))
struct CPIXForeignTests {
    /// Writes a document of one key, `$1`, for the certificate one.pem.
    private static let foreign = """
        document=$(openssl rand -hex 32); code=$(openssl rand -hex 64)
        wrap() { printf %s "$1" | xxd -r -p | openssl pkeyutl -encrypt -certin -inkey one.pem \
            -pkeyopt rsa_padding_mode:oaep | base64 -w0; }
        seal() {
            vector=$(openssl rand -hex 16)
            { printf %s "$vector" | xxd -r -p
              printf %s "$1" | xxd -r -p | openssl enc -aes-256-cbc -K "$document" -iv "$vector"; } >sealed
            value=$(base64 -w0 <sealed)
            mac=$(openssl dgst -sha512 -mac HMAC -macopt "hexkey:$code" -binary sealed | base64 -w0)
        }
        method() { printf '<e:EncryptionMethod Algorithm="http://www.w3.org/2001/04/%s"/>' "$1"; }
        data() { printf '<e:CipherData><e:CipherValue>\n%s\n</e:CipherValue></e:CipherData>' "$1"; }
        echo '<c:CPIX xmlns:c="urn:dashif:org:cpix" xmlns:p="urn:ietf:params:xml:ns:keyprov:pskc"'
        echo ' xmlns:e="http://www.w3.org/2001/04/xmlenc#" xmlns:d="http://www.w3.org/2000/09/xmldsig#">'
        echo '<c:DeliveryDataList><c:DeliveryData><c:DeliveryKey><d:X509Data><d:X509Certificate>'
        sed '/-----/d' one.pem
        echo '</d:X509Certificate></d:X509Data></c:DeliveryKey><c:DocumentKey><c:Data><p:Secret><p:EncryptedValue>'
        method xmlenc#rsa-oaep-mgf1p; data "$(wrap "$document")"
        echo '</p:EncryptedValue></p:Secret></c:Data></c:DocumentKey>'
        echo '<c:MACMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#hmac-sha512"><p:MACKey>'
        method xmlenc#rsa-oaep-mgf1p; data "$(wrap "$code")"
        echo '</p:MACKey></c:MACMethod></c:DeliveryData></c:DeliveryDataList><c:ContentKeyList>'
        seal "$1"
        echo '<c:ContentKey kid="0123abcd-0000-0000-0000-000000000001" commonEncryptionScheme="cenc">'
        echo '<c:Data><p:Secret><p:EncryptedValue>'; method xmlenc#aes256-cbc; data "$value"
        echo "</p:EncryptedValue><p:ValueMAC>$mac</p:ValueMAC></p:Secret></c:Data></c:ContentKey></c:ContentKeyList>"
        echo '<c:ContentKeyUsageRuleList><c:ContentKeyUsageRule kid="0123abcd000000000000000000000001">'
        echo '<c:AudioFilter/></c:ContentKeyUsageRule></c:ContentKeyUsageRuleList></c:CPIX>'
        """

    @Test("that openssl sealed are opened")
    func fromOpenSSL() async throws {
        try await TestFolder.with { folder in
            let recipients = Recipients(folder: folder)
            try await recipients.certificate("one")
            let secret = "00112233445566778899aabbccddeeff"
            let document = try await recipients.shell(Self.foreign, secret)
            let kid = "0123abcd000000000000000000000001"
            let json = #"{"scheme":"cenc","keys":[{"label":"AUDIO","kid":"\#(kid)","key":"\#(secret)"}]}"#
            let known = try KeysFile.parse(Data(json.utf8), place: "json")
            let reading = try CPIXSample.read(Data(document.utf8), with: try recipients.key("one"))
            #expect(reading.ring.protection == known.protection)
            let short = try await recipients.shell(Self.foreign, String(secret.dropLast(2)))
            let failure = #expect(throws: Failure.self) {
                try CPIXSample.read(Data(short.utf8), with: try recipients.key("one"))
            }
            #expect(failure?.what.contains("15 bytes") == true)
        }
    }

    /// `$1` and `$2` are the sealed document key and the sealed content key in base64.
    private static let opening = """
        document=$(printf %s "$1" | base64 -d | openssl pkeyutl -decrypt -inkey one.key \
            -pkeyopt rsa_padding_mode:oaep | xxd -p -c 64)
        vector=$(printf %s "$2" | base64 -d | head -c 16 | xxd -p -c 64)
        printf %s "$2" | base64 -d | tail -c +17 | openssl enc -d -aes-256-cbc -K "$document" -iv "$vector" | xxd -p -c 64
        """

    @Test("that we sealed openssl opens")
    func toOpenSSL() async throws {
        try await TestFolder.with { folder in
            let recipients = Recipients(folder: folder)
            let certificate = try await recipients.certificate("one")
            let ring = try NewKeys.ring(scheme: .cenc, systems: [], labels: [.audio])
            let text = String(
                decoding: try CPIXWriter.document(ring, contentID: nil, recipients: [certificate]), as: UTF8.self)
            let values = text.matches(of: #/<enc:CipherValue>(.+)</enc:CipherValue>/#).map { String($0.1) }
            try #require(values.count == 3)
            let key = try await recipients.shell(Self.opening, values[0], values[2])
            #expect(String(decoding: NewKeys.json(ring), as: UTF8.self).contains(#""key": "\#(key.prefix(32))""#))
            #expect(key.count == 33)
        }
    }
}
