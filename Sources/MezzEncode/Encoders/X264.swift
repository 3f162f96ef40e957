package import MezzCore

/// AVC by libx264.
package struct X264: EncoderDriver {
    package init() {}

    package var codec: CodecFamily { .avc }
    package var encoderName: String { "libx264" }
    package var presets: [String] {
        ["veryslow", "slower", "slow", "medium", "fast", "faster", "veryfast", "superfast", "ultrafast"]
    }
    package var defaultPreset: String { "medium" }
    package var usefulCRF: ClosedRange<Double> { 14...42 }
    package var crfStep: Double { 0.25 }
    package var edgeLoss: Double { 28 }
    package func bitDepth(sourceBitDepth: Int) -> Int { 8 }

    package var hasTwoPasses: Bool { true }
    package var freeOptions: Set<String> {
        [
            "8x8dct", "aq-mode", "aq-strength", "b-adapt", "b-bias", "b-pyramid", "bframes", "chroma-qp-offset",
            "deblock", "direct", "mbtree", "me", "merange", "mixed-refs", "partitions", "psy-rd", "qcomp",
            "rc-lookahead", "ref", "subme", "trellis", "weightb", "weightp",
        ]
    }

    package func arguments(_ recipe: VideoRecipe, crf: Double) -> [String] {
        var options: [(String, String)] = [
            ("keyint", "infinite"), ("min-keyint", "1"), ("scenecut", "0"), ("open-gop", "0"),
            ("force-cfr", "1"),
            // Writes the PPS for a fixed QP, so that chunks of different CRF share one set of headers.
            ("stitchable", "1"),
        ]
        if recipe.profile != .constrainedBaseline { options.append(("bframes", "3")) }
        if let rate = recipe.maximumBps, let buffer = recipe.bufferBits {
            options += [("vbv-maxrate", String(rate / 1000)), ("vbv-bufsize", String(buffer / 1000))]
        }
        options += bufferStart(recipe)
        return ["-c:v", encoderName, "-preset", recipe.preset, "-profile:v", Self.name(recipe.profile)]
            + rateArguments(recipe, crf: crf)
            // FFmpeg's own option, unlike x264's, also keeps the reference frames of slow presets inside the level.
            + (recipe.level.map { ["-level", $0] } ?? [])
            + ["-forced-idr", "1", "-threads", String(recipe.threads), "-x264-params", optionList(options, recipe)]
            + colorArguments(recipe.color)
    }

    /// x264 has no flexible macroblock ordering and the like: its Baseline is the constrained one.
    private static func name(_ profile: BitstreamProfile) -> String {
        profile == .constrainedBaseline ? "baseline" : profile.rawValue
    }

    /// In-band parameter sets are left out: the sample entry holds the one set that all chunks share.
    package var joinFilters: [String] { ["filter_units=remove_types=7-9"] }
    package var trackArguments: [String] { ["-tag:v", "avc1"] }
}
