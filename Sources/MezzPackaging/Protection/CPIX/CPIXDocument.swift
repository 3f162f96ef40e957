import Foundation
import MezzCore

/// What a CPIX document says (CPIX 2.3, section 5.2), as far as it matters here.
struct CPIXDocument {
    /// A content key, in the clear, sealed, or none: a request has only its identifier.
    struct Key {
        enum Value {
            case none
            case plain([UInt8])
            case sealed([UInt8], code: [UInt8])
        }

        /// 16 bytes.
        let id: [UInt8]
        /// Common Encryption's name; `nil` when any will do.
        let scheme: String?
        /// 16 bytes.
        let vector: [UInt8]?
        let value: Value
        let place: CPIXPlace
    }

    struct System {
        /// 16 bytes.
        let id: [UInt8]
        let keyID: [UInt8]
        /// Whether it brings boxes or lines of its own for the package.
        let hasData: Bool
        let place: CPIXPlace
    }

    let place: CPIXPlace
    let contentID: String?
    let recipients: [CPIXRecipient]
    let keys: [Key]
    let systems: [System]
    let rules: [CPIXRule]
    let isSigned: Bool

    /// - Parameter file: What errors call the document.
    /// - Throws: `Failure` (`input`) with line and element.
    init(_ data: Data, file: String) throws(Failure) {
        let root = try CPIXTreeReader.read(data, place: file)
        place = CPIXPlace(file)
        guard root.name == "cpix:CPIX" else {
            throw place.failure(
                "the document's root is \(root.name.printable), not CPIX",
                "name a document of the namespace urn:dashif:org:cpix")
        }
        if let version = root["version"], !version.hasPrefix("2.") {
            throw place.failure("the document is of CPIX \(version.printable)", "ask for version \(CPIXNames.version)")
        }
        contentID = root["contentId"]
        isSigned = root.first("ds:Signature") != nil
        recipients = try Self.recipients(root, place)
        keys = try Self.keys(root, place)
        systems = try Self.systems(root, place)
        rules = try CPIXRule.all(root, place)
    }

    private static func recipients(_ root: CPIXElement, _ place: CPIXPlace) throws(Failure) -> [CPIXRecipient] {
        var recipients: [CPIXRecipient] = []
        for (number, element) in (root.first("cpix:DeliveryDataList")?.all("cpix:DeliveryData") ?? []).enumerated() {
            recipients.append(try CPIXRecipient(element, place.of(element, number + 1)))
        }
        return recipients
    }

    private static func systems(_ root: CPIXElement, _ place: CPIXPlace) throws(Failure) -> [System] {
        var systems: [System] = []
        for (number, element) in (root.first("cpix:DRMSystemList")?.all("cpix:DRMSystem") ?? []).enumerated() {
            let place = place.of(element, number + 1)
            guard let id = element["systemId"].flatMap(Hex.bytes), id.count == 16 else {
                throw place.failure("the systemId is missing, or is no UUID", "write the system's UUID")
            }
            let hasData = element.children.contains { !$0.text.allSatisfy(\.isWhitespace) }
            systems.append(System(id: id, keyID: try place.keyID(element), hasData: hasData, place: place))
        }
        return systems
    }

    private static func keys(_ root: CPIXElement, _ place: CPIXPlace) throws(Failure) -> [Key] {
        var keys: [Key] = []
        for (number, element) in (root.first("cpix:ContentKeyList")?.all("cpix:ContentKey") ?? []).enumerated() {
            let key = try key(element, place.of(element, number + 1))
            if let other = keys.first(where: { $0.id == key.id }) {
                throw key.place.failure(
                    "another key has the same kid: \(other.place.short)", "give each key an identifier of its own")
            }
            keys.append(key)
        }
        return keys
    }

    private static func key(_ element: CPIXElement, _ place: CPIXPlace) throws(Failure) -> Key {
        let id = try place.keyID(element)
        guard element["dependsOnKey"] == nil else {
            throw place.failure("the key depends on another one", "ask for keys without a hierarchy")
        }
        var vector: [UInt8]?
        if let text = element["explicitIV"] { vector = try place.base64(text, "explicitIV", bytes: 16...16) }
        return Key(
            id: id, scheme: element["commonEncryptionScheme"], vector: vector, value: try value(element, place),
            place: place)
    }

    private static func value(_ element: CPIXElement, _ place: CPIXPlace) throws(Failure) -> Key.Value {
        guard let secret = element.first("cpix:Data", "pskc:Secret") else { return .none }
        let (plain, sealed) = (secret.first("pskc:PlainValue"), secret.first("pskc:EncryptedValue"))
        guard plain == nil || sealed == nil else {
            throw place.failure("the key is there in the clear and encrypted", "ask for one of them")
        }
        if let plain { return .plain(try place.base64(plain.text, "key", bytes: 16...16)) }
        guard let sealed else { return .none }
        try place.check(
            algorithm: sealed.first("enc:EncryptionMethod")?["Algorithm"], is: CPIXNames.contentKeyWrap,
            of: "encrypted key")
        let text = sealed.first("enc:CipherData", "enc:CipherValue")?.text ?? ""
        let code = secret.first("pskc:ValueMAC")?.text
        guard let code else {
            throw place.failure("the encrypted key has no ValueMAC", "ask for a document with \(CPIXNames.keyCode)")
        }
        return .sealed(
            try place.base64(text, "encrypted key", bytes: 32...128),
            code: try place.base64(code, "ValueMAC", bytes: 64...64))
    }
}
