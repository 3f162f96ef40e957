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

        package init(id: String, language: String, codec: String, channels: Int, bps: Int, loudness: Loudness?) {
            self.id = id
            self.language = language
            self.codec = codec
            self.channels = channels
            self.bps = bps
            self.loudness = loudness
        }

        private enum CodingKeys: String, CodingKey {
            case id
            case language
            case codec
            case channels
            case bps
            case loudness
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(id, forKey: .id)
            try container.encode(language, forKey: .language)
            try container.encode(codec, forKey: .codec)
            try container.encode(channels, forKey: .channels)
            try container.encode(bps, forKey: .bps)
            try container.encode(loudness, forKey: .loudness)
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
        package let format: String

        package init(id: String, language: String, format: String) {
            self.id = id
            self.language = language
            self.format = format
        }
    }
}
