package import MezzCore

/// How tracks are encrypted, without the keys: what may be stored, logged and reported.
package struct Protection: Codable, Hashable, Sendable {
    /// Common Encryption's schemes (ISO/IEC 23001-7).
    package enum Scheme: String, Codable, Sendable, CaseIterable {
        /// AES-CTR over whole samples or slices.
        case cenc
        /// AES-CBC over a pattern of one block in ten.
        case cbcs
    }

    /// Who the manifests speak to.
    package enum System: String, Codable, Sendable, CaseIterable {
        case widevine
        case playready
        case fairplay
        case clearkey
    }

    package let scheme: Scheme
    /// In the order asked for, each once.
    package let systems: [System]
    /// Seconds at the beginning that stay in the clear.
    package let clearLead: Double
    /// Key identifiers in hex, by label.
    package let keyIDs: [KeyLabel: String]
    /// Tells key rings apart without telling their keys.
    package let fingerprint: ContentHash

    /// The systems that manifests speak to: FairPlay takes no cenc.
    package var signalled: [System] { systems.filter { $0 != .fairplay || scheme == .cbcs } }
    /// Whether HLS playlists name their keys: ClearKey has no words there.
    package var namesKeysInHLS: Bool { signalled.contains { $0 != .clearkey } }
}

/// Which tracks share a key.
package enum KeyLabel: String, Codable, Hashable, Sendable, CaseIterable, CodingKeyRepresentable {
    case audio = "AUDIO"
    case sd = "SD"
    case hd = "HD"
    case uhd = "UHD"

    /// The label of a picture: SD up to 768x576 samples, HD up to 1920x1080, UHD above.
    package init(_ size: Resolution) {
        switch size.pixels {
        case ...(768 * 576): self = .sd
        case ...(1920 * 1088): self = .hd
        default: self = .uhd
        }
    }
}
