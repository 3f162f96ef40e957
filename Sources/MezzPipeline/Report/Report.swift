import MezzCore

/// `report.json`: what was asked of a title, what came out, how well it was measured and what it cost.
///
/// The keys are a contract with readers outside: every key is always written, as `null` where it does not apply.
/// Initialisers round to the precision that means something and turn NaN and infinities into `nil` or 0, so any
/// measurement can be handed over as it is.
package struct Report: Hashable, Codable, Sendable {
    /// The version of mezz that wrote it.
    package let mezz: String
    package let source: Source
    package let shots: [Shot]
    /// `nil` in reports of older versions.
    package let credits: [Credits]?
    package let ladder: Ladder
    package let audio: [Audio]
    package let text: [Text]
    package let qc: QC
    package let cost: Cost
    /// All files of the package together.
    package let packageBytes: Int?
    /// What the ladder saves against another one, when that was worked out.
    package let comparison: Comparison?
    /// `nil` when the package is in the clear.
    package let protection: Protection?

    package init(
        mezz: String = mezzVersion, source: Source, shots: [Shot], credits: [Credits] = [], ladder: Ladder,
        audio: [Audio], text: [Text],
        qc: QC, cost: Cost, packageBytes: Int? = nil, comparison: Comparison? = nil, protection: Protection? = nil
    ) {
        self.mezz = mezz
        self.source = source
        self.shots = shots
        self.credits = credits
        self.ladder = ladder
        self.audio = audio
        self.text = text
        self.qc = qc
        self.cost = cost
        self.packageBytes = packageBytes
        self.comparison = comparison
        self.protection = protection
    }

    private enum CodingKeys: String, CodingKey {
        case mezz
        case source
        case shots
        case credits
        case ladder
        case audio
        case text
        case qc
        case cost
        case packageBytes = "package_bytes"
        case comparison
        case protection
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(mezz, forKey: .mezz)
        try container.encode(source, forKey: .source)
        try container.encode(shots, forKey: .shots)
        try container.encode(credits, forKey: .credits)
        try container.encode(ladder, forKey: .ladder)
        try container.encode(audio, forKey: .audio)
        try container.encode(text, forKey: .text)
        try container.encode(qc, forKey: .qc)
        try container.encode(cost, forKey: .cost)
        try container.encode(packageBytes, forKey: .packageBytes)
        try container.encode(comparison, forKey: .comparison)
        try container.encode(protection, forKey: .protection)
    }
}

extension Report {
    /// The bits a ladder saves at equal quality (a negative BD-rate, as a share of the other ladder's bits).
    package struct Comparison: Hashable, Codable, Sendable {
        /// What it is compared with, for people: "fixed ladder".
        package let baseline: String
        /// 23.5 means 23.5% fewer bits; negative means more.
        package let savedPercent: Double
        /// At what both are equal, for people: "at equal VMAF, BD-rate over 5 rungs".
        package let basis: String

        package init(baseline: String, savedPercent: Double, basis: String) {
            self.baseline = baseline
            self.savedPercent = savedPercent.rounded(places: 2)
            self.basis = basis
        }

        private enum CodingKeys: String, CodingKey {
            case baseline
            case savedPercent = "saved_percent"
            case basis
        }
    }
}
