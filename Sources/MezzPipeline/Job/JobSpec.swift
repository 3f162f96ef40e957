package import MezzCore
package import MezzMetrics

/// How the ladder is made.
package enum LadderKind: String, Codable, Sendable, CaseIterable {
    /// The standard ladder, never above the source's size.
    case fixed
    /// Rungs along the title's convex hull, one CRF each.
    case perTitle = "per-title"
    /// The same rungs with a CRF for each shot, at equal slope.
    case perShot = "per-shot"
}

/// How much is measured before the ladder is decided.
package enum Effort: String, Codable, Sendable, CaseIterable {
    case quick
    case standard
    case exhaustive
}

/// What was asked for: everything that decides the package but the source. The initialiser holds the defaults.
package struct JobSpec: Codable, Hashable, Sendable {
    package var ladder: LadderKind
    package var codecs: [CodecFamily]
    package var effort: Effort
    /// Encoder speed by codec; what is missing takes the encoder's default.
    package var presets: [CodecFamily: String]
    /// Largest nominal height; `nil` is the source's.
    package var maximumHeight: Int?
    /// `nil` takes the standard model for the source's size.
    package var model: MetricModel?
    /// Nominal segment length.
    package var segmentSeconds: Double
    /// One file a segment instead of one file a track.
    package var segmented: Bool
    /// Whether every rung must reach its height's minimum quality.
    package var gate: Bool
    /// Pooled VMAF of the highest optimised rung.
    package var topVMAF: Double

    package init(
        ladder: LadderKind = .perShot, codecs: [CodecFamily] = [.avc, .hevc], effort: Effort = .standard,
        presets: [CodecFamily: String] = [:], maximumHeight: Int? = nil, model: MetricModel? = nil,
        segmentSeconds: Double = 4, segmented: Bool = false, gate: Bool = false, topVMAF: Double = 95
    ) {
        self.ladder = ladder
        self.codecs = codecs
        self.effort = effort
        self.presets = presets
        self.maximumHeight = maximumHeight
        self.model = model
        self.segmentSeconds = segmentSeconds
        self.segmented = segmented
        self.gate = gate
        self.topVMAF = topVMAF
    }
}
