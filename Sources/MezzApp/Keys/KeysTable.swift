import MezzCore
import MezzPackaging

/// What may be said of keys.
struct KeysTable: Encodable {
    private struct Row: Encodable {
        let label: KeyLabel
        let kid: String
    }

    private let scheme: Protection.Scheme
    private let systems: [Protection.System]
    private let contentID: String?
    private let isSealed: Bool
    private let fingerprint: ContentHash
    private let keys: [Row]

    private enum CodingKeys: String, CodingKey {
        case scheme, systems, fingerprint, keys
        case contentID = "content_id"
        case isSealed = "encrypted"
    }

    init(_ ring: KeyRing, contentID: String?, isSealed: Bool) {
        let protection = ring.protection
        scheme = protection.scheme
        systems = protection.systems
        fingerprint = protection.fingerprint
        keys = KeyLabel.allCases.compactMap { label in protection.keyIDs[label].map { Row(label: label, kid: $0) } }
        self.contentID = contentID
        self.isSealed = isSealed
    }

    var text: String {
        let systems = systems.map(\.rawValue).joined(separator: ", ")
        let lines = [
            contentID.map { "content      \($0.printable)" },
            "scheme       \(scheme.rawValue)", "systems      \(systems.isEmpty ? "none" : systems)",
            isSealed ? "keys         encrypted" : nil, "fingerprint  \(fingerprint.hex.prefix(12))",
        ]
        let rows = keys.map { [$0.label.rawValue, $0.kid] }
        let table = TextTable(header: ["label", "kid"], rows: rows, leftAligned: 2, endsInText: true)
        return (lines.compactMap(\.self) + ["", table.text]).joined(separator: "\n")
    }
}
