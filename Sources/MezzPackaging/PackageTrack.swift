/// One track that goes into a package.
package struct PackageTrack: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable {
        case video
        case audio
    }

    /// Names the track's files; letters, digits, `-`, `_` and `.`, unique in the package.
    package let id: String
    package let kind: Kind
    /// Absolute path of an MP4 with the joined stream.
    package let file: String
    /// BCP 47, e.g. "en" or "pt-BR".
    package let language: String?
    /// Played when the viewer has chosen nothing; at most one audio track.
    package let isDefault: Bool
    /// What a player's menu shows (HLS `NAME`).
    package let name: String
    /// Stated in HLS where the packager does not find it out.
    package let channels: Int?
    /// Which key encrypts it, where the package is protected.
    package let keyLabel: KeyLabel

    package init(
        id: String, kind: Kind, file: String, language: String? = nil, isDefault: Bool = false, name: String = "",
        channels: Int? = nil, keyLabel: KeyLabel = .audio
    ) {
        self.id = id
        self.kind = kind
        self.file = file
        self.language = language
        self.isDefault = isDefault
        self.name = name
        self.channels = channels
        self.keyLabel = keyLabel
    }
}

/// How the media is cut into files.
package enum SegmentLayout: String, Sendable, Hashable, Codable {
    /// One file a track, with an index.
    case onDemand
    /// A file for each segment.
    case segmented
}
