package import MezzCore

extension Report {
    /// One rung as it was encoded and measured.
    package struct Rung: Hashable, Codable, Sendable {
        package let id: String
        package let codec: CodecFamily
        package let profile: String
        package let level: String
        package let width: Int
        package let height: Int
        package let bitDepth: Int
        package let targetVMAF: Double?
        package let averageBPS: Int
        /// The busiest segment's rate.
        package let peakBPS: Int
        package let frames: Int
        package let quality: Quality?
        package let shots: [RungShot]
        package let segments: [Segment]
        /// What the ladder expected of the whole rung, when trial encodes let it.
        package let predictedVMAF: Double?
        package let predictedBPS: Int?
        /// Whether the measured quality holds what the ladder promised; `nil` when nothing was promised or measured.
        /// Where it is not the source's: of encodes that were made elsewhere.
        package let frameRate: Rational?
        package let promiseMet: Bool?

        /// How far the harmonic mean may lie below its target before the promise counts as broken, VMAF.
        package static let promiseTolerance = 1.0

        /// - Parameter promiseMet: `nil` lets the target and the harmonic mean decide, within `promiseTolerance`.
        package init(
            id: String, codec: CodecFamily, profile: String, level: String, size: Resolution, bitDepth: Int,
            targetVMAF: Double? = nil, averageBPS: Int, peakBPS: Int, frames: Int, quality: Quality? = nil,
            shots: [RungShot] = [], segments: [Segment] = [], predictedVMAF: Double? = nil, predictedBPS: Int? = nil,
            promiseMet: Bool? = nil, frameRate: Rational? = nil
        ) {
            self.id = id
            self.codec = codec
            self.profile = profile
            self.level = level
            self.width = size.width
            self.height = size.height
            self.bitDepth = bitDepth
            self.targetVMAF = targetVMAF?.finite?.rounded(places: 3)
            self.averageBPS = averageBPS
            self.peakBPS = peakBPS
            self.frames = frames
            self.quality = quality
            self.shots = shots
            self.segments = segments
            self.predictedVMAF = predictedVMAF?.finite?.rounded(places: 3)
            self.predictedBPS = predictedBPS
            self.frameRate = frameRate
            self.promiseMet = promiseMet ?? Self.holds(target: self.targetVMAF, measured: quality?.harmonicMean)
        }

        private static func holds(target: Double?, measured: Double?) -> Bool? {
            guard let target, let measured else { return nil }
            return measured >= target - promiseTolerance
        }

        private enum CodingKeys: String, CodingKey {
            case id
            case codec
            case profile
            case level
            case width
            case height
            case bitDepth = "bit_depth"
            case targetVMAF = "target_vmaf"
            case averageBPS = "average_bps"
            case peakBPS = "peak_bps"
            case frames
            case quality
            case shots
            case segments
            case predictedVMAF = "predicted_vmaf"
            case predictedBPS = "predicted_bps"
            case promiseMet = "promise_met"
            case frameRate = "frame_rate"
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(id, forKey: .id)
            try container.encode(codec, forKey: .codec)
            try container.encode(profile, forKey: .profile)
            try container.encode(level, forKey: .level)
            try container.encode(width, forKey: .width)
            try container.encode(height, forKey: .height)
            try container.encode(bitDepth, forKey: .bitDepth)
            try container.encode(targetVMAF, forKey: .targetVMAF)
            try container.encode(averageBPS, forKey: .averageBPS)
            try container.encode(peakBPS, forKey: .peakBPS)
            try container.encode(frames, forKey: .frames)
            try container.encode(quality, forKey: .quality)
            try container.encode(shots, forKey: .shots)
            try container.encode(segments, forKey: .segments)
            try container.encode(predictedVMAF, forKey: .predictedVMAF)
            try container.encode(predictedBPS, forKey: .predictedBPS)
            try container.encode(promiseMet, forKey: .promiseMet)
            try container.encode(frameRate, forKey: .frameRate)
        }
    }
}
