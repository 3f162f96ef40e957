/// An audioProgramme: what is chosen as one mix.
package struct ADMProgramme: Sendable {
    package let id: String
    package let name: String
    package let language: String?
    package let start: ADMTime?
    package let end: ADMTime?
    package let contents: [String]
    package let loudness: ADMLoudness?
}

/// An audioContent: what a part of a programme is, such as dialogue or music.
package struct ADMContent: Sendable {
    package let id: String
    package let name: String
    package let language: String?
    package let objects: [String]
    package let loudness: ADMLoudness?
    package let dialogue: ADMDialogueKind?
}

/// `dialogue` of an audioContent (BS.2076-2 section 5.6.4).
package enum ADMDialogueKind: String, Sendable, Codable {
    case none = "no dialogue"
    case dialogue
    case mixed

    /// From the element's number: 0, 1 or 2.
    init?(number: String) {
        switch number {
        case "0": self = .none
        case "1": self = .dialogue
        case "2": self = .mixed
        default: return nil
        }
    }
}

/// `loudnessMetadata`: what the file says of its loudness; nothing here is measured.
package struct ADMLoudness: Sendable, Encodable {
    /// LKFS.
    package let integrated: Double?
    /// dBTP.
    package let truePeak: Double?
    /// LKFS, of the dialogue.
    package let dialogue: Double?

    private enum CodingKeys: String, CodingKey {
        case integrated = "integrated_lkfs"
        case truePeak = "true_peak_dbtp"
        case dialogue = "dialogue_lkfs"
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(integrated, forKey: .integrated)
        try container.encode(truePeak, forKey: .truePeak)
        try container.encode(dialogue, forKey: .dialogue)
    }
}

/// An audioObject: tracks that belong together, for a while.
package struct ADMObject: Sendable {
    package let id: String
    package let name: String
    package let start: ADMTime?
    package let duration: ADMTime?
    package let packs: [String]
    /// Nested objects.
    package let objects: [String]
    /// audioTrackUIDs.
    package let tracks: [String]
    /// Objects that take this one's place when chosen.
    package let alternatives: [String]
}

/// An audioPackFormat: channels that belong together.
package struct ADMPack: Sendable {
    package let id: String
    package let name: String
    package let claim: ADMTypeClaim
    package let channels: [String]
    /// Nested packs.
    package let packs: [String]
}

/// An audioChannelFormat: what one channel is, over time.
package struct ADMChannel: Sendable {
    package let id: String
    package let name: String
    package let claim: ADMTypeClaim
    package let blocks: [ADMBlock]
}

/// An audioTrackUID: a track in this file.
package struct ADMTrack: Sendable {
    /// "ATU_00000001".
    package let id: String
    /// audioTrackFormat; `nil` when not given.
    package let trackFormat: String?
    /// audioChannelFormat, which BS.2076-2 allows instead.
    package let channel: String?
    package let pack: String?
}

/// An audioStreamFormat or audioTrackFormat: what leads from a track to its channel.
package struct ADMLink: Sendable {
    package let id: String
    package let references: [String]
}
