/// A small file that FFmpeg makes out of nothing.
package struct MediaRecipe: Sendable, CustomStringConvertible {
    /// What is special about it.
    package let description: String
    package let file: String
    package let arguments: [String]

    package init(_ description: String, file: String, _ arguments: [String]) {
        self.description = description
        self.file = file
        self.arguments = arguments
    }

    /// FFmpeg's moving test pattern.
    package static func pattern(_ size: String = "160x90", rate: String = "24", seconds: Double = 1) -> String {
        "testsrc2=s=\(size):r=\(rate):d=\(seconds)"
    }

    /// Input arguments for a generated picture.
    package static func picture(_ source: String = pattern()) -> [String] { ["-f", "lavfi", "-i", source] }

    /// Input arguments for a tone at `level` of full scale.
    package static func tone(seconds: Double = 1, level: Double = 0.1, hertz: Int = 440) -> [String] {
        ["-f", "lavfi", "-i", "aevalsrc=\(level)*sin(2*PI*\(hertz)*t):s=48000:d=\(seconds)"]
    }

    /// Output arguments for H.264 at no cost worth mentioning.
    package static let avc = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
    package static let aac = ["-c:a", "aac"]
    /// Output arguments for a lossless picture, whatever its format.
    package static let lossless = ["-c:v", "ffv1"]

    /// One second of 160x90 in MP4, without sound.
    package static let plain = MediaRecipe("a plain clip", file: "plain.mp4", picture() + avc)

    /// One second of 160x90 in MP4 with sound.
    package static let withSound = MediaRecipe("a clip with sound", file: "sound.mp4", picture() + tone() + avc + aac)
}
