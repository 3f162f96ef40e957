/// One track that goes into a package.
package struct PackageTrack: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable {
        case video
        case audio
        case text
    }

    /// Names the track's files; letters, digits, `-`, `_` and `.`, unique in the package.
    package let id: String
    package let kind: Kind
    /// Absolute path of an MP4 with the joined stream; of a text, a WebVTT file.
    package let file: String
    /// BCP 47, e.g. "en" or "pt-BR".
    package let language: String?
    /// Played when the viewer has chosen nothing; at most one track of a group.
    package let isDefault: Bool
    /// What a player's menu shows (HLS `NAME`).
    package let name: String
    /// Stated in HLS where the packager does not find it out.
    package let channels: Int?
    /// Which key encrypts it, where the package is protected; `nil` leaves it in the clear, as all text is.
    package let keyLabel: KeyLabel?
    /// The HLS group that renditions choose one of; `nil` for the codec's own.
    package let group: String?
    package let purpose: TrackPurpose
    /// Of a text: the WebVTT file that is delivered beside the segments, as it is.
    package let sidecar: String?
    /// What players that know more may take the stream for, as a brand of CMAF such as "cdm4" (HDR10+).
    package let supplement: String?

    package init(
        id: String, kind: Kind, file: String, language: String? = nil, isDefault: Bool = false, name: String = "",
        channels: Int? = nil, keyLabel: KeyLabel? = .audio, group: String? = nil, purpose: TrackPurpose = .main,
        sidecar: String? = nil, supplement: String? = nil
    ) {
        self.id = id
        self.kind = kind
        self.file = file
        self.language = language
        self.isDefault = isDefault
        self.name = name
        self.channels = channels
        self.keyLabel = keyLabel
        self.group = group
        self.purpose = purpose
        self.sidecar = sidecar
        self.supplement = supplement
    }
}

/// How the media is cut into files.
package enum SegmentLayout: String, Sendable, Hashable, Codable {
    /// One file a track, with an index.
    case onDemand
    /// A file for each segment.
    case segmented
}
