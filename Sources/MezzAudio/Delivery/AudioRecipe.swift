/// One delivered sound track.
package struct AudioRecipe: Codable, Hashable, Sendable {
    package var codec: AudioCodec
    package var layout: ChannelLayout
    /// 0 for a lossless codec.
    package var bitsPerSecond: Int
    /// `nil` leaves the level as it is; a mix on fewer loudspeakers keeps its loudness.
    package var rule: LoudnessRule?
    /// Whether peaks are held down where they stand between the sound and its loudness.
    package var limitsPeaks: Bool
    /// Length of the picture in seconds: the track is padded or cut to it.
    package var seconds: Double
    /// The program that encodes, of an external codec.
    package var command: ExternalCommand?
    /// BCP 47, for that program.
    package var language: String

    package init(
        codec: AudioCodec = .aac, layout: ChannelLayout = .stereo, bitsPerSecond: Int = 128_000,
        rule: LoudnessRule? = .standard, limitsPeaks: Bool = false, seconds: Double,
        command: ExternalCommand? = nil, language: String = "und"
    ) {
        self.codec = codec
        self.layout = layout
        self.bitsPerSecond = bitsPerSecond
        self.rule = rule
        self.limitsPeaks = limitsPeaks
        self.seconds = seconds
        self.command = command
        self.language = language
    }

    /// The gain that the limiter does not have to undo: everything where it is used, what peaks allow otherwise.
    func gain(_ normalization: Normalization) -> Double { limitsPeaks ? normalization.wanted : normalization.gain }

    /// FFmpeg's output arguments but the bitrate.
    func arguments(_ encoder: String) -> [String] {
        switch codec {
        case .aac: ["-c:a", encoder]
        case .heAAC: ["-c:a", encoder, "-profile:a", "aac_he"]
        case .ac3, .eac3: ["-c:a", encoder]
        // What another program reads.
        case .external: ["-c:a", encoder]
        // Without look at voice or music: the same sound gives the same bytes on every machine.
        case .opus: ["-c:a", encoder, "-application", "audio"] + (layout.channels > 2 ? ["-mapping_family", "1"] : [])
        case .flac: ["-c:a", encoder, "-sample_fmt", "s32", "-bits_per_raw_sample", "24"]
        }
    }
}
