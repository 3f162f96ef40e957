package import MezzCore
package import MezzEncode
package import MezzLadder
package import MezzMetrics
package import MezzPackaging

/// How the ladder is made.
package enum LadderKind: String, Codable, Sendable, CaseIterable {
    /// The standard ladder, never above the source's size.
    case fixed
    /// The standard ladder times what the title's content category says; no trial encode.
    case category
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

/// Limits that every goal of a ladder keeps.
package struct RungLimits: Codable, Hashable, Sendable {
    /// Mean bits per second of any rung, at least.
    package var minimumBps: Double?
    /// Mean bits per second of any rung, at most.
    package var maximumBps: Double?
    /// Bytes that all video of the package may take; codecs share it as their bits are expected to differ.
    package var storageBytes: Double?
    /// Heights that some sessions are limited to: the ladder gets rungs for them where it lacks good ones.
    package var sessionHeights: [Int]

    package init(
        minimumBps: Double? = nil, maximumBps: Double? = nil, storageBytes: Double? = nil, sessionHeights: [Int] = []
    ) {
        self.minimumBps = minimumBps
        self.maximumBps = maximumBps
        self.storageBytes = storageBytes
        self.sessionHeights = sessionHeights
    }
}

/// Where HDR10+ metadata (SMPTE ST 2094-40) come from.
package enum HDR10PlusSource: Codable, Hashable, Sendable {
    /// The source's own, where its stream carries them.
    case source
    /// They are left out.
    case none
    /// A JSON file, by its content.
    case file(ContentHash, frames: Int)
}

/// Film grain that AV1 decoders put back (`--film-grain`).
package enum FilmGrainWish: Codable, Hashable, Sendable {
    /// The picture is encoded with its grain.
    case off
    /// As strong as the title's is, where it has any.
    case automatic
    /// SVT-AV1's level at the source's size, 1...50.
    case level(Int)
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
    /// What the optimised ladder is made for.
    package var goal: LadderGoal
    package var limits: RungLimits
    /// Nothing is encoded for delivery: the job ends when its ladders stand.
    package var endsAtLadder: Bool
    /// How the source's picture is read.
    package var reading: SourceReading
    /// How each codec is encoded.
    package var profile: EncodingProfile
    package var hdr10Plus: HDR10PlusSource
    package var filmGrain: FilmGrainWish
    package var audio: AudioWish
    package var text: [TextWish]
    /// How the package is encrypted; `nil` leaves it in the clear. The keys are nowhere in here.
    package var protection: Protection?

    /// Whether the ladder promises qualities that trial encodes found, rather than given bitrates.
    package var isOptimised: Bool { ladder == .perTitle || ladder == .perShot }

    /// How much is tried: given bitrates need no exhaustive search.
    var trialEffort: Effort { isOptimised || effort == .quick ? effort : .standard }

    package init(
        ladder: LadderKind = .perShot, codecs: [CodecFamily] = [.avc, .hevc], effort: Effort = .standard,
        presets: [CodecFamily: String] = [:], maximumHeight: Int? = nil, model: MetricModel? = nil,
        segmentSeconds: Double = 4, segmented: Bool = false, gate: Bool = false, topVMAF: Double = 95,
        goal: LadderGoal = .automatic, limits: RungLimits = RungLimits(), endsAtLadder: Bool = false,
        reading: SourceReading = SourceReading(), profile: EncodingProfile = ProfileCatalog.standard,
        hdr10Plus: HDR10PlusSource = .source, filmGrain: FilmGrainWish = .off,
        audio: AudioWish = AudioWish(), text: [TextWish] = [], protection: Protection? = nil
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
        self.goal = goal
        self.limits = limits
        self.endsAtLadder = endsAtLadder
        self.reading = reading
        self.profile = profile
        self.hdr10Plus = hdr10Plus
        self.filmGrain = filmGrain
        self.audio = audio
        self.text = text
        self.protection = protection
    }
}
