import Foundation
import MezzCore

/// Seals a document's keys: a document key and a key for codes, both random, sealed in turn for each recipient
/// (CPIX 2.3, section 6.1).
struct CPIXSealer: ~Copyable {
    private let document: SecretBytes
    private let code: SecretBytes

    private init(document: consuming SecretBytes, code: consuming SecretBytes) {
        self.document = document
        self.code = code
    }

    /// - Returns: What each recipient is told, and the sealer; `nil` without recipients.
    /// - Throws: `Failure` (`failed`).
    static func make(_ recipients: [RecipientCertificate]) throws(Failure) -> Sealing {
        guard !recipients.isEmpty else { return Sealing(deliveries: [], sealer: nil) }
        let document = try SecretBytes.random(KeyWrap.keyBytes)
        let code = try SecretBytes.random(64)
        var deliveries: [CPIXMarkup] = []
        for recipient in recipients {
            deliveries.append(
                delivery(recipient, document: try recipient.seal(document), code: try recipient.seal(code)))
        }
        return Sealing(deliveries: deliveries, sealer: CPIXSealer(document: document, code: code))
    }

    struct Sealing: ~Copyable {
        let deliveries: [CPIXMarkup]
        let sealer: CPIXSealer?
    }

    /// What stands in a key's `Secret`.
    borrowing func value(_ secret: borrowing SecretBytes) throws(Failure) -> [CPIXMarkup] {
        let sealed = try KeyWrap.seal(secret, with: document)
        return [
            CPIXMarkup("pskc:EncryptedValue", [], Self.cipher(sealed, CPIXNames.contentKeyWrap)),
            CPIXMarkup("pskc:ValueMAC", text: Data(KeyWrap.code(sealed, key: code)).base64EncodedString()),
        ]
    }

    /// Who may open the keys.
    static func deliveryKey(_ recipient: RecipientCertificate) -> CPIXMarkup {
        let text = Data(recipient.der).base64EncodedString()
        return CPIXMarkup(
            "cpix:DeliveryKey", [], [CPIXMarkup("ds:X509Data", [], [CPIXMarkup("ds:X509Certificate", text: text)])])
    }

    private static func delivery(
        _ recipient: RecipientCertificate, document: [UInt8], code: [UInt8]
    ) -> CPIXMarkup {
        let value = CPIXMarkup("pskc:EncryptedValue", [], cipher(document, CPIXNames.documentKeyWrap))
        return CPIXMarkup(
            "cpix:DeliveryData", [],
            [
                deliveryKey(recipient),
                CPIXMarkup(
                    "cpix:DocumentKey", [("Algorithm", CPIXNames.contentKeyWrap)],
                    [CPIXMarkup("cpix:Data", [], [CPIXMarkup("pskc:Secret", [], [value])])]),
                CPIXMarkup(
                    "cpix:MACMethod", [("Algorithm", CPIXNames.keyCode)],
                    [CPIXMarkup("cpix:Key", [], cipher(code, CPIXNames.documentKeyWrap))]),
            ])
    }

    private static func cipher(_ sealed: [UInt8], _ algorithm: String) -> [CPIXMarkup] {
        [
            CPIXMarkup("enc:EncryptionMethod", [("Algorithm", algorithm)]),
            CPIXMarkup(
                "enc:CipherData", [],
                [CPIXMarkup("enc:CipherValue", text: Data(sealed).base64EncodedString())]),
        ]
    }
}
