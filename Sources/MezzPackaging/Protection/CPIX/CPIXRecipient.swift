import Foundation
import MezzCore

/// One who may open a document's keys, and the two keys sealed for it (CPIX 2.3, sections 5.2.3 and 6.1).
struct CPIXRecipient {
    private let place: CPIXPlace
    /// X.509 in DER, as far as it is any.
    private let certificate: [UInt8]
    private let documentKey: [UInt8]?
    private let codeKey: [UInt8]?

    /// - Throws: `Failure` (`input`) for other algorithms than CPIX's and for damaged values.
    init(_ element: CPIXElement, _ place: CPIXPlace) throws(Failure) {
        self.place = place
        let text = element.first("cpix:DeliveryKey", "ds:X509Data", "ds:X509Certificate")?.text ?? ""
        certificate = try place.base64(text, "X509Certificate", bytes: 1...65_536)
        let documentKey = element.first("cpix:DocumentKey")
        if let algorithm = documentKey?["Algorithm"] {
            try place.check(algorithm: algorithm, is: CPIXNames.contentKeyWrap, of: "DocumentKey")
        }
        self.documentKey = try Self.sealed(
            documentKey?.first("cpix:Data", "pskc:Secret", "pskc:EncryptedValue"), "DocumentKey", place)
        let method = element.first("cpix:MACMethod")
        if let method { try place.check(algorithm: method["Algorithm"], is: CPIXNames.keyCode, of: "MACMethod") }
        // RFC 6030 calls it MACKey; CPIX documents in the field have Key, some with the value one level down.
        let codeKey = method?.first("cpix:Key") ?? method?.first("pskc:MACKey")
        self.codeKey = try Self.sealed(codeKey?.first("pskc:EncryptedValue") ?? codeKey, "MACMethod", place)
    }

    private static func sealed(
        _ element: CPIXElement?, _ name: String, _ place: CPIXPlace
    ) throws(Failure) -> [UInt8]? {
        guard let element else { return nil }
        let method = element.first("enc:EncryptionMethod")
        try place.check(algorithm: method?["Algorithm"], is: CPIXNames.documentKeyWrap, of: "encrypted \(name)")
        if let digest = method?.first("ds:DigestMethod") {
            try place.check(algorithm: digest["Algorithm"], is: CPIXNames.oaepDigest, of: "digest of the \(name)")
        }
        guard method?.first("enc:OAEPparams") == nil else {
            throw place.failure("the encrypted \(name) has parameters of OAEP", "ask for a document without them")
        }
        let text = element.first("enc:CipherData", "enc:CipherValue")?.text ?? ""
        return try place.base64(text, "encrypted \(name)", bytes: 128...2048)
    }

    /// Whether what was sealed for it is this private key's to open.
    func isServed(by key: PrivateKey) -> Bool {
        (try? RecipientCertificate(der: certificate, place: place.text))?.belongs(to: key) ?? false
    }

    /// Opens both keys.
    /// - Throws: `Failure` (`input`): the certificate is not good now, or a key cannot be opened.
    func open(with key: PrivateKey, at now: Date) throws(Failure) -> CPIXOpener {
        try RecipientCertificate(der: certificate, place: place.text).check(at: now, place: place.text)
        guard let documentKey, let codeKey else {
            throw place.failure(
                "the DocumentKey or the MACMethod is missing", "ask for a document with both, as CPIX has it")
        }
        guard let document = key.open(documentKey), let code = key.open(codeKey) else {
            throw place.failure("the private key does not open the DocumentKey", "ask for the document again")
        }
        guard document.count == KeyWrap.keyBytes, (32...128).contains(code.count) else {
            throw place.failure(
                "the DocumentKey has \(document.count) bytes, the MAC's key \(code.count)",
                "ask for a document with keys of 32 and 64 bytes")
        }
        return CPIXOpener(document: document, code: code)
    }
}

/// Opens content keys: first the code, then the blocks (CPIX 2.3, section 6.1.2).
struct CPIXOpener: ~Copyable {
    private let document: SecretBytes
    private let code: SecretBytes

    init(document: consuming SecretBytes, code: consuming SecretBytes) {
        self.document = document
        self.code = code
    }

    /// - Returns: 16 bytes.
    /// - Throws: `Failure` (`input`).
    borrowing func open(_ sealed: [UInt8], code expected: [UInt8], _ place: CPIXPlace) throws(Failure) -> [UInt8] {
        guard KeyWrap.areEqual(KeyWrap.code(sealed, key: code), expected) else {
            throw place.failure("the ValueMAC is not the encrypted key's", "ask for the document again: it was changed")
        }
        guard let key = KeyWrap.open(sealed, with: document) else {
            throw place.failure("the DocumentKey does not open the key", "ask for the document again")
        }
        guard key.count == 16 else {
            throw place.failure("the key has \(key.count) bytes, not 16", "ask for a document with keys of AES-128")
        }
        return key.copied()
    }
}
