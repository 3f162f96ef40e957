import MezzCore
import MezzEncode
import MezzPackaging

/// Refuses, before anything expensive, what the codecs and the profile asked for cannot carry.
enum SpecCheck {
    static func check(_ spec: JobSpec, against source: SourceInfo) throws(Failure) {
        try hdr10Plus(spec, source)
        try keys(spec, source)
        if !spec.endsAtLadder { _ = try AudioTracks(wish: spec.audio, source: source).plan() }
        for codec in spec.codecs {
            let profile = try profile(of: codec, in: spec)
            try light(profile, spec, source)
            try level(profile, spec, source)
        }
    }

    /// Every size that a rung may have, and the sound, has a key.
    private static func keys(_ spec: JobSpec, _ source: SourceInfo) throws(Failure) {
        guard let protection = spec.protection else { return }
        var needed: Set<KeyLabel> =
            (spec.audio.tracks?.isEmpty ?? source.audio.isEmpty) || spec.audio.forms.isEmpty ? [] : [.audio]
        for codec in spec.codecs { needed.formUnion(sizes(codec, spec, source).map(KeyLabel.init)) }
        let missing = KeyLabel.allCases.filter { needed.contains($0) && protection.keyIDs[$0] == nil }
        guard !missing.isEmpty else { return }
        throw Failure(
            .input, what: "there is no key labelled \(missing.map(\.rawValue).joined(separator: " or "))",
            place: "--drm",
            remedy: "add it: SD is up to 768x576, HD up to 1920x1080, UHD above, AUDIO is the sound")
    }

    /// A file of metadata that no rung could take is a mistake.
    private static func hdr10Plus(_ spec: JobSpec, _ source: SourceInfo) throws(Failure) {
        guard case .file = spec.hdr10Plus else { return }
        for codec in spec.codecs {
            let profile = try profile(of: codec, in: spec)
            let base = profile.recipe(for: source.video, preset: nil)
            if sizes(codec, spec, source).contains(where: { profile.at($0, base).takesHDR10Plus }) { return }
        }
        let transfer = source.video.color.transfer ?? "an unknown transfer"
        throw Failure(
            .input, what: "none of the codecs asked for can carry HDR10+ metadata of this source (\(transfer))",
            place: "--hdr10plus",
            remedy: "HDR10+ goes with HEVC in 10 bit of a PQ source: ask for --codec hevc, or leave the metadata out")
    }

    /// The part of the job's profile that a codec is encoded by.
    static func profile(of codec: CodecFamily, in spec: JobSpec) throws(Failure) -> CodecProfile {
        if let profile = spec.profile[codec] { return profile }
        let others = spec.profile.codecs.map(\.codec.rawValue).joined(separator: ", ")
        throw Failure(
            .usage, what: "the profile does not say how to encode \(codec.rawValue)",
            place: "profile \(spec.profile.name.printable)",
            remedy: "ask for \(others) with --codec, or use another profile")
    }

    private static func light(_ profile: CodecProfile, _ spec: JobSpec, _ source: SourceInfo) throws(Failure) {
        let color = source.video.color
        guard color.isHighDynamicRange, profile.dynamicRange == .source else { return }
        let shallow = sizes(profile.codec, spec, source).first { size in
            profile.at(size, profile.recipe(for: source.video, preset: nil)).bitDepth < 10
        }
        guard let shallow else { return }
        let name = profile.codec.rawValue
        throw Failure(
            .input, what: "the source is HDR (\(color.transfer ?? "")), which \(name) with 8 bit cannot carry",
            place: "\(name) at \(shallow), profile \(spec.profile.name.printable)",
            remedy: "let the profile say dynamic_range: sdr, which tone-maps it, or encode it with 10-bit codecs")
    }

    private static func level(_ profile: CodecProfile, _ spec: JobSpec, _ source: SourceInfo) throws(Failure) {
        guard let most = profile.maximumLevel else { return }
        let base = profile.recipe(for: source.video, preset: nil)
        for size in sizes(profile.codec, spec, source) {
            let recipe = profile.at(size, base)
            let demand = Levels.Demand(recipe)
            guard !Levels.holds(most, demand) else { continue }
            let name = profile.codec.rawValue
            let fitting = Levels.smallest(for: demand).map { "level \($0) is the smallest that fits" }
            throw Failure(
                .input,
                what: "\(size) at \(recipe.frameRate) frames/s does not fit \(name) level \(most): "
                    + "\(Levels.limits(of: most, profile.codec))",
                place: "\(name), profile \(spec.profile.name.printable)",
                remedy: (fitting ?? "no level of \(name) fits") + "; or limit the size with --max-height")
        }
    }

    private static func sizes(_ codec: CodecFamily, _ spec: JobSpec, _ source: SourceInfo) -> [Resolution] {
        ProbeTasks.sizes(codec, spec, display: source.video.display)
    }
}
