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
        /// The leaky bucket that the encoder was given: bits a second, and bits; `nil` without one.
        package let bucketRate: Int?
        package let bucketBits: Int?

        package init(
            id: String, codec: CodecFamily, width: Int, height: Int, frames: Int, frameRate: Rational,
            keyFrames: Int? = nil, bucketRate: Int? = nil, bucketBits: Int? = nil
        ) {
            self.id = id
            self.codec = codec
            self.width = width
            self.height = height
            self.frames = frames
            self.frameRate = frameRate
            self.keyFrames = keyFrames
            self.bucketRate = bucketRate
            self.bucketBits = bucketBits
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

    package struct Text: Sendable, Hashable, Codable {
        package let id: String

        package init(id: String) {
            self.id = id
        }
    }

    package let rungs: [Rung]
    package let audio: [Audio]
    package let text: [Text]
    package let videoSeconds: Double
    /// Frames at which a closed group of pictures begins on every rung; `nil` when it does not matter.
    package let keyFrames: [Int]?
    /// Nominal length of a segment: text is packaged in whole ones. `nil` when nobody knows.
    package let segmentSeconds: Double?

    package init(
        rungs: [Rung], audio: [Audio], text: [Text] = [], videoSeconds: Double, segmentSeconds: Double? = nil,
        keyFrames: [Int]? = nil
    ) {
        self.rungs = rungs
        self.audio = audio
        self.text = text
        self.videoSeconds = videoSeconds
        self.segmentSeconds = segmentSeconds
        self.keyFrames = keyFrames
    }
}

extension PackageExpectation.Rung {
    func stream(keyFrames: [Int]?) -> StreamExpectation {
        let bucket = bucketRate.flatMap { rate in bucketBits.map { (rate, $0) } }
        return StreamExpectation(keyFrames: keyFrames, bucket: bucket, boxesHDR: true)
    }
}

/// How far apart tracks may be.
enum Tolerance {
    /// Lengths of tracks, and of a track against what was asked: the limit for sound and picture.
    static let seconds = 0.040
    /// Sums of times that are exact but for their clock's resolution.
    static let rounding = 0.001
}
