import MezzCore

/// How the speed presets of an encoder compare in cost.
enum PresetSpeed {
    /// CPU time against the encoder's usual preset, 1 for names that are not known.
    ///
    /// From one run on 48 to 72 frames of "Sintel" (960x540, one thread, Zen 3, x264, x265 and SVT-AV1 of FFmpeg 9),
    /// beside other work: x264's `faster` and `fast` came out of order and are put between their neighbours. Larger
    /// pictures and other titles differ by some tens of percent.
    static func share(_ codec: CodecFamily, _ preset: String) -> Double { shares(codec)[preset] ?? 1 }

    private static func shares(_ codec: CodecFamily) -> [String: Double] {
        switch codec {
        case .avc: avc
        case .hevc: hevc
        case .av1: av1
        }
    }

    private static let avc = [
        "ultrafast": 0.45, "superfast": 0.6, "veryfast": 0.7, "faster": 0.85, "fast": 0.95, "slow": 1.5, "slower": 2.3,
        "veryslow": 4, "placebo": 17,
    ]

    private static let hevc = [
        "ultrafast": 0.47, "superfast": 0.75, "veryfast": 0.8, "faster": 0.8, "fast": 0.87, "slow": 2.2, "slower": 7.5,
        "veryslow": 13,
    ]

    /// Presets 0 and 1 are for research; 2 is the slowest that was measured.
    private static let av1 = [
        "0": 5.6, "1": 5.6, "2": 5.6, "3": 2.9, "4": 2.2, "5": 1.6, "6": 1.5, "7": 1.25, "9": 0.87, "10": 0.74,
        "11": 0.64, "12": 0.64, "13": 0.64,
    ]
}
