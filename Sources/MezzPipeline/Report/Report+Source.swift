package import MezzCore

extension Report {
    /// The source as it was read.
    package struct Source: Hashable, Codable, Sendable {
        package let path: String
        package let sha256: String
        package let bytes: Int
        package let durationSeconds: Double
        package let frames: Int
        package let width: Int
        package let height: Int
        package let frameRate: Rational
        package let pixelFormat: String
        package let color: ColorDescription
        package let hdr: HDR?

        package init(
            path: String, sha256: String, bytes: Int, durationSeconds: Double, frames: Int, size: Resolution,
            frameRate: Rational, pixelFormat: String, color: ColorDescription, hdr: HDR? = nil
        ) {
            self.path = path
            self.sha256 = sha256
            self.bytes = bytes
            self.durationSeconds = durationSeconds.rounded(places: 6)
            self.frames = frames
            self.width = size.width
            self.height = size.height
            self.frameRate = frameRate
            self.pixelFormat = pixelFormat
            self.color = color
            self.hdr = hdr
        }

        private enum CodingKeys: String, CodingKey {
            case path
            case sha256
            case bytes
            case durationSeconds = "duration_seconds"
            case frames
            case width
            case height
            case frameRate = "frame_rate"
            case pixelFormat = "pixel_format"
            case color
            case hdr
        }

        private enum ColorKeys: String, CodingKey {
            case primaries
            case transfer
            case matrix
            case range
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(path, forKey: .path)
            try container.encode(sha256, forKey: .sha256)
            try container.encode(bytes, forKey: .bytes)
            try container.encode(durationSeconds, forKey: .durationSeconds)
            try container.encode(frames, forKey: .frames)
            try container.encode(width, forKey: .width)
            try container.encode(height, forKey: .height)
            try container.encode(frameRate, forKey: .frameRate)
            try container.encode(pixelFormat, forKey: .pixelFormat)
            // By hand: the value's own coding leaves out what the source does not say.
            var colors = container.nestedContainer(keyedBy: ColorKeys.self, forKey: .color)
            try colors.encode(color.primaries, forKey: .primaries)
            try colors.encode(color.transfer, forKey: .transfer)
            try colors.encode(color.matrix, forKey: .matrix)
            try colors.encode(color.range, forKey: .range)
            try container.encode(hdr, forKey: .hdr)
        }
    }

    /// High dynamic range as the source signals it.
    package struct HDR: Hashable, Codable, Sendable {
        /// "pq" or "hlg", with what comes on top: "hdr10", "dolby-vision".
        package let format: String
        /// Mastering display as x265 writes it: `G(…)B(…)R(…)WP(…)L(max,min)`.
        package let masteringDisplay: String?
        /// Maximum content light level, cd/m².
        package let maxCLL: Int?
        /// Maximum frame-average light level, cd/m².
        package let maxFALL: Int?

        package init(format: String, masteringDisplay: String? = nil, maxCLL: Int? = nil, maxFALL: Int? = nil) {
            self.format = format
            self.masteringDisplay = masteringDisplay
            self.maxCLL = maxCLL
            self.maxFALL = maxFALL
        }

        private enum CodingKeys: String, CodingKey {
            case format
            case masteringDisplay = "mastering_display"
            case maxCLL = "max_cll"
            case maxFALL = "max_fall"
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(format, forKey: .format)
            try container.encode(masteringDisplay, forKey: .masteringDisplay)
            try container.encode(maxCLL, forKey: .maxCLL)
            try container.encode(maxFALL, forKey: .maxFALL)
        }
    }

    /// One shot of the source.
    package struct Shot: Hashable, Codable, Sendable {
        package let index: Int
        package let firstFrame: Int
        package let endFrame: Int
        package let startSeconds: Double
        /// What opens it.
        package let transition: Transition
        /// 0…1.
        package let confidence: Double
        package let complexity: Complexity?
        /// The shot whose trial encodes stand for this one's; `nil` when it was tried itself.
        package let standIn: Int?

        package init(
            _ shot: MezzCore.Shot, frameRate: Rational, complexity: Complexity? = nil, standIn: Int? = nil
        ) {
            index = shot.index
            firstFrame = shot.frames.first
            endFrame = shot.frames.end
            startSeconds = frameRate.seconds(ofFrame: shot.frames.first).rounded(places: 6)
            transition = shot.transition
            confidence = shot.confidence.rounded(places: 3)
            self.complexity = complexity
            self.standIn = standIn
        }

        private enum CodingKeys: String, CodingKey {
            case index
            case firstFrame = "first_frame"
            case endFrame = "end_frame"
            case startSeconds = "start_seconds"
            case transition
            case confidence
            case complexity
            case standIn = "stand_in"
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(index, forKey: .index)
            try container.encode(firstFrame, forKey: .firstFrame)
            try container.encode(endFrame, forKey: .endFrame)
            try container.encode(startSeconds, forKey: .startSeconds)
            try container.encode(transition, forKey: .transition)
            try container.encode(confidence, forKey: .confidence)
            try container.encode(complexity, forKey: .complexity)
            try container.encode(standIn, forKey: .standIn)
        }
    }

    /// How hard a shot is to encode, by three measures of its pictures.
    package struct Complexity: Hashable, Codable, Sendable {
        package let spatial: Double
        package let temporal: Double
        package let grain: Double

        package init(spatial: Double, temporal: Double, grain: Double) {
            self.spatial = spatial.rounded(places: 4)
            self.temporal = temporal.rounded(places: 4)
            self.grain = grain.rounded(places: 4)
        }
    }
}
