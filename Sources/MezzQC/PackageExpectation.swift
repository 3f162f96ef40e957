package import MezzCore

/// What a package must turn out to be.
package struct PackageExpectation: Sendable, Hashable, Codable {
    package struct Rung: Sendable, Hashable, Codable {
        package let id: String
        package let codec: CodecFamily
        package let width: Int
        package let height: Int
        package let frames: Int
        package let frameRate: Rational
        /// Number of key frames; `nil` when it does not matter.
        package let keyFrames: Int?

        package init(
            id: String, codec: CodecFamily, width: Int, height: Int, frames: Int, frameRate: Rational,
            keyFrames: Int? = nil
        ) {
            self.id = id
            self.codec = codec
            self.width = width
            self.height = height
            self.frames = frames
            self.frameRate = frameRate
            self.keyFrames = keyFrames
        }

        package var seconds: Double { frameRate.seconds(ofFrame: frames) }
    }

    package struct Audio: Sendable, Hashable, Codable {
        package let id: String
        package let seconds: Double

        package init(id: String, seconds: Double) {
            self.id = id
            self.seconds = seconds
        }
    }

    package let rungs: [Rung]
    package let audio: [Audio]
    package let videoSeconds: Double

    package init(rungs: [Rung], audio: [Audio], videoSeconds: Double) {
        self.rungs = rungs
        self.audio = audio
        self.videoSeconds = videoSeconds
    }
}

/// How far apart tracks may be.
enum Tolerance {
    /// Lengths of tracks, and of a track against what was asked: the limit for sound and picture.
    static let seconds = 0.040
    /// Sums of times that are exact but for their clock's resolution.
    static let rounding = 0.001
}
