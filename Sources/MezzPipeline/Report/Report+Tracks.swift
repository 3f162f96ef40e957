package import MezzCore

extension Report {
    /// One sound track of the package.
    package struct Audio: Hashable, Codable, Sendable {
        package let id: String
        package let language: String
        package let codec: String
        package let channels: Int
        package let bps: Int
        /// Of the source's track, before the gain.
        package let loudness: Loudness?
        /// What a player's menu shows.
        package let name: String?
        package let role: AudioRole?
        /// FFmpeg's name of the encoder.
        package let encoder: String?
        /// Whether a limiter held peaks down.
        package let isLimited: Bool

        package init(
            id: String, language: String, codec: String, channels: Int, bps: Int, loudness: Loudness?,
            name: String? = nil, role: AudioRole? = nil, encoder: String? = nil, isLimited: Bool = false
        ) {
            self.id = id
            self.language = language
            self.codec = codec
            self.channels = channels
            self.bps = bps
            self.loudness = loudness
            self.name = name
            self.role = role
            self.encoder = encoder
            self.isLimited = isLimited
        }

        private enum CodingKeys: String, CodingKey {
            case id
            case language
            case codec
            case channels
            case bps
            case loudness
            case name
            case role
            case encoder
            case isLimited = "limited"
        }

        /// Reports of versions before had fewer keys.
        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            self.init(
                id: try container.decode(String.self, forKey: .id),
                language: try container.decode(String.self, forKey: .language),
                codec: try container.decode(String.self, forKey: .codec),
                channels: try container.decode(Int.self, forKey: .channels),
                bps: try container.decode(Int.self, forKey: .bps),
                loudness: try container.decodeIfPresent(Loudness.self, forKey: .loudness),
                name: try container.decodeIfPresent(String.self, forKey: .name),
                role: try container.decodeIfPresent(AudioRole.self, forKey: .role),
                encoder: try container.decodeIfPresent(String.self, forKey: .encoder),
                isLimited: try container.decodeIfPresent(Bool.self, forKey: .isLimited) ?? false)
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(id, forKey: .id)
            try container.encode(language, forKey: .language)
            try container.encode(codec, forKey: .codec)
            try container.encode(channels, forKey: .channels)
            try container.encode(bps, forKey: .bps)
            try container.encode(loudness, forKey: .loudness)
            try container.encode(name, forKey: .name)
            try container.encode(role, forKey: .role)
            try container.encode(self.encoder, forKey: .encoder)
            try container.encode(isLimited, forKey: .isLimited)
        }
    }

    /// Loudness by ITU-R BS.1770 of the delivered track, the gain that was applied, and what the source measured
    /// before it. Silence has no integrated loudness: minus infinity becomes `nil`.
    package struct Loudness: Hashable, Codable, Sendable {
        package let integratedLKFS: Double?
        package let dialogueLKFS: Double?
        package let truePeakDBTP: Double?
        package let rangeLU: Double?
        package let gainDB: Double?
        package let sourceIntegratedLKFS: Double?
        package let sourceTruePeakDBTP: Double?

        package init(
            integratedLKFS: Double?, dialogueLKFS: Double? = nil, truePeakDBTP: Double?, rangeLU: Double?,
            gainDB: Double?, sourceIntegratedLKFS: Double? = nil, sourceTruePeakDBTP: Double? = nil
        ) {
            self.integratedLKFS = integratedLKFS?.finite?.rounded(places: 2)
            self.dialogueLKFS = dialogueLKFS?.finite?.rounded(places: 2)
            self.truePeakDBTP = truePeakDBTP?.finite?.rounded(places: 2)
            self.rangeLU = rangeLU?.finite?.rounded(places: 2)
            self.gainDB = gainDB?.finite?.rounded(places: 2)
            self.sourceIntegratedLKFS = sourceIntegratedLKFS?.finite?.rounded(places: 2)
            self.sourceTruePeakDBTP = sourceTruePeakDBTP?.finite?.rounded(places: 2)
        }

        private enum CodingKeys: String, CodingKey {
            case integratedLKFS = "integrated_lkfs"
            case dialogueLKFS = "dialogue_lkfs"
            case truePeakDBTP = "true_peak_dbtp"
            case rangeLU = "range_lu"
            case gainDB = "gain_db"
            case sourceIntegratedLKFS = "source_integrated_lkfs"
            case sourceTruePeakDBTP = "source_true_peak_dbtp"
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(integratedLKFS, forKey: .integratedLKFS)
            try container.encode(dialogueLKFS, forKey: .dialogueLKFS)
            try container.encode(truePeakDBTP, forKey: .truePeakDBTP)
            try container.encode(rangeLU, forKey: .rangeLU)
            try container.encode(gainDB, forKey: .gainDB)
            try container.encode(sourceIntegratedLKFS, forKey: .sourceIntegratedLKFS)
            try container.encode(sourceTruePeakDBTP, forKey: .sourceTruePeakDBTP)
        }
    }

    /// One timed-text track of the package.
    package struct Text: Hashable, Codable, Sendable {
        package let id: String
        package let language: String
        /// As it is delivered.
        package let format: String
        /// What a player's menu shows.
        package let name: String?
        /// "subtitles", "captions" or "forced".
        package let kind: String?
        package let cues: Int?
        /// What it came from.
        package let sourceFormat: String?

        package init(
            id: String, language: String, format: String, name: String? = nil, kind: String? = nil, cues: Int? = nil,
            sourceFormat: String? = nil
        ) {
            self.id = id
            self.language = language
            self.format = format
            self.name = name
            self.kind = kind
            self.cues = cues
            self.sourceFormat = sourceFormat
        }

        private enum CodingKeys: String, CodingKey {
            case id, language, format, name, kind, cues
            case sourceFormat = "source_format"
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(id, forKey: .id)
            try container.encode(language, forKey: .language)
            try container.encode(format, forKey: .format)
            try container.encode(name, forKey: .name)
            try container.encode(kind, forKey: .kind)
            try container.encode(cues, forKey: .cues)
            try container.encode(sourceFormat, forKey: .sourceFormat)
        }
    }
}
