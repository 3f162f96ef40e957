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

    package func arguments(_ recipe: VideoRecipe, crf: Double) -> [String] {
        var options: [(String, String)] = [
            ("keyint", "infinite"), ("min-keyint", "1"), ("scenecut", "0"), ("open-gop", "0"), ("bframes", "3"),
            ("force-cfr", "1"),
            // Writes the PPS for a fixed QP, so that chunks of different CRF share one set of headers.
            ("stitchable", "1"),
        ]
        if let rate = recipe.maximumBps, let buffer = recipe.bufferBits {
            options += [("vbv-maxrate", String(rate / 1000)), ("vbv-bufsize", String(buffer / 1000))]
        }
        return ["-c:v", encoderName, "-preset", recipe.preset, "-profile:v", "high"]
            + rateArguments(recipe, crf: crf)
            // FFmpeg's own option, unlike x264's, also keeps the reference frames of slow presets inside the level.
            + (recipe.level.map { ["-level", $0] } ?? [])
            + ["-forced-idr", "1", "-threads", String(recipe.threads), "-x264-params", optionList(options)]
            + colorArguments(recipe.color)
    }

    /// In-band parameter sets are left out: the sample entry holds the one set that all chunks share.
    package var joinFilters: [String] { ["filter_units=remove_types=7-9"] }
    package var trackArguments: [String] { ["-tag:v", "avc1"] }
}
