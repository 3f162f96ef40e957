import MezzCore

/// The built-in profiles.
package enum ProfileCatalog {
    package static let all = [standard, devices, sdr, hevcProduction]

    package static func named(_ name: String) -> EncodingProfile? { all.first { $0.name == name } }

    /// What is used where none is asked for.
    package static let standard = EncodingProfile(
        name: "standard",
        summary:
            "The best of each codec: AVC High, HEVC Main or Main 10, AV1 Main; AVC gets a tone-mapped picture of HDR",
        codecs: [
            CodecProfile(.avc, rows: [.init(.high)], dynamicRange: .standard),
            CodecProfile(.hevc, rows: [.init(.main10)]),
            CodecProfile(.av1, rows: [.init(.main)]),
        ])

    static let devices = EncodingProfile(
        name: "devices",
        summary: "As standard, with AVC for old decoders: Constrained Baseline to 360 lines, Main to 480, High above",
        codecs: [
            CodecProfile(
                .avc, rows: [.init(upTo: 360, .constrainedBaseline), .init(upTo: 480, .main), .init(.high)],
                dynamicRange: .standard),
            CodecProfile(.hevc, rows: [.init(.main10)]),
            CodecProfile(.av1, rows: [.init(.main)]),
        ])

    static let sdr = EncodingProfile(
        name: "sdr", summary: "As standard, every codec in standard dynamic range: an HDR master is tone-mapped",
        codecs: [
            CodecProfile(.avc, rows: [.init(.high)], dynamicRange: .standard),
            CodecProfile(.hevc, rows: [.init(.main10)], dynamicRange: .standard),
            CodecProfile(.av1, rows: [.init(.main)], dynamicRange: .standard),
        ])

    /// The x265 settings that a large streaming service has published as its own in production: a VBV of 1.2 times the
    /// bitrate with a buffer of 1.5 seconds of it. Closed groups, key frames by the segment plan, 4 s apart.
    static let hevcProduction = EncodingProfile(
        name: "hevc-production",
        summary:
            "HEVC by published production settings of x265: star search, psycho-visual tools, a tight VBV (1.2 times the mean)",
        segmentSeconds: 4,
        codecs: [
            CodecProfile(
                .hevc, preset: "slow", rows: [.init(.main10)],
                rate: RateRule(maximum: 1.2, buffer: 1.5, followsHardestShot: false),
                options: [
                    "aq-mode": "3", "aq-strength": "1.0", "b-adapt": "2", "bframes": "4", "cutree": "1",
                    "deblock": "-1:-1", "me": "star", "merange": "57", "psy-rd": "2.0", "psy-rdoq": "1.0", "rd": "4",
                    "rdoq-level": "1", "ref": "4", "sao": "1", "subme": "5",
                ])
        ])
}
