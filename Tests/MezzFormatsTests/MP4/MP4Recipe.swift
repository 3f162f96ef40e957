import Testing

/// Files that FFmpeg writes, each with something of its own.
struct MP4Recipe: CustomTestStringConvertible, Sendable {
    let testDescription: String
    var video = ["libx264", "-preset", "ultrafast", "-bf", "2", "-b_strategy", "0", "-g", "12"]
    var audio: [String]? = ["aac", "-ac", "2", "-ar", "48000"]
    var flags: String?
    var name = "a.mp4"
    var more: [String] = []

    static let fragments = "frag_keyframe+empty_moov+default_base_moof"

    static let all = [
        MP4Recipe("progressive"),
        MP4Recipe("index in front", flags: "faststart"),
        MP4Recipe("fragments", flags: fragments),
        MP4Recipe("fragments counted from the file", flags: "frag_keyframe+empty_moov"),
        MP4Recipe("fragments counted from nothing", flags: "frag_keyframe+empty_moov+omit_tfhd_offset"),
        MP4Recipe("a fragment for each track", flags: "frag_keyframe+empty_moov+separate_moof+default_base_moof"),
        MP4Recipe("first fragment in the movie", flags: "frag_keyframe"),
        MP4Recipe("negative composition offsets", flags: fragments + "+negative_cts_offsets"),
        MP4Recipe("an index of each fragment", flags: fragments + "+global_sidx"),
        MP4Recipe("CMAF", audio: nil, flags: "cmaf+frag_keyframe"),
        MP4Recipe("HEVC in QuickTime", video: ["libx265", "-preset", "ultrafast", "-tag:v", "hvc1"], name: "a.mov"),
        MP4Recipe("AV1 and Opus", video: ["libsvtav1", "-preset", "12"], audio: ["libopus"]),
        MP4Recipe("AC-3", audio: ["ac3"]),
        MP4Recipe("E-AC-3 of six channels", audio: ["eac3", "-ac", "6"]),
    ]

    init(
        _ name: String, video: [String]? = nil, audio: [String]? = ["aac", "-ac", "2", "-ar", "48000"],
        flags: String? = nil, name file: String = "a.mp4", more: [String] = []
    ) {
        testDescription = name
        if let video { self.video = video }
        self.audio = audio
        self.flags = flags
        self.name = file
        self.more = more
    }

    /// Writes the file into `folder`.
    /// - Parameter seconds: Its length.
    func make(in folder: MediaFolder, seconds: Double = 2, size: String = "128x72") throws {
        let sound = audio.map { ["-f", "lavfi", "-i", "sine=r=48000", "-c:a"] + $0 } ?? ["-an"]
        let flags = flags.map { ["-movflags", $0] } ?? []
        let inputs = ["-y", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=\(size):r=25"]
        let coded = ["-c:v"] + video + ["-pix_fmt", "yuv420p", "-t", "\(seconds)"] + more + flags + [name]
        // Inputs come before all options of the output.
        let soundInput = audio == nil ? [] : Array(sound.prefix(4))
        try MediaTool.ffmpeg.run(inputs + soundInput + Array(sound.dropFirst(soundInput.count)) + coded, in: folder)
    }
}
