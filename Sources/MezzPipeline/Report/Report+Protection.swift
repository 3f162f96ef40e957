import MezzPackaging

extension Report {
    /// How the package is encrypted: which key is for what, never a key.
    package struct Protection: Hashable, Codable, Sendable {
        /// "cenc" or "cbcs".
        package let scheme: String
        package let systems: [String]
        /// Key identifiers in hex, by label: "AUDIO", "SD", "HD", "UHD".
        package let keyIDs: [String: String]

        init(_ protection: MezzPackaging.Protection) {
            scheme = protection.scheme.rawValue
            systems = protection.systems.map(\.rawValue)
            keyIDs = Dictionary(uniqueKeysWithValues: protection.keyIDs.map { ($0.key.rawValue, $0.value) })
        }

        private enum CodingKeys: String, CodingKey {
            case scheme, systems
            case keyIDs = "key_ids"
        }
    }
}
