package import Foundation
package import MezzCore

/// Makes keys where nobody gives them.
package enum NewKeys {
    /// - Parameter labels: One key each.
    /// - Returns: Random keys with random identifiers (UUIDs of version 4, RFC 9562, section 5.4), and under `cbcs` with
    ///   vectors, which FairPlay's licences need to know.
    /// - Throws: `Failure` (`failed`) when the system has no randomness.
    package static func ring(
        scheme: Protection.Scheme, systems: [Protection.System], labels: [KeyLabel]
    ) throws(Failure) -> KeyRing {
        var keys: [KeyRing.Key] = []
        for label in KeyLabel.allCases where labels.contains(label) {
            var id = try SecretBytes.random(16).copied()
            id[6] = id[6] & 0x0F | 0x40
            id[8] = id[8] & 0x3F | 0x80
            keys.append(
                KeyRing.Key(
                    label: label, id: id, secret: try SecretBytes.random(16).copied(),
                    vector: scheme == .cbcs ? try SecretBytes.random(16).copied() : nil))
        }
        return KeyRing(
            scheme: scheme, systems: Protection.System.allCases.filter(systems.contains), clearLead: 0, keys: keys)
    }

    /// As ``KeysFile`` reads them.
    package static func json(_ ring: KeyRing) -> Data {
        let keys = ring.all.map { key in
            let fields =
                [("label", key.label.rawValue), ("kid", Hex.text(key.id)), ("key", Hex.text(key.secret))]
                + (key.vector.map { [("iv", Hex.text($0))] } ?? [])
            return "  {" + fields.map { "\"\($0.0)\": \"\($0.1)\"" }.joined(separator: ", ") + "}"
        }
        let protection = ring.protection
        let systems = protection.systems.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
        return Data(
            """
            {"scheme": "\(protection.scheme.rawValue)", "systems": [\(systems)],
             "clear_lead_seconds": \(protection.clearLead), "keys": [
            \(keys.joined(separator: ",\n"))
            ]}

            """.utf8)
    }
}
