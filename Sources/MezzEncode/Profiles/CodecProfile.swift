package import MezzCore

/// How a profile uses one codec.
package struct CodecProfile: Hashable, Codable, Sendable {
    /// The bitstream profile of the rungs up to a height.
    package struct Row: Hashable, Codable, Sendable {
        /// Nominal lines (of 16:9), this height included; `nil` for all above.
        package var upTo: Int?
        package var profile: BitstreamProfile

        package init(upTo: Int? = nil, _ profile: BitstreamProfile) {
            self.upTo = upTo
            self.profile = profile
        }
    }

    /// Which light a codec's rungs carry.
    package enum DynamicRange: String, Codable, Sendable, CaseIterable {
        /// The source's.
        case source
        /// Standard: a high dynamic range master is tone-mapped.
        case standard = "sdr"
    }

    package var codec: CodecFamily
    /// The encoder's speed; `nil` is its usual one.
    package var preset: String?
    /// Ascending; the last has no limit.
    package var rows: [Row]
    /// Bits per sample; `nil` follows the source as far as the rung's profile allows.
    package var bitDepth: Int?
    package var dynamicRange: DynamicRange
    package var tier: Tier
    /// No rung may need a higher level than this, such as "4.1"; `nil` allows any.
    package var maximumLevel: String?
    package var rateControl: RateControl
    package var rate: RateRule
    /// The encoder's own options beside those that mezz sets.
    package var options: [String: String]

    package init(
        _ codec: CodecFamily, preset: String? = nil, rows: [Row], bitDepth: Int? = nil,
        dynamicRange: DynamicRange = .source, tier: Tier = .main, maximumLevel: String? = nil,
        rateControl: RateControl = .crf, rate: RateRule = .roomy, options: [String: String] = [:]
    ) {
        self.codec = codec
        self.preset = preset
        self.rows = rows
        self.bitDepth = bitDepth
        self.dynamicRange = dynamicRange
        self.tier = tier
        self.maximumLevel = maximumLevel
        self.rateControl = rateControl
        self.rate = rate
        self.options = options
    }

    /// The recipe of a codec's encodes at the size of the source, without limits.
    /// - Parameter preset: The speed asked for; `nil` takes the profile's.
    package func recipe(for video: VideoStreamInfo, preset: String?) -> VideoRecipe {
        let driver = EncoderCatalog.driver(for: codec)
        let toneMap = dynamicRange == .standard ? ToneMap(of: video.color) : nil
        let recipe = VideoRecipe(
            codec: codec, preset: preset ?? self.preset ?? driver.defaultPreset, resolution: video.display,
            frameRate: video.frameRate, bitDepth: driver.bitDepth(sourceBitDepth: toneMap == nil ? video.bitDepth : 8),
            color: toneMap == nil ? video.color : ToneMap.result, isTwoPass: rateControl == .twoPass, toneMap: toneMap,
            options: options)
        return at(video.display, recipe)
    }

    /// `recipe` at another size, whose profile may be another.
    package func at(_ resolution: Resolution, _ recipe: VideoRecipe) -> VideoRecipe {
        var recipe = recipe
        recipe.resolution = resolution
        recipe.profile = profile(at: resolution)
        if let bitDepth { recipe.bitDepth = bitDepth }
        recipe.bitDepth = min(recipe.bitDepth, recipe.profile.maximumBitDepth(codec))
        // What 8 bit are encoded with is Main, whatever more the rung may have.
        if recipe.profile == .main10, recipe.bitDepth == 8 { recipe.profile = .main }
        recipe.tier = tier
        return recipe
    }

    /// `recipe` with the smallest level that holds it. Where the profile allows no such level the limits of the buffer are
    /// those of the highest it allows.
    package func leveled(_ recipe: VideoRecipe) -> VideoRecipe {
        var recipe = recipe
        var demand = Levels.Demand(recipe)
        if let most = maximumLevel, let limit = Levels.bitLimits(of: most, demand) {
            recipe.maximumBps = min(demand.peakBps, limit.rate)
            recipe.bufferBits = min(demand.bufferBits, limit.buffer)
            demand = Levels.Demand(recipe)
        }
        // AV1's encoder writes the level that it finds.
        recipe.level = codec == .av1 ? nil : Levels.smallest(for: demand)
        return recipe
    }

    /// The bitstream profile at a size.
    package func profile(at resolution: Resolution) -> BitstreamProfile {
        let lines = resolution.nominalHeight
        return rows.first { $0.upTo.map { lines <= $0 } ?? true }?.profile ?? rows.last?.profile ?? .main
    }
}

extension Resolution {
    /// The height of the 16:9 picture (9:16, upright) that this one fits into: 1280×534 is 720 lines.
    package var nominalHeight: Int {
        let (long, short) = (max(width, height), min(width, height))
        return max(short, Int((Double(long) * 9 / 16).rounded()))
    }
}
