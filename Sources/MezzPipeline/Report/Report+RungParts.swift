extension Report {
    /// A rung's quality, pooled over its frames.
    package struct Quality: Hashable, Codable, Sendable {
        package let model: String
        package let mean: Double?
        package let harmonicMean: Double?
        /// The 5th percentile: 95% of the frames are at least this good.
        package let p5: Double?
        package let min: Double?

        package init(model: String, mean: Double?, harmonicMean: Double?, p5: Double?, min: Double?) {
            self.model = model
            self.mean = mean?.finite?.rounded(places: 3)
            self.harmonicMean = harmonicMean?.finite?.rounded(places: 3)
            self.p5 = p5?.finite?.rounded(places: 3)
            self.min = min?.finite?.rounded(places: 3)
        }

        private enum CodingKeys: String, CodingKey {
            case model
            case mean
            case harmonicMean = "harmonic_mean"
            case p5
            case min
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(model, forKey: .model)
            try container.encode(mean, forKey: .mean)
            try container.encode(harmonicMean, forKey: .harmonicMean)
            try container.encode(p5, forKey: .p5)
            try container.encode(min, forKey: .min)
        }
    }

    /// One shot in one rung: as it was delivered, or as it is planned where nothing was encoded.
    package struct RungShot: Hashable, Codable, Sendable {
        package let index: Int
        package let crf: Double?
        /// The CRF that the ladder chose, where the quality gate took another; `nil` elsewhere.
        package let plannedCRF: Double?
        package let bps: Int?
        package let vmaf: Double?
        /// Harmonic mean over the frames, in which the ladder's predictions are made.
        package let vmafHarmonic: Double?

        package init(
            index: Int, crf: Double?, plannedCRF: Double? = nil, bps: Int?, vmaf: Double?, vmafHarmonic: Double? = nil
        ) {
            self.index = index
            self.crf = crf?.finite?.rounded(places: 2)
            let planned = plannedCRF?.finite?.rounded(places: 2)
            self.plannedCRF = planned == self.crf ? nil : planned
            self.bps = bps
            self.vmaf = vmaf?.finite?.rounded(places: 3)
            self.vmafHarmonic = vmafHarmonic?.finite?.rounded(places: 3)
        }

        private enum CodingKeys: String, CodingKey {
            case index
            case crf
            case plannedCRF = "planned_crf"
            case bps
            case vmaf
            case vmafHarmonic = "vmaf_harmonic"
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(index, forKey: .index)
            try container.encode(crf, forKey: .crf)
            try container.encode(plannedCRF, forKey: .plannedCRF)
            try container.encode(bps, forKey: .bps)
            try container.encode(vmaf, forKey: .vmaf)
            try container.encode(vmafHarmonic, forKey: .vmafHarmonic)
        }
    }

    /// One media segment of a rung.
    package struct Segment: Hashable, Codable, Sendable {
        package let firstFrame: Int
        package let endFrame: Int
        package let bytes: Int

        package init(firstFrame: Int, endFrame: Int, bytes: Int) {
            self.firstFrame = firstFrame
            self.endFrame = endFrame
            self.bytes = bytes
        }

        private enum CodingKeys: String, CodingKey {
            case firstFrame = "first_frame"
            case endFrame = "end_frame"
            case bytes
        }
    }
}
