package import MezzCore

/// AV1 by SVT-AV1, always 10 bit.
package struct SVTAV1: EncoderDriver {
    package init() {}

    package var codec: CodecFamily { .av1 }
    package var encoderName: String { "libsvtav1" }
    package var presets: [String] { (0...13).map(String.init) }
    package var defaultPreset: String { "8" }
    package var usefulCRF: ClosedRange<Double> { 18...60 }
    package var crfStep: Double { 1 }
    package var edgeLoss: Double { 30 }
    package func bitDepth(sourceBitDepth: Int) -> Int { 10 }

    package var hasTwoPasses: Bool { false }
    package var freeOptions: Set<String> {
        [
            "aq-mode", "enable-cdef", "enable-dlf", "enable-overlays", "enable-qm", "enable-restoration", "enable-tf",
            "fast-decode", "qm-max", "qm-min", "sharpness", "tile-columns", "tile-rows", "tune",
        ]
    }

    package func arguments(_ recipe: VideoRecipe, crf: Double) -> [String] {
        var options: [(String, String)] = [
            // Type 2 is a closed GOP. The scene detector would add key frames outside the segment plan.
            ("irefresh-type", "2"), ("scd", "0"), ("keyint", recipe.isConstantQuality ? "-1" : Self.longestGroup),
            ("lp", String(recipe.threads)),
        ]
        if let grain = recipe.filmGrain { options += Self.grainOptions(grain, recipe.resolution) }
        // The encoder takes a peak for constant quality alone.
        if let rate = recipe.maximumBps, recipe.isConstantQuality { options.append(("mbr", String(rate / 1000))) }
        if let display = recipe.color.hdr?.display {
            options.append(("mastering-display", Self.masteringDisplay(display)))
        }
        if let light = recipe.color.hdr?.light { options.append(("content-light", "\(light.max),\(light.average)")) }
        return ["-c:v", encoderName, "-preset", recipe.preset] + rateArguments(recipe, crf: crf)
            + ["-svtav1-params", optionList(options, recipe)] + colorArguments(recipe.color)
    }

    private static func grainOptions(_ grain: FilmGrain, _ size: Resolution) -> [(String, String)] {
        [("film-grain", String(grain.level(at: size))), ("film-grain-denoise", "1")]
    }

    /// Options of an encode whose pictures, without the grain that belongs to them, are what the encoder sees once it
    /// has taken out the grain: so near to it that its own coding stays under what VMAF tells apart.
    package static func denoising(_ grain: FilmGrain, _ size: Resolution) -> [String] {
        // Temporal filtering would change key frames. At the fastest presets so fine an encode drifts away from what the
        // decoder sees; taking the grain out is most of the work anyway.
        let options =
            [("scd", "0"), ("keyint", "-1"), ("enable-tf", "0"), ("lp", "2")] + grainOptions(grain, size)
        return ["-c:v", "libsvtav1", "-preset", "8", "-crf", "1"]
            + ["-svtav1-params", options.map { "\($0.0)=\($0.1)" }.joined(separator: ":"), "-f", "mp4"]
    }

    /// In fractions of one and candelas, as SVT-AV1 takes it.
    private static func masteringDisplay(_ display: HDRMetadata.Display) -> String {
        func places(_ value: Int, _ unit: Int) -> String { "\(Double(value) / Double(unit))" }
        let pairs = zip(["G", "B", "R", "WP"], 0..<4).map { name, pair in
            "\(name)(\(places(display.points[2 * pair], 50_000)),\(places(display.points[2 * pair + 1], 50_000)))"
        }
        return pairs.joined() + "L(\(places(display.maxLuminance, 10_000)),\(places(display.minLuminance, 10_000)))"
    }

    /// Rate control refuses an endless group of pictures; this one is longer than any chunk.
    private static let longestGroup = "2400"

    package var joinFilters: [String] { [] }
    package var trackArguments: [String] { [] }

    /// x264's words for speeds, next to SVT-AV1's numbers.
    package func preset(named name: String) -> String? {
        if presets.contains(name) { return name }
        return [
            "veryslow": "2", "slower": "3", "slow": "5", "medium": "8", "fast": "9", "faster": "10", "veryfast": "11",
            "superfast": "12", "ultrafast": "13",
        ][name]
    }
}
