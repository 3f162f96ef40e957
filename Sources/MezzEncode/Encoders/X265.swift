package import MezzCore

/// HEVC by libx265.
package struct X265: EncoderDriver {
    package init() {}

    package var codec: CodecFamily { .hevc }
    package var encoderName: String { "libx265" }
    package var presets: [String] {
        ["veryslow", "slower", "slow", "medium", "fast", "faster", "veryfast", "superfast", "ultrafast"]
    }
    package var defaultPreset: String { "medium" }
    package var usefulCRF: ClosedRange<Double> { 15...42 }
    package var crfStep: Double { 0.25 }
    package var edgeLoss: Double { 17 }
    package func bitDepth(sourceBitDepth: Int) -> Int { sourceBitDepth > 8 ? 10 : 8 }

    package var hasTwoPasses: Bool { true }
    package var freeOptions: Set<String> {
        [
            "amp", "aq-mode", "aq-strength", "b-adapt", "b-intra", "bframes", "cbqpoffs", "crqpoffs", "ctu", "cutree",
            "deblock", "early-skip", "fast-intra", "limit-modes", "limit-refs", "limit-sao", "limit-tu", "max-merge",
            "max-tu-size", "me", "merange", "psy-rd", "psy-rdoq", "qcomp", "qg-size", "rc-lookahead", "rd",
            "rdoq-level",
            "rect", "ref", "sao", "sao-non-deblock", "strong-intra-smoothing", "subme", "tskip", "tu-inter-depth",
            "tu-intra-depth", "weightb", "weightp",
        ]
    }

    package func arguments(_ recipe: VideoRecipe, crf: Double) -> [String] {
        var options: [(String, String)] = [
            ("log-level", "error"), ("keyint", "-1"), ("min-keyint", "1"), ("scenecut", "0"), ("open-gop", "0"),
            ("bframes", "4"), ("repeat-headers", "1"), ("info", "0"),
            // Frame threads and wavefronts change the bits: they are fixed here and not left to the machine.
            ("pools", String(recipe.threads)), ("frame-threads", "1"),
        ]
        if let level = recipe.level {
            options += [("level-idc", level), ("high-tier", recipe.tier == .high ? "1" : "0")]
        }
        if let rate = recipe.maximumBps, let buffer = recipe.bufferBits {
            options += [("vbv-maxrate", String(rate / 1000)), ("vbv-bufsize", String(buffer / 1000))]
        }
        options += bufferStart(recipe)
        if let display = recipe.color.hdr?.display { options.append(("master-display", display.text)) }
        if let file = recipe.hdr10PlusFile { options.append(("dhdr10-info", file)) }
        if let light = recipe.color.hdr?.light { options.append(("max-cll", "\(light.max),\(light.average)")) }
        return ["-c:v", encoderName, "-preset", recipe.preset]
            + ["-profile:v", recipe.profile.rawValue] + rateArguments(recipe, crf: crf) + ["-forced-idr", "1"]
            + ["-x265-params", optionList(options, recipe)] + colorArguments(recipe.color)
    }

    package var joinFilters: [String] { [] }
    package var trackArguments: [String] { ["-tag:v", "hvc1"] }
}
