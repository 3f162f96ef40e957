/// The names of CPIX 2.3 (DASH-IF Implementation Guidelines: Content Protection Information Exchange Format).
enum CPIXNames {
    /// Namespaces by the prefix that they are written with here.
    static let namespaces = [
        "cpix": "urn:dashif:org:cpix", "pskc": "urn:ietf:params:xml:ns:keyprov:pskc",
        "enc": "http://www.w3.org/2001/04/xmlenc#", "ds": "http://www.w3.org/2000/09/xmldsig#",
    ]

    /// The mandatory algorithms (CPIX 2.3, section 6.1.4).
    static let contentKeyWrap = "http://www.w3.org/2001/04/xmlenc#aes256-cbc"
    static let documentKeyWrap = "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"
    static let keyCode = "http://www.w3.org/2001/04/xmldsig-more#hmac-sha512"
    static let oaepDigest = "http://www.w3.org/2000/09/xmldsig#sha1"

    static let version = "2.3"
}

extension Protection.System {
    /// As DASH-IF registers it ("Content Protection", dashif.org/identifiers); of ClearKey the W3C's common one.
    var uuid: String {
        switch self {
        case .widevine: "edef8ba9-79d6-4ace-a3c8-27dcd51d21ed"
        case .playready: "9a04f079-9840-4286-ab92-e65be0885f95"
        case .fairplay: "94ce86fb-07ff-4f43-adb8-93d2fa968ca2"
        case .clearkey: "1077efec-c0b2-4d02-ace3-3c1e52e2fb4b"
        }
    }

    /// DASH-IF's own name of ClearKey is taken for it too.
    init?(uuid: [UInt8]) {
        let clearKeyOfDASH = "e2719d58-a985-b3c9-781a-b030af78d30e"
        let known = Self.allCases.first { Hex.bytes($0.uuid) == uuid }
        guard let system = known ?? (Hex.bytes(clearKeyOfDASH) == uuid ? .clearkey : nil) else { return nil }
        self = system
    }
}

extension Hex {
    /// 16 bytes as a UUID (RFC 9562, section 4).
    static func uuid(_ bytes: [UInt8]) -> String {
        let digits = Array(text(bytes))
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
    }
}
